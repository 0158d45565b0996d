import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ServerButton"

    property Scene scene

    Component {
        id: buttons
        ServerButton {
            y: 420
            width: 280
            servers: test.scene.servers
            current: test.scene.servers.currentUrl
        }
    }

    function makeButton(properties = {}): var {
        scene = tell(Scene.Greeting);
        return make(buttons, properties);
    }
    function list(button: var): var {
        return Probe.called(button.Window.contentItem, "serverList");
    }

    function test_saysTheServer(): void {
        const button = makeButton();
        compare(button.text, "At home");
        compare(button.Accessible.role, Accessible.ButtonMenu);
        compare(Probe.nameOf(button), "Server: At home");
        button.current = "https://other.example.org:8443";
        compare(button.text, "other.example.org:8443");
        verifyFits(button);
    }
    function test_anotherServerIsChosen(): void {
        const button = makeButton();
        const chosen = spy(button, "chosen");
        mouseClick(button);
        tryVerify(() => list(button)?.itemAtIndex(1));
        waitForRendering(test);
        mouseClick(list(button).itemAtIndex(1));
        compare(String(said(chosen)[0]), "https://chat.example.org");
        compare(scene.servers.currentName, "Work");
        tryVerify(() => list(button) === null);
    }
    function test_secondClickCloses(): void {
        const button = makeButton();
        mouseClick(button);
        tryVerify(() => list(button) !== null);
        mouseClick(button);
        tryVerify(() => list(button) === null);
    }
    function test_keyboardOpensIt(): void {
        const button = makeButton();
        tabTo(button);
        verify(hasRing(button));
        keyClick(Qt.Key_Space);
        tryVerify(() => list(button)?.activeFocus);
        keyClick(Qt.Key_Escape);
        tryVerify(() => list(button) === null);
    }
    function test_serverIsAdded(): void {
        const button = makeButton();
        mouseClick(button);
        const window = button.Window.contentItem;
        tryVerify(() => list(button) !== null);
        mouseClick(Probe.called(window, "addServerButton"));
        tryVerify(() => Probe.called(window, "serverAddress")?.activeFocus);
        for (const key of "new.example.org")
            keyClick(key);
        keyClick(Qt.Key_Return);
        tryCompare(scene.servers, "count", 4);
        tryVerify(() => list(button) !== null);
    }
    function test_longNameIsCutInTheMiddle(): void {
        const button = makeButton();
        button.current = "https://a-host-with-a-name-that-is-rather-long.example.com:8443";
        const text = Probe.first(button, "QQuickText");
        verify(text.truncated);
        verifyBearsLargeText(button, 280);
    }
}
