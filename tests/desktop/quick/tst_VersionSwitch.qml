import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "VersionSwitch"

    Component {
        id: switches
        VersionSwitch {
            version: 2
            count: 3
            connected: true
        }
    }

    function test_saysTheStepAndHow(): void {
        const versions = make(switches);
        const stepped = spy(versions, "stepped");
        mouseClick(Probe.called(versions, "previousVersion"));
        mouseClick(Probe.called(versions, "nextVersion"));
        tabTo(Probe.called(versions, "nextVersion"));
        keyClick(Qt.Key_Space);
        compare(stepped.count, 3);
        compare(Array.from(stepped.signalArguments[0]), [-1, false]);
        compare(Array.from(stepped.signalArguments[1]), [1, false]);
        compare(Array.from(stepped.signalArguments[2]), [1, true]);
    }
    function test_endsAreEnds_data() {
        return [
            { tag: "the first", version: 1, previous: false, next: true },
            { tag: "in the middle", version: 2, previous: true, next: true },
            { tag: "the last", version: 3, previous: true, next: false }
        ];
    }
    function test_endsAreEnds(row) {
        const versions = make(switches, { version: row.version });
        compare(Probe.called(versions, "previousVersion").enabled, row.previous);
        compare(Probe.called(versions, "nextVersion").enabled, row.next);
        verifyShows(versions, row.version + " / 3");
    }
    function test_focusGoesWhereThereIsAWay(): void {
        const versions = make(switches);
        versions.takeFocus();
        verify(Probe.called(versions, "nextVersion").activeFocus);
        versions.version = 3;
        versions.takeFocus();
        verify(Probe.called(versions, "previousVersion").activeFocus);
    }
    function test_withoutAConnectionThereIsNoWay(): void {
        const versions = make(switches, { connected: false });
        verify(!Probe.called(versions, "previousVersion").enabled);
        verify(!Probe.called(versions, "nextVersion").enabled);
    }
    function test_oneIsNoVersion(): void {
        const versions = make(switches, { version: 1, count: 1 });
        verify(!versions.visible);
        versions.count = 2;
        verify(versions.visible);
    }
    function test_isHeard(): void {
        const versions = make(switches);
        compare(Probe.roleOf(versions), Accessible.Grouping);
        compare(Probe.nameOf(versions), "Version 2 of 3");
        compare(Probe.nameOf(Probe.called(versions, "previousVersion")), "Previous version");
        verifyFits(versions);
    }
}
