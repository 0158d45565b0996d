import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AgentButton"

    property Scene scene

    Component {
        id: buttons
        AgentButton {
            y: 400
            agents: test.scene.agents
            current: "default"
        }
    }

    function makeButton(properties = {}): var {
        scene = tell(Scene.Greeting);
        return make(buttons, properties);
    }
    function menuOf(button: var): var {
        return Probe.first(button.Window.contentItem, "QQuickListView");
    }

    function test_opensAndCloses(): void {
        const button = makeButton();
        mouseClick(button);
        tryVerify(() => menuOf(button) !== null);
        mouseClick(button);
        tryVerify(() => menuOf(button) === null);
    }
    function test_chooses(): void {
        const button = makeButton();
        const chosen = spy(button, "chosen");
        tabTo(button);
        verify(hasRing(button));
        keyClick(Qt.Key_Down);
        tryVerify(() => menuOf(button)?.activeFocus);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Return);
        compare(said(chosen), ["poet"]);
        tryVerify(() => menuOf(button) === null);
    }
    function test_escapeLeavesTheChoice(): void {
        const button = makeButton();
        const chosen = spy(button, "chosen");
        tabTo(button);
        keyClick(Qt.Key_Space);
        tryVerify(() => menuOf(button)?.activeFocus);
        keyClick(Qt.Key_Escape);
        tryVerify(() => menuOf(button) === null);
        compare(chosen.count, 0);
    }
    function test_isHeard(): void {
        const button = makeButton();
        compare(button.Accessible.role, Accessible.ButtonMenu);
        compare(Probe.nameOf(button), "Agent: default");
        button.current = "poet";
        compare(Probe.nameOf(button), "Agent: poet");
        verifyShows(button, "poet");
    }
    function test_nobodyToAskNoButton(): void {
        const button = makeButton({ current: "" });
        verify(!button.visible);
    }
    function test_longNameIsCut(): void {
        const button = makeButton({ current: "an-agent-for-the-rivers-".repeat(6) });
        verify(button.implicitWidth < 240);
        verifyFits(button);
        Theme.textScale = 2;
        verify(button.implicitWidth < 240);
    }
}
