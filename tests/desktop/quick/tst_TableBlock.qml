import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "TableBlock"

    Component {
        id: tables
        TableBlock {
            width: 500
            height: implicitHeight
            alignments: [Qt.AlignLeft, Qt.AlignRight]
            cells: ["River", "Length", "Nile", "6,650 km"]
            plain: "River Length, Nile 6,650 km"
        }
    }

    function cells(table: Item): var {
        return Probe.all(table, "QQuickText");
    }

    function test_showsItsCells(): void {
        const table = make(tables);
        compare(Probe.texts(table), ["River", "Length", "Nile", "6,650 km"]);
        compare(Probe.roleOf(table), Accessible.Table);
        compare(Probe.nameOf(table), "River Length, Nile 6,650 km");
    }
    function test_headIsStrong(): void {
        const table = make(tables);
        compare(cells(table)[0].font.weight, Theme.strong);
        compare(cells(table)[2].font.weight, Theme.normal);
    }
    function test_columnsAreAligned(): void {
        const table = make(tables);
        compare(cells(table)[2].horizontalAlignment, Text.AlignLeft);
        compare(cells(table)[3].horizontalAlignment, Text.AlignRight);
        waitForItemPolished(table);
        compare(cells(table)[1].mapToItem(table, 0, 0).x, cells(table)[3].mapToItem(table, 0, 0).x);
    }
    function test_rowsThatComeAreAppended(): void {
        const table = make(tables);
        const first = cells(table)[0];
        const height = table.implicitHeight;
        table.cells = ["River", "Length", "Nile", "6,650 km", "Amazon", "6,400 km"];
        compare(cells(table).length, 6);
        compare(cells(table)[0], first);
        waitForItemPolished(table);
        tryVerify(() => table.implicitHeight > height);
        table.cells = ["River", "Width"];
        compare(Probe.texts(table), ["River", "Width"]);
    }
    function test_wideOneScrolls(): void {
        const table = make(tables);
        waitForItemPolished(table);
        verify(!table.interactive);
        compare(table.contentWidth, 500);
        table.width = 100;
        tryVerify(() => table.interactive);
        verify(table.contentWidth > 100);
        compare(table.height, table.contentHeight + Theme.space8);
    }
    function test_linkIsToldAndNotOpened(): void {
        const table = make(tables);
        table.cells = ["<a href=\"https://example.org/t\">wide link</a>", "b"];
        waitForItemPolished(table);
        const followed = spy(table, "linkFollowed");
        mouseClick(cells(table)[0], 12, 10);
        tryCompare(followed, "count", 1);
        compare(said(followed), ["https://example.org/t"]);
        compare(Probe.opened, []);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(tables), 300);
    }
}
