import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "TextButton"

    Component {
        id: buttons
        TextButton { text: "Try again" }
    }

    function test_clickIsSaid(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button);
        compare(clicked.count, 1);
    }
    function test_spaceIsAClick(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        tabTo(button);
        verify(hasRing(button));
        keyClick(Qt.Key_Space);
        compare(clicked.count, 1);
    }
    function test_clickLeavesTheKeyboardWhereItIs(): void {
        const button = make(buttons);
        mouseClick(button);
        verify(!button.activeFocus);
    }
    function test_disabledIsPaleAndSaysNothing(): void {
        const button = make(buttons, { enabled: false });
        const clicked = spy(button, "clicked");
        mouseClick(button);
        keyClick(Qt.Key_Tab);
        verify(!button.activeFocus);
        compare(clicked.count, 0);
        verify(button.opacity < 1);
    }
    function test_screenReaderHearsAButton(): void {
        const button = make(buttons);
        compare(Probe.roleOf(button), Accessible.Button);
        compare(Probe.nameOf(button), "Try again");
        button.text = "Try now";
        compare(Probe.nameOf(button), "Try now");
    }
    function test_onlyTheLeftButtonClicks(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button, 8, 8, Qt.RightButton);
        mouseClick(button, 8, 8, Qt.MiddleButton);
        compare(clicked.count, 0);
        mouseClick(button, 8, 8, Qt.LeftButton);
        compare(clicked.count, 1);
    }
    function test_iconIsThereWhereItIsNamed(): void {
        const button = make(buttons);
        compare(Probe.first(button, "Icon"), null);
        const width = button.implicitWidth;
        button.iconName = "play";
        verify(Probe.first(button, "Icon"));
        tryVerify(() => button.implicitWidth > width);
    }
    function test_filledOneIsReadWhenDisabled(): void {
        const button = make(buttons, { filled: true });
        compare(button.background.color, Theme.accent);
        button.enabled = false;
        compare(button.opacity, 1);
        compare(button.background.color, Theme.sunken);
        compare(Probe.first(button, "QQuickText").color, Theme.muted);
    }
    function test_groundTellsTheKinds(): void {
        const button = make(buttons);
        compare(button.background.border.width, 1);
        button.framed = false;
        compare(button.background.border.width, 0);
        button.filled = true;
        compare(button.background.color, Theme.accent);
    }
    function test_hoverIsSeen(): void {
        const button = make(buttons);
        compare(button.background.color.a, 0);
        mouseMove(button);
        tryCompare(button.background, "color", Theme.hover);
    }
    function test_growsWithItsText(): void {
        const button = make(buttons);
        const width = button.implicitWidth;
        Theme.textScale = 2;
        tryVerify(() => button.implicitWidth > width * 1.5);
        verify(button.implicitHeight > Probe.first(button, "QQuickText").implicitHeight);
        verifyFits(button);
    }
}
