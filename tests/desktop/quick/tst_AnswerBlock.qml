import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AnswerBlock"

    Component {
        id: blocks
        AnswerBlock {
            width: 500
            index: 1
            kind: BlockListModel.Paragraph
            html: "A <b>stream</b> of words."
            text: "A stream of words."
            language: ""
            marker: ""
            level: 0
            indent: 0
            quotes: 0
            tight: false
            cells: []
            alignments: []
            direction: Qt.LayoutDirectionAuto
        }
    }

    function test_kindIsShownAsItIs_data() {
        return [
            { tag: "a paragraph", kind: BlockListModel.Paragraph, type: "RichBlock" },
            { tag: "a heading", kind: BlockListModel.Heading, type: "RichBlock" },
            { tag: "code", kind: BlockListModel.Code, type: "CodeBlock" },
            { tag: "a table", kind: BlockListModel.Table, type: "TableBlock" }
        ];
    }
    function test_kindIsShownAsItIs(row) {
        const block = make(blocks, { kind: row.kind, level: row.kind === BlockListModel.Heading ? 2 : 0 });
        block.alignments = [Qt.AlignLeft];
        block.cells = ["a"];
        for (const type of ["RichBlock", "CodeBlock", "TableBlock"])
            compare(Probe.first(block, type) !== null, type === row.type, type);
        tryVerify(() => block.implicitHeight > Theme.space12);
    }
    function test_ruleIsALine(): void {
        const block = make(blocks, { kind: BlockListModel.Rule });
        compare(Probe.all(block, "QQuickRectangle").filter(one => one.height === 1 && one.width === 500).length, 1);
        compare(block.implicitHeight, Theme.space12 + 1);
    }
    function test_gapsTellWhatBelongsTogether(): void {
        const block = make(blocks);
        compare(block.gap, Theme.space12);
        block.tight = true;
        compare(block.gap, Theme.space4);
        block.tight = false;
        block.kind = BlockListModel.Heading;
        compare(block.gap, Theme.space24);
        block.index = 0;
        compare(block.gap, 0);
        block.beginning = false;
        compare(block.gap, Theme.space24);
    }
    function test_indentsQuotesAndMarkers(): void {
        const block = make(blocks, { indent: 2, marker: "•" });
        compare(Probe.first(block, "RichBlock").mapToItem(block, 0, 0).x, 2 * Theme.space24);
        verifyShows(block, "•");
        block.quotes = 1;
        compare(block.inset, 2 * Theme.space24 + Theme.space16);
        compare(Probe.all(block, "QQuickRectangle").filter(one => one.width === 3).length, 1);
        verifyFits(block);
    }
    function test_copiedCodeIsSaid(): void {
        const block = make(blocks, { kind: BlockListModel.Code, text: "int a;", language: "cpp" });
        const copied = spy(block, "codeCopied");
        mouseClick(Probe.all(block, "IconButton").find(one => one.name === "Copy code"));
        compare(said(copied), ["int a;"]);
    }
    function test_linesOfProseEnd(): void {
        const block = make(blocks, { width: 2000 });
        verify(Probe.first(block, "RichBlock").width <= Theme.measure);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(blocks, { html: "word ".repeat(40), quotes: 2, indent: 2 }), 320);
    }
}
