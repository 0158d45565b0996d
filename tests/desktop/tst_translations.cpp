#include "app/translation.h"
#include "models/words.h"

#include <QDate>
#include <QDirIterator>
#include <QGuiApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

const QString folder = QStringLiteral(RUNNEL_SOURCE_DIR "/desktop/translations/");

struct Message
{
    QString context;
    QString source;
    QString comment;
    QStringList forms; //!< One, or as many as the language has numbers.
    bool plural = false;
    bool finished = true;

    [[nodiscard]] QString key() const { return context + u'|' + source + u'|' + comment; }
};

//! The messages of a file of Qt Linguist, in its order.
QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(path));
    QList<Message> messages;
    QString context;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            Message message;
            message.context = context;
            message.plural = xml.attributes().hasAttribute("numerus"_L1);
            messages.append(message);
        } else if (xml.name() == u"source") {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == u"comment") {
            messages.last().comment = xml.readElementText();
        } else if (xml.name() == u"translation") {
            messages.last().finished = !xml.attributes().hasAttribute("type"_L1);
            if (!messages.last().plural)
                messages.last().forms = {xml.readElementText()};
        } else if (xml.name() == u"numerusform") {
            messages.last().forms.append(xml.readElementText());
        }
    }
    if (xml.hasError())
        qFatal("%s: %s", qPrintable(path), qPrintable(xml.errorString()));
    return messages;
}

//! %1, %L2, %n, %Ln of \a text, sorted.
QStringList placesOf(const QString &text)
{
    static const QRegularExpression place(u"%L?(?:\\d{1,2}|n)"_s);
    QStringList places;
    for (auto match = place.globalMatch(text); match.hasNext();)
        places.append(match.next().captured());
    places.sort();
    return places;
}

//! An & before a letter is a key of access; two are one that is shown.
bool hasAccelerator(const QString &text)
{
    static const QRegularExpression accelerator(u"(?<!&)&(?=\\w)"_s);
    return text.contains(accelerator);
}

