import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "RichBlock"

    Component {
        id: blocks
        RichBlock {
            width: 400
            html: "A <b>stream</b> and <a href=\"https://example.org/x\">a link</a>."
            plain: "A stream and a link."
        }
    }

    function test_showsTheText(): void {
        const block = make(blocks);
        compare(block.getText(0, block.length), "A stream and a link.");
        block.html = "Another";
        compare(block.getText(0, block.length), "Another");
    }
    function test_isHeard(): void {
        const block = make(blocks);
        compare(Probe.roleOf(block), Accessible.Paragraph);
        compare(Probe.nameOf(block), "A stream and a link.");
        block.headingLevel = 2;
        compare(block.Accessible.role, Accessible.Heading);
    }
    function test_linkIsToldAndNotOpened(): void {
        const block = make(blocks);
        const followed = spy(block, "linkFollowed");
        const place = block.positionToRectangle(14);
        mouseClick(block, place.x + 4, place.y + place.height / 2);
        tryCompare(followed, "count", 1);
        compare(said(followed), ["https://example.org/x"]);
        compare(Probe.opened, []);
    }
    function test_headingsHaveSizes(): void {
        const block = make(blocks, { headingLevel: 1 });
        compare(block.font.pixelSize, Theme.size22);
        block.headingLevel = 2;
        compare(block.font.pixelSize, Theme.size18);
        block.headingLevel = 6;
        compare(block.font.pixelSize, Theme.size16);
        compare(block.font.weight, Theme.strong);
        block.headingLevel = 0;
        compare(block.font.weight, Theme.normal);
    }
    function test_isSelectedAndNotWritten(): void {
        const block = make(blocks);
        mouseDoubleClickSequence(block, 30, block.height / 2);
        compare(block.selectedText, "stream");
        keyClick("x");
        compare(block.getText(0, block.length), "A stream and a link.");
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(Probe.clipboard(), "stream");
    }
    function test_wraps(): void {
        const block = make(blocks, { html: "word ".repeat(60) });
        const height = block.implicitHeight;
        block.width = 200;
        tryVerify(() => block.implicitHeight > height * 1.5);
        verifyFits(block);
        block.html = "x".repeat(200);
        verifyFits(block);
    }
    function test_lineIsAsHighAsTheThemeSays(): void {
        const block = make(blocks, { html: "one" });
        const one = block.implicitHeight;
        block.html = "one<br>two";
        tryCompare(block, "implicitHeight", one + Theme.line16);
    }
    function test_rightToLeft(): void {
        const block = make(blocks, { html: "النيل هو أطول نهر" });
        verify(block.positionToRectangle(0).x > 200);
    }
}
