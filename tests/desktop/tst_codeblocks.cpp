#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QElapsedTimer>
#include <QQuickTextDocument>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <cstdlib>
#include <ctime>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

QString fenced(const QString &language, const QString &code)
{
    return u"```"_s + language + u'\n' + code + u"\n```\n"_s;
}

QString someCode()
{
    return u"/* Reads\n * all */\nint main()\n{\n    const auto text = \"one \\\" two\";\n"
           u"    return text.size() > 42 ? 1 : 0; // and no more\n}\n// end"_s;
}

QList<ServerFrame> answered(const QString &text)
{
    return conversation({user(u"m1"_s, {}, u"Hello"_s), answer(u"m2"_s, u"m1"_s, text)});
}

QQuickItem *listingOf(const QQuickItem *block)
{
    const QList<QQuickItem *> items = block->findChildren<QQuickItem *>();
    const auto found = std::ranges::find_if(
        items, [](const QQuickItem *item) { return item->inherits("QQuickTextEdit"); });
    return found == items.end() ? nullptr : *found;
}

QTextDocument *documentOf(const QQuickItem *block)
{
    return listingOf(block)->property("textDocument").value<QQuickTextDocument *>()->textDocument();
}

//! "#7a3e9d return" for each coloured part.
QStringList colouredParts(const QQuickItem *block)
{
    QStringList parts;
    const QTextDocument *const document = documentOf(block);
    for (QTextBlock line = document->begin(); line.isValid(); line = line.next()) {
        for (const QTextLayout::FormatRange &range : line.layout()->formats())
            parts.append(range.format.foreground().color().name() + u' ' +
                         line.text().mid(range.start, range.length));
    }
    return parts;
}

//! How many UTF-16 units were scanned for the block.
qint64 scannedFor(const QQuickItem *block)
{
    const QList<QObject *> objects = block->findChildren<QObject *>();
    qint64 scanned = -1;
    for (QObject *object : objects) {
        if (object->inherits("runnel::CodeColours"))
            QMetaObject::invokeMethod(object, "scannedCharacters", Q_RETURN_ARG(qint64, scanned));
    }
    return scanned;
}

//! Streams \a text in pieces of that many characters, and ends.
void stream(WindowDriver &driver, const QString &text, qsizetype piece)
{
    [&] { QTRY_COMPARE(driver.session.messages()->rowCount(), 1); }();
    driver.server.say(
        TurnStarted{101, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"g"_s, someTime()});
    [&] { QTRY_COMPARE(driver.session.messages()->rowCount(), 2); }();
    Seq seq = 102;
    for (qsizetype at = 0; at < text.size(); at += piece, ++seq) {
        driver.server.say(Chunk{seq, u"t1"_s, text.sliced(at, qMin(piece, text.size() - at)), {}});
        if (seq % 4 == 0)
            QTest::qWait(1);
    }
    TurnComplete complete;
    complete.seq = seq;
    complete.turn = u"t1"_s;
    complete.at = someTime();
    driver.server.say(complete);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(!driver.session.answering(), 30'000); }();
}

double cpuMs()
{
    return 1000.0 * double(std::clock()) / CLOCKS_PER_SEC;
}

//! A pixel of nearly that colour is shown: the strokes of letters are smoothed.
bool showsInk(const QImage &image, const QColor &ink)
{
    const auto near = [](int a, int b) { return std::abs(a - b) <= 24; };
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (near(pixel.red(), ink.red()) && near(pixel.green(), ink.green()) &&
                near(pixel.blue(), ink.blue()))
                return true;
        }
    }
    return false;
}

//! Milliseconds of CPU time until an answer that comes whole is shown, and of one frame then.
double costOfShowing(const QString &text)
{
    const double start = cpuMs();
    WindowDriver driver(answered(text));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(driver.find(u"CodeBlock"_s), 30'000); }();
    driver.window->grabWindow();
    return cpuMs() - start;
}

} // namespace

class TestCodeBlocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void codeHasTheColoursOfItsTheme_data()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<int>("other");
        QTest::addColumn<QStringList>("parts");
        const auto row = [](const char *name, int theme, int other, const QStringList &colours) {
            QTest::newRow(name) << theme << other
                                << QStringList{colours[0] + u" int"_s,    colours[1] + u" main"_s,
                                               colours[2] + u" return"_s, colours[3] + u" 42"_s,
                                               colours[4] + u" \"a\""_s,  colours[5] + u" // b"_s};
        };
        const QStringList light{u"#0b6b64"_s, u"#1d4ed8"_s, u"#7a3e9d"_s,
                                u"#8a4b08"_s, u"#0f6b3c"_s, u"#56616e"_s};
        const QStringList dark{u"#5eead4"_s, u"#8ab4f8"_s, u"#c4a7e7"_s,
                               u"#f4bf75"_s, u"#8bd5a0"_s, u"#9aa7b3"_s};
        row("light after dark", 1, 2, light);
        row("dark after light", 2, 1, dark);
    }
    void codeHasTheColoursOfItsTheme()
    {
        QFETCH(int, theme);
        QFETCH(int, other);
        QFETCH(QStringList, parts);
        WindowDriver driver(
            answered(fenced(u"cpp"_s, u"int main() { return 42 + \"a\"; } // b"_s)));
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        driver.setTheme(other);
        const QQuickItem *const block = driver.find(u"CodeBlock"_s);
        QTRY_COMPARE(colouredParts(block).size(), parts.size());
        QTRY_VERIFY(colouredParts(block).value(0) != parts.value(0));
        driver.setTheme(theme);
        QTRY_COMPARE(colouredParts(block), parts);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void whatHasNoLanguageStaysPlain_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("no language") << u""_s;
        QTest::newRow("a language that is not known") << u"brainfog"_s;
        QTest::newRow("text") << u"text"_s;
    }
    void whatHasNoLanguageStaysPlain()
    {
        QFETCH(QString, language);
        WindowDriver driver(answered(fenced(language, someCode())));
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        const QQuickItem *const block = driver.find(u"CodeBlock"_s);
        driver.setTheme(2);
        QTRY_COMPARE(driver.window->property("visible").toBool(), true);
        QCOMPARE(documentOf(block)->toPlainText(), someCode());
        QCOMPARE(colouredParts(block), QStringList());
        QCOMPARE(scannedFor(block), 0);
    }

    void blockThatGrowsIsColouredAsAWholeOne_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("sign by sign") << 1;
        QTest::newRow("in pieces that end within words") << 7;
        QTest::newRow("in two pieces") << 90;
    }
    void blockThatGrowsIsColouredAsAWholeOne()
    {
        QFETCH(int, piece);
        WindowDriver whole(answered(fenced(u"cpp"_s, someCode())));
        QTRY_VERIFY(whole.find(u"CodeBlock"_s));
        whole.setTheme(1);
        QTRY_VERIFY(colouredParts(whole.find(u"CodeBlock"_s)).contains(u"#56616e // end"_s));
        WindowDriver growing(conversation({user(u"m1"_s, {}, u"Hello"_s)}));
        growing.setTheme(1);
        stream(growing, fenced(u"cpp"_s, someCode()), piece);
        QTRY_VERIFY(growing.find(u"CodeBlock"_s));
        QTRY_COMPARE(colouredParts(growing.find(u"CodeBlock"_s)),
                     colouredParts(whole.find(u"CodeBlock"_s)));
    }

    void blockThatBecomesAnotherHasItsColours()
    {
        WindowDriver driver(answered(fenced(u"cpp"_s, u"int a;\n// b"_s)));
        driver.setTheme(1);
        QTRY_VERIFY(driver.find(u"CodeBlock"_s));
        QQuickItem *const block = driver.find(u"CodeBlock"_s);
        QTRY_COMPARE(colouredParts(block), QStringList({u"#0b6b64 int"_s, u"#56616e // b"_s}));
        block->setProperty("code", u"a\nreturn"_s);
        QTRY_COMPARE(colouredParts(block), QStringList({u"#7a3e9d return"_s}));
        block->setProperty("language", u"text"_s);
        QTRY_COMPARE(colouredParts(block), QStringList());
        block->setProperty("language", u"py"_s);
        QTRY_COMPARE(colouredParts(block), QStringList({u"#7a3e9d return"_s}));
    }

    //! What comes is scanned, and its last line again; not what was there.
    void whatIsThereIsNotScannedAgain()
    {
        const QString line = u"    const int value = compute(one, two, three);\n"_s;
        const auto scannedWhile = [&line](int lines) {
            WindowDriver driver(conversation({user(u"m1"_s, {}, u"Hello"_s)}));
            stream(driver, u"```cpp\n"_s + line.repeated(lines) + u"```\n"_s, 40);
            [&] { QTRY_VERIFY(driver.find(u"CodeBlock"_s)); }();
            [&] { QTRY_COMPARE(documentOf(driver.find(u"CodeBlock"_s))->blockCount(), lines); }();
            return scannedFor(driver.find(u"CodeBlock"_s));
        };
        const qint64 once = scannedWhile(50);
        const qint64 fourTimes = scannedWhile(200);
        QVERIFY2(once >= 50 * (line.size() - 1), qPrintable(QString::number(once)));
        QVERIFY2(once < 4 * 50 * line.size(), qPrintable(QString::number(once)));
        QVERIFY2(fourTimes < 5 * once, qPrintable(u"%1, then %2"_s.arg(once).arg(fourTimes)));
    }

    void longLinesAndWhatIsFarDownStayPlain()
    {
        const QString line = u"return 1;\n"_s;
        WindowDriver driver(
            answered(fenced(u"cpp"_s, u"/* "_s + QString(2'000, u'a') + u"\nreturn;\n"_s +
                                          line.repeated(20'000) + u"return 2;"_s)));
        driver.setTheme(1);
        QTRY_VERIFY_WITH_TIMEOUT(driver.find(u"CodeBlock"_s), 20'000);
        const QTextDocument *const document = documentOf(driver.find(u"CodeBlock"_s));
        QTRY_VERIFY(!document->findBlockByNumber(1).layout()->formats().isEmpty());
        QVERIFY(document->firstBlock().layout()->formats().isEmpty());
        QVERIFY(!document->findBlock(199'000).layout()->formats().isEmpty());
        QVERIFY(document->findBlock(201'000).layout()->formats().isEmpty());
        QVERIFY(document->lastBlock().layout()->formats().isEmpty());
    }

    //! Against the same code without a language, in the same run.
    void coloursDoNotHoldTheWindowUp_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("lines");
        QTest::newRow("500 KB of ordinary code")
            << u"    const int value = compute(one, \"two\", 3); // four\n"_s << 9'800;
        QTest::newRow("100 KB in one line") << u"f(\"a\", 1); "_s << 9'000;
        QTest::newRow("comments in comments") << u"/* /* \n"_s << 15'000;
        QTest::newRow("a part each two signs") << u"1 1 1 1 1 1 1 1 1 1\n"_s << 5'000;
    }
    void coloursDoNotHoldTheWindowUp()
    {
        QFETCH(QString, line);
        QFETCH(int, lines);
        const QString code = line.repeated(lines);
        const double plain = costOfShowing(fenced(u"text"_s, code));
        const double coloured = costOfShowing(fenced(u"cpp"_s, code));
        qInfo("%.0f ms of CPU time without colours, %.0f with them", plain, coloured);
        QVERIFY2(coloured < 4 * plain + 500, qPrintable(QString::number(coloured / plain)));
    }

    void longLinesAreWrappedOrScrolled()
    {
        const QString longLine = u"const int a = 1; "_s.repeated(40);
        WindowDriver driver(
            answered(fenced(u"cpp"_s, longLine) + u"\nAnd\n\n"_s + fenced(u""_s, longLine)),
            {360, 640});
        QTRY_COMPARE(driver.findAll(u"CodeBlock"_s).size(), 2);
        const QList<QQuickItem *> blocks = driver.findAll(u"CodeBlock"_s);
        const auto height = [&](int i) { return listingOf(blocks[i])->height(); };
        const auto width = [&](int i) { return listingOf(blocks[i])->width(); };
        const qreal oneLine = height(0);
        QVERIFY(width(0) > 1'000);
        QVERIFY(width(1) > 1'000);
        driver.click(blocks[0]->findChild<QQuickItem *>(u"wrapCode"_s));
        // In every block, and no further than the window reaches.
        QTRY_VERIFY(width(0) <= 360 && width(1) <= 360);
        QTRY_VERIFY(height(0) > 5 * oneLine && height(1) > 5 * oneLine);
        QTRY_COMPARE(blocks[0]->height(), height(0) + 40);
        QCOMPARE(driver.layoutFaults(), QStringList());
        QCOMPARE(documentOf(blocks[0])->toPlainText(), longLine);
        // What comes later is wrapped, too.
        blocks[1]->setProperty("code", longLine.repeated(2));
        QTRY_VERIFY(height(1) > 10 * oneLine && width(1) <= 360);
        // By keyboard: what stands above may be out of sight by now.
        blocks[0]->findChild<QQuickItem *>(u"wrapCode"_s)->forceActiveFocus(Qt::TabFocusReason);
        driver.press(Qt::Key_Space);
        QTRY_VERIFY(width(0) > 1'000 && width(1) > 1'000);
        QTRY_COMPARE(height(0), oneLine);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void pictures_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("narrow") << 360;
        QTest::newRow("wide") << 1280;
    }
    void pictures()
    {
        QFETCH(int, width);
        const QString text =
            fenced(
                u"cpp"_s,
                u"#include <optional>\n\n// The next one, or nothing when there is none after it.\n"
                u"template <typename T>\nstd::optional<T> next(std::span<const T> values, size_t "
                u"at = 0, bool wraps = false, const char *otherwise = \"none at all\")\n{\n    "
                u"if (at + 1 < values.size())\n        return values[at + 1];\n    return "
                u"std::nullopt;\n}"_s) +
            fenced(u"python"_s, u"@cache\ndef area(r: float) -> float:\n    \"\"\"In square "
                                u"metres.\"\"\"\n    return math.pi * r ** 2"_s) +
            fenced(u"json"_s, u"{ \"name\": \"runnel\", \"port\": 8000, \"demo\": true }"_s) +
            fenced(u"diff"_s, u"@@ -1,2 +1,2 @@\n-old line\n+new line"_s);
        WindowDriver driver(answered(text), {width, 900});
        QTRY_COMPARE(driver.findAll(u"CodeBlock"_s).size(), 4);
        const auto take = [&driver, width](const QString &how) {
            for (const auto &[theme, word, ink] : {std::tuple(2, u"dark"_s, u"#c4a7e7"_s),
                                                   std::tuple(1, u"light"_s, u"#7a3e9d"_s)}) {
                driver.setTheme(theme);
                QTRY_VERIFY(showsInk(driver.window->grabWindow(), ink));
                driver.picture(u"code-%1%2-%3"_s.arg(width).arg(how, word));
                QCOMPARE(driver.layoutFaults(), QStringList());
            }
        };
        take(u""_s);
        driver.click(driver.visibleItem(u"wrapCode"_s));
        take(u"-wrapped"_s);
    }
};

QTEST_MAIN(TestCodeBlocks)
#include "tst_codeblocks.moc"
