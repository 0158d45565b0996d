import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "WorkspaceSideBar"

    property Scene scene

    Component {
        id: bars
        WorkspaceSideBar {
            width: 280
            height: 470
            workspace: test.scene.workspace
            servers: test.scene.servers
        }
    }

    function makeBar(): var {
        scene = tell(Scene.Plain);
        const bar = make(bars);
        tryVerify(() => list(bar).count >= 6);
        return bar;
    }
    function list(bar: var): var {
        return Probe.called(bar, "conversationList");
    }

    function test_serverStandsAtItsFoot(): void {
        const bar = makeBar();
        const button = Probe.called(bar, "serverButton");
        compare(button.text, "At home");
        verify(button.mapToItem(bar, 0, button.height).y <= bar.height);
        verify(button.mapToItem(bar, 0, 0).y > bar.height - 60);
        verifyFits(bar);
    }
    function test_deletedIsGoneAndComesBack(): void {
        const bar = makeBar();
        const count = list(bar).count;
        list(bar).itemAtIndex(0).forceActiveFocus();
        keyClick(Qt.Key_Delete);
        tryCompare(list(bar), "count", count - 1);
        tryVerify(() => scene.workspace.undoable);
        scene.workspace.undo();
        tryCompare(list(bar), "count", count);
    }
    function test_isRenamedAtTheServer(): void {
        const bar = makeBar();
        list(bar).itemAtIndex(0).forceActiveFocus();
        keyClick(Qt.Key_F2);
        keyClick("x");
        keyClick(Qt.Key_Return);
        tryVerify(() => Probe.texts(list(bar)).includes("x"));
    }
    function test_isPinned(): void {
        const bar = makeBar();
        const row = list(bar).itemAtIndex(0);
        verify(row.pinned);
        row.menuAsked();
        const items = () => Probe.all(bar.Window.contentItem, "RowMenuItem");
        tryCompare(items(), "length", 5);
        compare(items()[1].text, "Unpin");
        mouseClick(items()[1]);
        tryVerify(() => !list(bar).itemAtIndex(0).pinned);
    }
    function test_openingIsTheWindows(): void {
        const bar = makeBar();
        const opened = spy(bar, "opened");
        const newChat = spy(bar, "newChatAsked");
        mouseClick(list(bar).itemAtIndex(1));
        mouseClick(Probe.called(bar, "newChatButton"));
        compare(opened.count, 1);
        compare(newChat.count, 1);
    }
    function test_anotherServerIsUsed(): void {
        const bar = makeBar();
        Probe.called(bar, "serverButton").chosen("http://127.0.0.1:9");
        compare(String(scene.workspace.server), "http://127.0.0.1:9");
        tryCompare(scene.workspace.session, "connected", false);
    }
}
