#include "app/translation.h"
#include "app/window.h"
#include "windowstates.h"

#include <QGuiApplication>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize wide(1180, 800);
constexpr QSize narrow(360, 740);

//! The English words of desktop/translations/runnel_\a language.ts that are others there; those
//! with a place for something are left out.
QStringList englishWords(const QString &language)
{
    QFile file(
        QStringLiteral(RUNNEL_SOURCE_DIR "/desktop/translations/runnel_%1.ts").arg(language));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(file.fileName()));
    QStringList words;
    QString source;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == u"source") {
            source = xml.readElementText();
        } else if (xml.name() == u"translation" && !source.contains(u'%')) {
            if (xml.readElementText(QXmlStreamReader::SkipChildElements) != source)
                words.append(source);
        }
    }
    return words;
}

//! Also what a screen reader says of it.
QStringList saidBy(const WindowDriver &driver)
{
    QStringList said = driver.texts();
    const QList<QQuickItem *> items = driver.window->contentItem()->findChildren<QQuickItem *>();
    for (const QQuickItem *item : items) {
        if (item->isVisible())
            said.append(item->property("placeholderText").toString());
    }
    QStringList parts;
    for (const QString &text : std::as_const(said))
        parts += text.split(u"  ·  "_s);
    return parts;
}

} // namespace

//! The window in other languages than the one it was written in.
class TestLanguages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void noEnglishWordIsLeft_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QSize>("size");
        for (const QString &language : {u"de"_s, u"fr"_s}) {
            const QStringList states = WindowInState::states();
            for (const QString &state : states) {
                QTest::addRow("%s, %s, wide", qPrintable(language), qPrintable(state))
                    << language << state << wide;
                QTest::addRow("%s, %s, narrow", qPrintable(language), qPrintable(state))
                    << language << state << narrow;
            }
        }
    }
    void noEnglishWordIsLeft()
    {
        QFETCH(QString, language);
        QFETCH(QString, state);
        QFETCH(QSize, size);
        const Translation translation(language);
        WindowInState window(state, size);
        if (QTest::currentTestFailed())
            return;
        const QStringList english = englishWords(language);
        QVERIFY(english.size() > 100);
        const QStringList said = saidBy(window.driver);
        QVERIFY(!said.isEmpty());
        for (const QString &text : said)
            QVERIFY2(!english.contains(text), qPrintable(text));
        QTRY_COMPARE(window.driver.layoutFaults().join(u'\n'), QString());
        const QString place = size == wide ? u"wide"_s : u"narrow"_s;
        window.driver.picture(u"%1-%2-%3"_s.arg(language, state, place));
        QCOMPARE(window.driver.warnings, QStringList());
    }

    void theSheetOffersTheLanguagesThatThereAre()
    {
        WindowInState window(u"settings"_s, wide);
        QStringList offered;
        QList<QQuickItem *> buttons = window.driver.findAll(u"ChoiceButton"_s);
        for (const QQuickItem *button : std::as_const(buttons))
            offered.append(button->property("text").toString());
        // Behind "as the system", the last of the sheet.
        const QStringList names = Translation::available();
        QCOMPARE(offered.last(names.size()),
                 (QStringList{u"English"_s, u"Deutsch"_s, u"Français"_s}));
        for (int i = 0; i < names.size(); ++i) {
            window.driver.click(buttons.at(buttons.size() - names.size() + i));
            QVERIFY2(names.contains(window.driver.preferences.language()),
                     qPrintable(window.driver.preferences.language()));
        }
        QCOMPARE(window.driver.warnings, QStringList());
    }
};

QTEST_MAIN(TestLanguages)
#include "tst_languages.moc"
