import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "JumpButton"

    Component {
        id: buttons
        JumpButton { unread: false }
    }

    function test_markIsThereForWhatIsNew(): void {
        const button = make(buttons);
        const dots = () => Probe.all(button, "QQuickRectangle").filter(one => one.width === 10).length;
        compare(dots(), 0);
        button.unread = true;
        compare(dots(), 1);
    }
    function test_nameSaysWhatIsNew(): void {
        const button = make(buttons);
        compare(Probe.roleOf(button), Accessible.Button);
        const name = Probe.nameOf(button);
        verify(name !== "");
        button.unread = true;
        verify(Probe.nameOf(button) !== name);
        verify(Probe.nameOf(button).startsWith(name));
    }
    function test_clickAndSpaceAreSaid(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button);
        tabTo(button);
        verify(hasRing(button));
        keyClick(Qt.Key_Space);
        compare(clicked.count, 2);
    }
    function test_onlyTheLeftButtonClicks(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button, 8, 20, Qt.RightButton);
        compare(clicked.count, 0);
    }
    function test_isATarget(): void {
        const button = make(buttons);
        compare(button.implicitWidth, Theme.target);
        compare(button.implicitHeight, Theme.target);
        compare(button.background.radius, Theme.target / 2);
    }
}