//! What is wrong with one translation; empty when nothing is.
QString faultOf(const Message &message)
{
    if (!message.finished)
        return u"is not finished"_s;
    for (const QString &form : message.forms) {
        if (form.trimmed().isEmpty())
            return u"is empty"_s;
        if (placesOf(form) != placesOf(message.source))
            return u"lost its place markers: "_s + form;
        if (hasAccelerator(form) != hasAccelerator(message.source))
            return u"lost its key of access: "_s + form;
        if (form.endsWith(u'.') != message.source.endsWith(u'.'))
            return u"is a sentence in one language only: "_s + form;
        if (form != form.trimmed() || form.contains(u"  "))
            return u"has blanks too many: "_s + form;
        if (form.contains(u'"') || form.contains(u'\''))
            return u"has quotation marks of a typewriter: "_s + form;
    }
    return {};
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextOfTheSourcesIsThere_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("en") << QStringList{u"-pluralonly"_s};
        QTest::newRow("de") << QStringList();
        QTest::newRow("fr") << QStringList();
    }
    //! As `update_translations` does it, into a copy: what that would change is missing here.
    void everyTextOfTheSourcesIsThere()
    {
        QFETCH(QStringList, options);
        const QString name = u"runnel_"_s + QLatin1String(QTest::currentDataTag()) + u".ts"_s;
        const QTemporaryDir copies;
        const QString copy = copies.filePath(name);
        QVERIFY(QFile::copy(folder + name, copy));
        QProcess lupdate;
        lupdate.setProcessChannelMode(QProcess::MergedChannels);
        lupdate.start(QStringLiteral(RUNNEL_LUPDATE),
                      QStringLiteral(RUNNEL_LUPDATE_SOURCES).split(u'|') + options +
                          QStringList{u"-no-obsolete"_s, u"-ts"_s, copy});
        QVERIFY2(lupdate.waitForFinished(50'000), qPrintable(lupdate.errorString()));
        const QByteArray said = lupdate.readAll();
        QVERIFY2(lupdate.exitCode() == 0, said.constData());
        // A free function named tr(), or a class without Q_OBJECT: texts that no file would have.
        QVERIFY2(!said.contains("lacks") && !said.contains("Cannot") &&
                     !said.contains("unqualified"),
                 said.constData());
        QStringList wanted;
        const QList<Message> found = messagesOf(copy);
        for (const Message &message : found)
            wanted.append(message.key());
        QStringList have;
        const QList<Message> kept = messagesOf(folder + name);
        for (const Message &message : kept)
            have.append(message.key());
        QVERIFY(!wanted.isEmpty());
        wanted.sort();
        have.sort();
        QStringList missing = wanted;
        QStringList tooMany = have;
        missing.removeIf([&have](const QString &key) { return have.contains(key); });
        tooMany.removeIf([&wanted](const QString &key) { return wanted.contains(key); });
        const QString help = u"; build update_translations, then translate"_s;
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n') + help));
        QVERIFY2(tooMany.isEmpty(), qPrintable(tooMany.join(u'\n') + help));
    }

    void everyTranslationIsWhole_data()
    {
        QTest::addColumn<qsizetype>("numbers");
        QTest::newRow("en") << qsizetype(2);
        QTest::newRow("de") << qsizetype(2);
        QTest::newRow("fr") << qsizetype(2);
    }
    void everyTranslationIsWhole()
    {
        QFETCH(qsizetype, numbers);
        const QList<Message> messages =
            messagesOf(folder + u"runnel_"_s + QLatin1String(QTest::currentDataTag()) + u".ts"_s);
        QVERIFY(!messages.isEmpty());
        QStringList faults;
        for (const Message &message : messages) {
            if (const QString fault = faultOf(message); !fault.isEmpty())
                faults.append(message.context + u": \""_s + message.source + u"\" "_s + fault);
            if (message.plural && message.forms.size() != numbers)
                faults.append(
                    u"\"%1\" has %2 numbers"_s.arg(message.source).arg(message.forms.size()));
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    //! A text that stands in a QML file as it is, and not within qsTr().
    void noTextOfTheQmlIsPassedOver()
    {
        static const QRegularExpression bare(
            u"^\\s*(?:Accessible\\.(?:name|description)|text|title|words|label|note|message|"
            "placeholderText|actionText)\\s*:\\s*\"([^\"]*\\p{L}{2}[^\"]*)\""_s,
            QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption);
        QStringList found;
        QDirIterator files(QStringLiteral(RUNNEL_SOURCE_DIR "/qml"), {u"*.qml"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto match = bare.globalMatch(text); match.hasNext();)
                found.append(match.next().captured(1));
        }
        QCOMPARE(found, QStringList{u"Runnel"_s}); // the name of the product, in the header
    }

    void aLanguageIsChosenByName_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("tokens");
        QTest::addColumn<QString>("day");
        QTest::newRow("de") << u"Angehalten"_s << u"1 Token"_s << u"23. Nov."_s;
        QTest::newRow("de_AT") << u"Angehalten"_s << u"1 Token"_s << u"23. Nov."_s;
        QTest::newRow("fr-CA") << u"Arrêtée"_s << u"1 jeton"_s << u"23 nov."_s;
        QTest::newRow("en_GB") << u"Stopped"_s << u"1 token"_s << u"23 Nov"_s;
        // None of ours: English words, its own dates.
        QTest::newRow("es") << u"Stopped"_s << u"1 token"_s << u"23 nov"_s;
    }
    void aLanguageIsChosenByName()
    {
        QFETCH(QString, words);
        QFETCH(QString, tokens);
        QFETCH(QString, day);
        const Translation translation(QString::fromLatin1(QTest::currentDataTag()));
        ViewMessage answer;
        answer.state = MessageState::Stopped;
        answer.usage = Usage{};
        answer.usage->totalTokens = 1;
        QCOMPARE(words::outcome(answer), words);
        QCOMPARE(words::details(answer), tokens);
        const QDateTime at(QDate(2026, 11, 23), QTime(14, 3));
        const QString said = words::time(at, at.addDays(3));
        QVERIFY2(said.startsWith(day), qPrintable(said));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
    }

    void numbersAreThoseOfTheLanguage()
    {
        ViewMessage answer;
        answer.usage = Usage{};
        answer.usage->totalTokens = 1234;
        answer.usage->costUsd = 0.0021;
        {
            const Translation translation(u"de"_s);
            QCOMPARE(words::details(answer), u"1.234 Token, 0,0021\u00a0$"_s);
        }
        const Translation translation(u"en_US"_s);
        QCOMPARE(words::details(answer), u"1,234 tokens, $0.0021"_s);
    }

    void arabicAndHebrewAreWrittenFromTheRight()
    {
        {
            const Translation translation(u"ar"_s);
            QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
        }
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        const Translation translation(u"he_IL"_s);
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
    }

    void whatIsNoLanguageIsTheSystems()
    {
        const QLocale before;
        {
            const Translation translation(u"no such language"_s);
            QCOMPARE(QLocale(), QLocale::system());
        }
        QCOMPARE(QLocale(), before);
    }

    void theFilesAreInTheProgram()
    {
        QCOMPARE(Translation::available(), (QStringList{u"de"_s, u"en"_s, u"fr"_s}));
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
