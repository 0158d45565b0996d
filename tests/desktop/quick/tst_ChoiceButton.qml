import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ChoiceButton"

    Component {
        id: buttons
        ChoiceButton { text: "Dark" }
    }

    function test_clickAndSpaceAreSaid(): void {
        const button = make(buttons);
        const clicked = spy(button, "clicked");
        mouseClick(button);
        compare(clicked.count, 1);
        tabTo(button);
        verify(hasRing(button));
        keyClick(Qt.Key_Space);
        compare(clicked.count, 2);
    }
    function test_chosenOneHasASign(): void {
        const button = make(buttons);
        compare(Probe.first(button, "Icon"), null);
        button.checked = true;
        verify(Probe.first(button, "Icon"));
        compare(button.background.border.color, Theme.accent);
    }
    function test_screenReaderHearsARadioButton(): void {
        const button = make(buttons);
        compare(Probe.roleOf(button), Accessible.RadioButton);
        compare(Probe.nameOf(button), "Dark");
    }
    function test_growsWithItsText(): void {
        Theme.textScale = 2;
        const button = make(buttons);
        verify(button.implicitHeight > Probe.first(button, "QQuickText").implicitHeight);
        verifyFits(button);
    }
}
