import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "CheckLine"

    Component {
        id: lines
        CheckLine {
            width: 300
            text: "Always open links to example.org"
        }
    }

    function test_isToggled(): void {
        const line = make(lines);
        const toggled = spy(line, "toggled");
        mouseClick(line);
        verify(line.checked);
        tabTo(line);
        verify(hasRing(line));
        keyClick(Qt.Key_Space);
        verify(!line.checked);
        compare(toggled.count, 2);
    }
    function test_isHeard(): void {
        const line = make(lines, { checked: true });
        compare(Probe.roleOf(line), Accessible.CheckBox);
        compare(Probe.nameOf(line), "Always open links to example.org");
        verify(Probe.isChecked(line));
    }
    function test_disabledIsNotToggled(): void {
        const line = make(lines, { enabled: false });
        mouseClick(line);
        verify(!line.checked);
    }
    function test_longTextWraps(): void {
        const line = make(lines, { text: "A text that is long ".repeat(10) });
        verify(line.implicitHeight > Theme.target);
        verifyFits(line);
        verifyBearsLargeText(line, 300);
    }
}
