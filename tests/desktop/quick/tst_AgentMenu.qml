import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AgentMenu"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias menu: menu
            width: 500
            height: 400
            AgentMenu {
                id: menu
                agents: test.scene.agents
                current: "default"
            }
        }
    }

    function open(): var {
        scene = tell(Scene.Greeting);
        const room = make(rooms);
        room.menu.open();
        tryVerify(() => room.menu.opened && list(room).itemAtIndex(1) !== null);
        return room;
    }
    function list(room: var): var {
        return Probe.first(room.menu.contentItem, "QQuickListView");
    }

    function test_listsTheAgents(): void {
        const room = open();
        const names = Probe.texts(room.menu.contentItem);
        for (const text of ["default", "A helpful assistant", "poet", "Answers in verse"])
            verify(names.includes(text), text);
        compare(Probe.roleOf(list(room)), Accessible.List);
        compare(Probe.nameOf(list(room)), "Agents");
    }
    function test_oneIsChecked(): void {
        const room = open();
        const entry = index => list(room).itemAtIndex(index);
        compare(entry(0).Accessible.role, Accessible.RadioButton);
        compare(Probe.descriptionOf(entry(0)), "A helpful assistant");
        verify(entry(0).Accessible.checked);
        verify(!entry(1).Accessible.checked);
        verify(Probe.first(entry(0), "Icon"));
        room.menu.current = "poet";
        verify(entry(1).Accessible.checked);
        compare(Probe.first(entry(0), "Icon"), null);
    }
    function test_mouseChooses(): void {
        const room = open();
        const chosen = spy(room.menu, "chosen");
        mouseClick(list(room).itemAtIndex(1));
        compare(said(chosen), ["poet"]);
    }
    function test_keysChoose_data() {
        return [
            { tag: "Return", key: Qt.Key_Return },
            { tag: "Enter", key: Qt.Key_Enter }
        ];
    }
    function test_keysChoose(row) {
        const room = open();
        const chosen = spy(room.menu, "chosen");
        verify(list(room).activeFocus);
        keyClick(Qt.Key_Down);
        compare(list(room).currentIndex, 0);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Up);
        keyClick(row.key);
        compare(said(chosen), ["default"]);
    }
    function test_escapeCloses(): void {
        const room = open();
        keyClick(Qt.Key_Escape);
        tryVerify(() => !room.menu.visible);
    }
    function test_bearsLargeText(): void {
        const room = open();
        Theme.textScale = 2;
        waitForItemPolished(room.menu.contentItem);
        verifyFits(room.menu.contentItem);
        verify(room.menu.height <= test.height);
    }
}
