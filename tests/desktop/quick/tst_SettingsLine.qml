import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SettingsLine"

    Component {
        id: lines
        SettingsLine {
            width: 500
            label: "Text size"
            TextButton {
                objectName: "smaller"
                text: "Smaller"
            }
            TextButton {
                objectName: "larger"
                text: "Larger"
            }
        }
    }

    function test_buttonsStandBesideTheLabel(): void {
        const line = make(lines);
        const larger = Probe.called(line, "larger");
        fuzzyCompare(larger.mapToItem(line, larger.width, 0).x, 500, 2);
        verify(larger.mapToItem(line, 0, 0).y < Theme.denseTarget);
    }
    function test_theyStandBelowWithLittleRoom(): void {
        const line = make(lines);
        line.width = 200;
        waitForItemPolished(line);
        tryVerify(() => Probe.called(line, "larger").mapToItem(line, 0, 0).y >= Theme.denseTarget);
        verifyFits(line);
    }
}
