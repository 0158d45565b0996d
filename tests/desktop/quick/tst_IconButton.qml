import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "IconButton"

    Component {
        id: buttons
        IconButton {
            iconName: "copy"
            name: "Copy answer"
        }
    }

    function test_sizesAreTargets(): void {
        const button = make(buttons);
        compare(button.implicitWidth, Theme.target);
        compare(button.implicitHeight, Theme.target);
        button.dense = true;
        compare(button.implicitWidth, Theme.denseTarget);
        compare(button.implicitHeight, Theme.denseTarget);
    }
    function test_clickAndKeysAreSaid(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button);
        compare(clicked.count, 1);
        verify(!button.activeFocus);
        tabTo(button);
        verify(hasRing(button));
        keyClick(Qt.Key_Space);
        compare(clicked.count, 2);
    }
    function test_nameIsSaid(): void {
        const button = make(buttons);
        compare(Probe.roleOf(button), Accessible.Button);
        compare(Probe.nameOf(button), "Copy answer");
        button.name = "Copied";
        compare(Probe.nameOf(button), "Copied");
    }
    function test_iconFollows(): void {
        const button = make(buttons);
        const icon = Probe.first(button, "Icon");
        compare(icon.name, "copy");
        button.iconName = "check";
        compare(icon.name, "check");
        button.ink = Theme.accent;
        compare(icon.color, Theme.accent);
    }
    function test_disabledIsPale(): void {
        const button = make(buttons, { enabled: false });
        const clicked = spy(button, "clicked");
        mouseClick(button);
        compare(clicked.count, 0);
        verify(button.opacity < 1);
    }
    function test_onlyTheLeftButtonClicks(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button, 8, 20, Qt.RightButton);
        compare(clicked.count, 0);
    }
    function test_hoverIsSeen(): void {
        const button = make(buttons);
        compare(button.background.color.a, 0);
        mouseMove(button);
        tryCompare(button.background, "color", Theme.hover);
    }
}
