#include "models/blocklistmodel.h"
#include "models/markdown.h"
#include "models/richtext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

//! A block in one line: kind, place, and what it shows.
QString line(const Block &b)
{
    static const QStringList kinds{u"p"_s, u"h"_s, u"code"_s, u"table"_s, u"rule"_s};
    QString out = kinds[int(b.kind)];
    if (b.level > 0)
        out += QString::number(b.level);
    if (b.indent > 0)
        out += u" >"_s + QString::number(b.indent);
    if (b.quotes > 0)
        out += u" \""_s + QString::number(b.quotes);
    if (!b.marker.isEmpty())
        out += u' ' + b.marker;
    if (b.kind == Block::Kind::Code)
        return out + u" ["_s + b.language + u"] "_s + b.text;
    if (b.kind == Block::Kind::Table)
        return out + u' ' + QString::number(b.alignments.size()) + u": "_s + b.cells.join(u'|');
    return out + u' ' + b.html;
}

QStringList lines(const std::vector<Block> &blocks)
{
    QStringList out;
    for (const Block &block : blocks)
        out.append(line(block));
    return out;
}

QString sample()
{
    return u"# Title *one*\n\nText with **bold**, `code <b>` and ~~gone~~ words.\nSecond line.\n\n"
           "Setext\n---\n\n- one\n- two\n  - deep **x**\n\n    para in deep\n- [x] done\n\n"
           "3. three\n4. four\n\n   ```py\n   in list\n   ```\n\n"
           "> quote\n> > deeper\n> - item\n\n"
           "before the table\n| a | b |\n|:--|--:|\n| 1 | `2` |\n| only |\n\n"
           "```cpp title=x\nint main() {\n\n    return 0; // ``` no end\n}\n```\nright after\n"
           "~~~~\ntilde\n~~~\nstill\n~~~~\n\n***\n\n    indented code\n\n"
           "Paragraph\n#not a heading\n#\n\n<div>raw</div>\n\nlast <i>line</i> "
           "[link](http://e.org/?a=1&b=2) ![pic](https://e.org/p.png)\n"
           "two  \nbreaks\\\nhere www.example.org 👩‍👩‍👧 $5 and $10\n\n```\nopen to the end\n`` `"_s;
}

} // namespace

class TestMarkdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textBecomesBlocks_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("wanted");
        QTest::newRow("nothing") << QString() << QStringList();
        QTest::newRow("a paragraph with formats")
            << u"a **b** *c* `d` ~~e~~"_s
            << QStringList{u"p a <b>b</b> <i>c</i> <code>d</code> <s>e</s>"_s};
        QTest::newRow("headings") << u"# A\n### B"_s << QStringList{u"h1 A"_s, u"h3 B"_s};
        QTest::newRow("code keeps its text and its first word")
            << u"```c++ x\na < b\n\n  c\n```"_s << QStringList{u"code [c++] a < b\n\n  c"_s};
        QTest::newRow("a nested list is flat, with markers")
            << u"- a\n  1. b\n  2. c\n- d"_s
            << QStringList{u"p >1 • a"_s, u"p >2 1. b"_s, u"p >2 2. c"_s, u"p >1 • d"_s};
        QTest::newRow("a list that starts at seven")
            << u"7. a\n8. b"_s << QStringList{u"p >1 7. a"_s, u"p >1 8. b"_s};
        QTest::newRow("tasks") << u"- [ ] a\n- [x] b"_s
                               << QStringList{u"p >1 ☐ a"_s, u"p >1 ☑ b"_s};
        QTest::newRow("an item with two blocks has one marker")
            << u"- a\n\n  b"_s << QStringList{u"p >1 • a"_s, u"p >1 b"_s};
        QTest::newRow("an empty item is shown")
            << u"-\n- b"_s << QStringList{u"p >1 • "_s, u"p >1 • b"_s};
        QTest::newRow("a list in a list from the start")
            << u"- - a"_s << QStringList{u"p >1 • "_s, u"p >2 ◦ a"_s};
        QTest::newRow("quotes") << u"> a\n>> b\n\nc"_s
                                << QStringList{u"p \"1 a"_s, u"p \"2 b"_s, u"p c"_s};
        QTest::newRow("a table") << u"|a|b|\n|-|-:|\n|**1**|<2>|"_s
                                 << QStringList{u"table 2: a|b|<b>1</b>|&lt;2&gt;"_s};
        QTest::newRow("a rule") << u"a\n\n---\n"_s << QStringList{u"p a"_s, u"rule "_s};
        QTest::newRow("raw HTML is text")
            << u"<script>alert(1)</script>\n\na <b onclick=x>b</b> &lt;i&gt;"_s
            << QStringList{u"p &lt;script&gt;alert(1)&lt;/script&gt;"_s,
                           u"p a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;i&gt;"_s};
        QTest::newRow("links of three schemes, found ones too")
            << u"[a](https://e.org/?x=\"&y) [m](mailto:a@e.org) http://e.org"_s
            << QStringList{
                   u"p <a href=\"https://e.org/?x=&quot;&amp;y\">a</a> "
                   "<a href=\"mailto:a@e.org\">m</a> <a href=\"http://e.org\">http://e.org</a>"_s};
        QTest::newRow("other links are their text")
            << u"[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) [d](/x) [e](JaVaScRiPt:x)"_s
            << QStringList{u"p a b c d e"_s};
        QTest::newRow("an image is a link with its text")
            << u"![a pic](http://e.org/p.png) ![](https://e.org/q.png) ![x](file:///p.png)"_s
            << QStringList{u"p <a href=\"http://e.org/p.png\">a pic</a> "
                           "<a href=\"https://e.org/q.png\">https://e.org/q.png</a> x"_s};
        QTest::newRow("an image in a link is one link")
            << u"[![a](http://e.org/p.png)](http://e.org)"_s
            << QStringList{u"p <a href=\"http://e.org\">a</a>"_s};
        QTest::newRow("dollars are no formula")
            << u"$5 and $10"_s << QStringList{u"p $5 and $10"_s};
        QTest::newRow("line breaks") << u"a  \nb\\\nc\nd"_s << QStringList{u"p a<br>b<br>c d"_s};
    }
    void textBecomesBlocks()
    {
        QFETCH(QString, text);
        QTEST(lines(markdownBlocks(text)), "wanted");
    }

    void noTagButOursComesOut()
    {
        static const QRegularExpression foreign(u"<(?!/?(b|i|s|code|br|a)[ >])"_s);
        const QString text = sample() + u"\n```\n\n<img src=http://e.org/x.png>"_s;
        for (const Block &block : markdownBlocks(text)) {
            QVERIFY2(!foreign.match(block.html).hasMatch(), qPrintable(block.html));
            for (const QString &cell : block.cells)
                QVERIFY2(!foreign.match(cell).hasMatch(), qPrintable(cell));
        }
    }

    //! Whatever the chunks, the end is that of the whole text; and so is every moment on the way.
    void streamEndsAsTheWhole_data()
    {
        QTest::addColumn<int>("chunk");
        for (const int chunk : {1, 2, 3, 7, 50, 100'000})
            QTest::addRow("in pieces of %d characters", chunk) << chunk;
    }
    void streamEndsAsTheWhole()
    {
        QFETCH(int, chunk);
        const QString text = sample();
        BlockListModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (qsizetype at = 0; at < text.size(); at += chunk) {
            const QString piece = text.sliced(at, qMin(qsizetype(chunk), text.size() - at));
            model.append(piece);
            // An open fence hides what may become its end, so whole texts are compared at line
            // ends.
            if (piece.endsWith(u'\n')) {
                QCOMPARE(lines(model.blocks()),
                         lines(markdownBlocks(QStringView(text).first(at + piece.size()))));
            }
        }
        model.finish(text);
        QCOMPARE(lines(model.blocks()), lines(markdownBlocks(text)));
    }

    void windowsLineEndsAreLineEnds()
    {
        QString text = sample();
        BlockListModel model;
        model.append(QString(text).replace(u'\n', u"\r\n"_s));
        BlockListModel plain;
        plain.append(text);
        QCOMPARE(lines(model.blocks()), lines(plain.blocks()));
    }

    void linkDefinitionsCountAtTheEnd()
    {
        const QString text = u"see [it][1]\n\nmore\n\n[1]: https://e.org\n"_s;
        BlockListModel model;
        model.append(text);
        model.finish(text);
        QCOMPARE(lines(model.blocks()),
                 QStringList({u"p see <a href=\"https://e.org\">it</a>"_s, u"p more"_s}));
    }

    void closingFenceIsNotShownAsCode()
    {
        BlockListModel model;
        model.append(u"```js\nx\n``");
        QCOMPARE(lines(model.blocks()), QStringList{u"code [js] x"_s});
        model.append(u"`\nafter");
        QCOMPARE(lines(model.blocks()), QStringList({u"code [js] x"_s, u"p after"_s}));
    }

    void onlyTheLastBlockIsTouched()
    {
        BlockListModel model;
        model.append(u"# A\n\nfirst paragraph\n\nsecond");
        QCOMPARE(model.rowCount(), 3);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.append(u" one");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 2);
        QCOMPARE(changed[0][1].toModelIndex().row(), 2);
        QVERIFY(inserted.isEmpty());
        model.append(u"\n\nthird");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(inserted.size(), 1);
        QVERIFY(removed.isEmpty());
    }

    void firstHeadingIsTheHighest()
    {
        BlockListModel model;
        const auto levels = [&model] {
            QList<int> out;
            for (int row = 0; row < model.rowCount(); ++row)
                out.append(model.index(row).data(BlockListModel::LevelRole).toInt());
            return out;
        };
        model.append(u"text\n\n## A\n\n#### B\n\n# C\n\n");
        QCOMPARE(levels(), QList<int>({0, 1, 3, 1}));
        // A first one that comes later moves those below.
        BlockListModel fresh;
        QAbstractItemModelTester tester(&fresh,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        fresh.append(u"### A\n\n");
        QSignalSpy changed(&fresh, &QAbstractItemModel::dataChanged);
        fresh.replace(u"# Z\n\n### A\n\n"_s, true);
        QCOMPARE(fresh.index(1).data(BlockListModel::LevelRole).toInt(), 3);
        QCOMPARE(changed.last()[2].value<QList<int>>(), QList<int>{BlockListModel::LevelRole});
    }

    void plainTextIsWhatIsRead()
    {
        BlockListModel model;
        model.finish(
            u"## A *b*\n\n1. `x` & [y](https://e.org)\n2. z\n\n---\n\n```cpp\nint x;\n```\n"_s);
        QCOMPARE(model.plainText(), u"A b\n1. x & y\n2. z\nint x;"_s);
    }

    //! Not the clock, which a busy machine moves: the characters that were parsed.
    void workIsLinearInTheAnswer_data()
    {
        QTest::addColumn<QString>("paragraph");
        QTest::newRow("paragraphs")
            << u"Some **words** of a paragraph that goes on for a while.\n\n"_s;
        QTest::newRow("one long code block") << u"    int value = compute(1, 2, 3);\n"_s;
        QTest::newRow("headings and lists") << u"## Head\n\n- one\n- two\n- three\n\ntext\n\n"_s;
    }
    void workIsLinearInTheAnswer()
    {
        QFETCH(QString, paragraph);
        const auto workOf = [&paragraph](int chunks) {
            StreamingMarkdown markdown;
            const QString text =
                u"```\n"_s.repeated(paragraph.startsWith(u' ')) + paragraph.repeated(chunks / 10);
            const qsizetype step = text.size() / chunks;
            for (qsizetype at = 0; at < text.size(); at += step)
                markdown.append(QStringView(text).sliced(at, qMin(step, text.size() - at)));
            return double(markdown.parsedCharacters()) + 1;
        };
        const double small = workOf(5'000), large = workOf(20'000);
        QVERIFY2(large / small < 4.2, qPrintable(QString::number(large / small)));
    }

    void depthIsNoDanger_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << u">"_s.repeated(5'000) + u" a"_s;
        QTest::newRow("lists") << u"- "_s.repeated(2'000) + u"a"_s;
        QTest::newRow("emphasis") << u"*a **a "_s.repeated(3'000);
        QTest::newRow("brackets") << u"["_s.repeated(20'000);
    }
    void depthIsNoDanger()
    {
        QFETCH(QString, text);
        for (const Block &block : markdownBlocks(text)) {
            QVERIFY(block.indent <= Block::deepest);
            QVERIFY(block.quotes <= Block::deepest);
        }
    }
};

QTEST_GUILESS_MAIN(TestMarkdown)
#include "tst_markdown.moc"
