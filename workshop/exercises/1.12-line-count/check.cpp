// links: runnel_ui runnel_uiplugin runnel_core runnel_coreplugin runnel_icons
// builds: runnel_desktop_app_lrelease

#include "lib/exercise.h"
#include "qml/icons/iconprovider.h"

#include <QDir>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTranslator>
#include <QtQml/qqmlextensionplugin.h>

#include <memory>

Q_IMPORT_QML_PLUGIN(Runnel_CorePlugin)
Q_IMPORT_QML_PLUGIN(Runnel_UiPlugin)

using namespace runnel;
using namespace runnel::exercise;
using namespace Qt::StringLiterals;

namespace {

const QString look = u"qml/components/CodeBlock.qml, the item head"_s;
const QString translations = u"desktop/translations/runnel_en.ts, which has the English plurals"_s;
constexpr int width = 320;

bool isCounted(const char *context, const char *source, int n)
{
    const QByteArray text(source);
    return qstrcmp(context, "CodeBlock") == 0 && n >= 0 &&
           (text.contains("%n") || text.contains("%Ln"));
}

//! The plurals of English as the window has them; those that it lacks are said once, and are then
//! at hand, so that the rest can be looked at.
class English : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source,
                                    const char *disambiguation, int n) const override
    {
        const QString text = QTranslator::translate(context, source, disambiguation, n);
        if (!isCounted(context, source, n))
            return text;
        isAsked = true;
        if (!text.isEmpty())
            return text;
        lacking = QString::fromUtf8(source);
        return n == 1 ? u"%Ln line"_s : u"%Ln lines"_s;
    }

    mutable bool isAsked = false; //!< Whether anything is counted.
    mutable QString lacking;      //!< What is counted, and has no translation.
};

//! Polish has three forms, so that nobody gets by with two.
class Polish : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source,
                                    const char * /*disambiguation*/, int n) const override
    {
        if (!isCounted(context, source, n))
            return {};
        if (n == 1)
            return u"%n wiersz"_s;
        const bool few = n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
        return few ? u"%n wiersze"_s : u"%n wierszy"_s;
    }
};

//! A code block in a window of its own, as its properties say.
class Shown
{
public:
    Shown(QQmlEngine &engine, const QString &code, bool mirrored = false)
    {
        QQmlComponent component(&engine);
        component.setData("import QtQuick\n"
                          "import Runnel.Ui\n"
                          "Item {\n"
                          "    required property string code\n"
                          "    required property bool mirrored\n"
                          "    LayoutMirroring.enabled: mirrored\n"
                          "    LayoutMirroring.childrenInherit: true\n"
                          "    CodeBlock { width: parent.width; language: \"python\"; "
                          "code: parent.code }\n"
                          "}\n",
                          {});
        m_item.reset(qobject_cast<QQuickItem *>(component.createWithInitialProperties(
            {{u"code"_s, code}, {u"mirrored"_s, mirrored}, {u"width"_s, width}})));
        if (!m_item) {
            expect(false, {}, u"The block cannot be shown: "_s + component.errorString().trimmed(),
                   look);
            return;
        }
        m_window.resize(width, 400);
        m_item->setParentItem(m_window.contentItem());
        m_window.show();
        settle();
    }
    ~Shown() { m_window.hide(); }
    Q_DISABLE_COPY_MOVE(Shown)

    void setCode(const QString &code)
    {
        m_item->setProperty("code", code);
        settle();
    }

    [[nodiscard]] bool isThere() const { return m_item != nullptr; }
    [[nodiscard]] QQuickItem *label() const
    {
        return m_item->findChild<QQuickItem *>(u"lineCount"_s);
    }
    [[nodiscard]] QQuickItem *wrapButton() const
    {
        return m_item->findChild<QQuickItem *>(u"wrapCode"_s);
    }
    [[nodiscard]] QQuickItem *language() const { return withText(*m_item, u"python"_s); }
    [[nodiscard]] QString text() const
    {
        const QQuickItem *const item = label();
        // An order of reading may be marked: that is not seen.
        return item && item->isVisible()
                   ? item->property("text").toString().remove(QChar(0x200e)).remove(QChar(0x200f))
                   : QString();
    }

private:
    static QQuickItem *withText(const QQuickItem &in, const QString &text)
    {
        for (QQuickItem *const child : in.childItems()) {
            if (child->property("text").toString() == text)
                return child;
            if (QQuickItem *const found = withText(*child, text))
                return found;
        }
        return nullptr;
    }

