import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SettingsHead"

    Component {
        id: heads
        SettingsHead {
            width: 300
            text: "Links"
        }
    }

    function test_isHeardAsAHeading(): void {
        const head = make(heads);
        compare(Probe.roleOf(head), Accessible.Heading);
        compare(Probe.nameOf(head), "Links");
    }
    function test_wraps(): void {
        const head = make(heads, { text: "While you look at something else" });
        verifyBearsLargeText(head, 200);
    }
}
