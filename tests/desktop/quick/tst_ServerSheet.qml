import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ServerSheet"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 500
            height: 400
            ServerSheet {
                id: sheet
                servers: test.scene.servers
            }
        }
    }

    function open(): var {
        scene = tell(Scene.Greeting);
        const room = make(rooms);
        room.sheet.open();
        tryVerify(() => room.sheet.opened);
        return room.sheet;
    }
    function field(sheet: var, name: string): var {
        return Probe.called(sheet.contentItem, name);
    }
    function type(text: string): void {
        for (const key of text)
            keyClick(key);
    }

    function test_addsByKeyboard(): void {
        const sheet = open();
        const added = spy(sheet, "added");
        tryVerify(() => field(sheet, "serverAddress").activeFocus);
        type("new.example.org");
        keyClick(Qt.Key_Tab);
        verify(field(sheet, "serverName").activeFocus);
        type("new");
        keyClick(Qt.Key_Return);
        compare(added.count, 1);
        compare(scene.servers.count, 4);
        tryVerify(() => !sheet.visible);
    }
    function test_saysWhatIsWrong(): void {
        const sheet = open();
        const added = spy(sheet, "added");
        compare(field(sheet, "serverNotice"), null);
        field(sheet, "serverAddress").text = "ftp://chat.example.org";
        mouseClick(field(sheet, "addServer"));
        compare(added.count, 0);
        verify(sheet.opened);
        const notice = field(sheet, "serverNotice");
        verify(notice.text !== "");
        compare(Probe.roleOf(notice), Accessible.AlertMessage);
        verifyFits(sheet.contentItem);
    }
    function test_nothingIsNotAdded(): void {
        const sheet = open();
        verify(!field(sheet, "addServer").enabled);
        field(sheet, "serverAddress").text = "  ";
        verify(!field(sheet, "addServer").enabled);
        field(sheet, "serverAddress").text = "x";
        verify(field(sheet, "addServer").enabled);
    }
    function test_opensEmpty(): void {
        const sheet = open();
        field(sheet, "serverAddress").text = "ftp://x";
        mouseClick(field(sheet, "addServer"));
        keyClick(Qt.Key_Escape);
        tryVerify(() => !sheet.visible);
        sheet.open();
        tryVerify(() => sheet.opened);
        compare(field(sheet, "serverAddress").text, "");
        compare(field(sheet, "serverNotice"), null);
    }
    function test_fieldsHaveNames(): void {
        const sheet = open();
        compare(Probe.nameOf(field(sheet, "serverAddress")), "Address");
        compare(Probe.nameOf(field(sheet, "serverName")), "Name");
        compare(Probe.roleOf(sheet.background), Accessible.Dialog);
        compare(Probe.nameOf(sheet.background), "Add a server");
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        const sheet = open();
        verifyFits(sheet.contentItem);
        verify(sheet.height <= test.height);
    }
}