    //! Until what is laid out later, as in a RowLayout, has its place.
    static void settle()
    {
        QElapsedTimer elapsed;
        elapsed.start();
        while (elapsed.elapsed() < 100)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }

    QQuickWindow m_window;
    std::unique_ptr<QQuickItem> m_item;
};

QRectF place(const QQuickItem *item)
{
    return item->mapRectToScene({0, 0, item->width(), item->height()});
}

QString linesOfCode(int count)
{
    QStringList lines;
    for (int i = 1; i <= count; ++i)
        lines.append(u"print(%1)"_s.arg(i));
    return lines.join(u'\n');
}

void checkCount(QQmlEngine &engine, const English &english)
{
    during(u"while the lines are counted"_s, look);
    struct Case
    {
        QString what, code, wanted;
    };
    const Case cases[] = {
        {u"three lines"_s, linesOfCode(3), u"3 lines"_s},
        {u"one line"_s, linesOfCode(1), u"1 line"_s},
        {u"two lines, of which the last ends in a line feed"_s, linesOfCode(2) + u'\n',
         u"2 lines"_s},
        {u"two lines with an empty one between them"_s, u"a\n\nb"_s, u"3 lines"_s},
        {u"no code yet"_s, {}, {}},
    };
    for (const auto &[what, code, wanted] : cases) {
        const Shown shown(engine, code);
        if (!shown.isThere())
            return;
        // The number is right and the word, which is a translation, is not.
        const bool isWord = english.isAsked && !wanted.isEmpty() &&
                            shown.text().section(u' ', 0, 0) == wanted.section(u' ', 0, 0);
        expect(shown.text() == wanted,
               wanted.isEmpty() ? u"A block of no code yet says nothing."_s
                                : u"A block of %1 says \"%2\"."_s.arg(what, wanted),
               u"A block of %1 says \"%2\" and is to say \"%3\"."_s.arg(what, shown.text(), wanted),
               isWord ? translations : look);
    }
    Shown growing(engine, linesOfCode(1));
    growing.setCode(linesOfCode(12));
    expect(growing.text() == u"12 lines"_s, u"It counts on while code comes."_s,
           u"A block that has grown from 1 line to 12 says \"%1\"."_s.arg(growing.text()), look);
}

void checkWrapped(QQmlEngine &engine, QObject &theme)
{
    during(u"while long lines are wrapped"_s, look);
    theme.setProperty("wrapsCode", true);
    const QString said =
        Shown(engine, u"print(\"%1\")"_s.arg(QString(u"word "_s).repeated(60))).text();
    theme.setProperty("wrapsCode", false);
    expect(said == u"1 line"_s, u"A line that is wrapped is still one."_s,
           u"One long line that is wrapped counts as \"%1\"."_s.arg(said),
           look + u": what is counted is the code, not how it is shown"_s);
}

void checkEnglish(const English &english)
{
    const QString text = english.lacking;
    expect(text.isEmpty(), u"Its words are among the English plurals, if it needs any."_s,
           u"In English it says \"%1\", \"%2\": \"%3\" has no English plurals yet. What "
           "follows supposes them."_s.arg(
               QString(text).replace(u"%Ln"_s, u"3"_s).replace(u"%n"_s, u"3"_s),
               QString(text).replace(u"%Ln"_s, u"1"_s).replace(u"%n"_s, u"1"_s), text),
           translations + u": the context CodeBlock"_s);
}

