import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "MessageMenu"

    Component {
        id: rooms
        Item {
            property alias menu: menu
            width: 400
            height: 400
            MessageMenu { id: menu }
        }
    }

    function open(properties = {}): var {
        const menu = make(rooms).menu;
        for (const key in properties)
            menu[key] = properties[key];
        menu.open();
        tryVerify(() => menu.opened);
        waitForItemPolished(menu.contentItem);
        return menu;
    }
    function lines(menu: var): var {
        return Probe.all(menu.contentItem, "RowMenuItem").map(one => one.text);
    }

    function test_saysWhatItCopies_data() {
        return [
            { tag: "a message", properties: {}, lines: ["Copy message", "Select all"] },
            { tag: "an answer", properties: { isAnswer: true }, lines: ["Copy answer", "Select all"] },
            { tag: "what is selected", properties: { isAnswer: true, isSelected: true }, lines: ["Copy", "Select all"] },
            { tag: "a link", properties: { isAnswer: true, link: "https://example.org/" }, lines: ["Copy answer", "Copy link", "Select all"] }
        ];
    }
    function test_saysWhatItCopies(row) {
        const menu = open(row.properties);
        compare(lines(menu), row.lines);
        verifyFits(menu.contentItem);
        tryCompare(menu.contentItem, "height", row.lines.length * menu.itemAt(0).height);
    }
    function test_lineIsChosen_data() {
        return [
            { tag: "copy", index: 0, signalName: "copyAsked" },
            { tag: "link", index: 1, signalName: "linkCopyAsked" },
            { tag: "all", index: 2, signalName: "selectAllAsked" }
        ];
    }
    function test_lineIsChosen(row) {
        const menu = open({ link: "https://example.org/" });
        const asked = spy(menu, row.signalName);
        tryCompare(menu.contentItem, "height", 3 * menu.itemAt(0).height);
        mouseClick(menu.itemAt(row.index));
        compare(asked.count, 1);
        tryVerify(() => !menu.visible);
    }
    function test_largeTextFits(): void {
        Theme.textScale = 2;
        verifyFits(open({ link: "https://example.org/" }).contentItem);
    }
}