void checkPlurals(QQmlEngine &engine)
{
    during(u"while it speaks Polish"_s, look);
    Polish polish;
    QCoreApplication::installTranslator(&polish);
    const QStringList wanted = {u"1 wiersz"_s, u"2 wiersze"_s, u"5 wierszy"_s};
    QStringList said;
    for (const int count : {1, 2, 5})
        said.append(Shown(engine, linesOfCode(count)).text());
    QCoreApplication::removeTranslator(&polish);
    expect(said == wanted,
           u"Other languages can say it their own way: %1."_s.arg(wanted.join(u", "_s)),
           u"Polish, which has three forms, cannot say it: %1 instead of %2. The "
           u"number must reach "
           "the translation."_s.arg(said.join(u", "_s), wanted.join(u", "_s)),
           look + u": qsTr() takes the number as its third argument"_s);
}

void checkPlace(QQmlEngine &engine, QObject &theme)
{
    during(u"while it is laid out"_s, look);
    for (const double scale : {1.0, 2.0}) {
        theme.setProperty("textScale", scale);
        const QString when =
            scale > 1 ? u"With letters twice as large"_s : u"With letters as usual"_s;
        const Shown shown(engine, linesOfCode(12));
        const QQuickItem *const label = shown.label();
        const bool cut = label->property("truncated").toBool() ||
                         label->property("contentWidth").toReal() > label->width() + 1 ||
                         label->property("contentHeight").toReal() > label->parentItem()->height();
        expect(!cut, when + u" it is whole."_s, when + u" it is cut off."_s, look);
        const QRectF own = place(label);
        const bool onName = shown.language() && own.intersects(place(shown.language()));
        const bool onButton = own.intersects(place(shown.wrapButton()));
        expect(!onName && !onButton && own.left() >= 0 && own.right() <= width,
               when + u" it stands between the language and the buttons."_s,
               u"%1 it stands %2."_s.arg(when, onName     ? u"on the name of the language"_s
                                               : onButton ? u"on the buttons"_s
                                                          : u"outside of the block"_s),
               look + u": anchors to what is beside it move with that"_s);
    }
    theme.setProperty("textScale", 1.0);
    const Shown left(engine, linesOfCode(12));
    const Shown right(engine, linesOfCode(12), true);
    const QRectF one = place(left.label());
    const QRectF other = place(right.label());
    expect(qAbs(width - one.right() - other.left()) < 2,
           u"In a window that is written from the right it stands the other way round."_s,
           u"In a window that is written from the right it is to begin at %1 px and begins at %2."_s
               .arg(qRound(width - one.right()))
               .arg(qRound(other.left())),
           look + u": anchors are mirrored, an x of your own is not"_s);
}

} // namespace

int main(int argc, char **argv)
{
    endWithin(60, 16);                           // QML reserves much more than it uses
    qputenv("QT_QUICK_CONTROLS_STYLE", "Basic"); // as the window has it
    const QGuiApplication application(argc, argv);
    English english;
    const QDir build(qEnvironmentVariable("RUNNEL_BUILD"));
    if (!english.load(build.filePath(u"desktop/translations/runnel_en.qm"_s))) {
        std::puts("The check itself failed: There is no "
                  "desktop/translations/runnel_en.qm.");
        return 2;
    }
    QCoreApplication::installTranslator(&english);
    QQmlEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.addImageProvider(u"icon"_s, new IconProvider); // The engine owns it.
    // The theme is known once something has imported its module.
    QQmlComponent import(&engine);
    import.setData("import QtQml\nimport Runnel.Ui\nQtObject { property QtObject it: Theme }", {});
    const std::unique_ptr<QObject> imported(import.create());
    auto *const theme = imported ? imported->property("it").value<QObject *>() : nullptr;
    if (!theme) {
        std::printf("The check itself failed: %s\n", qUtf8Printable(import.errorString()));
        return 2;
    }
    theme->setProperty("motion", false);

    const bool isThere = [&engine] {
        const Shown shown(engine, linesOfCode(3));
        return shown.isThere() &&
               expect(shown.label() && shown.label()->property("text").isValid(),
                      u"The head of a code block has a text with the objectName lineCount."_s,
                      u"The head of a code block has no text with the objectName lineCount."_s,
                      look);
    }();
    if (isThere) {
        checkEnglish(english);
        checkCount(engine, english);
        checkWrapped(engine, *theme);
        checkPlurals(engine);
        checkPlace(engine, *theme);
    }
    return result();
}
