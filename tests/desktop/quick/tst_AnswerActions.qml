import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AnswerActions"

    Component {
        id: rows
        AnswerActions {
            copyable: true
            regenerable: true
            ready: true
            connected: true
            version: 2
            versionCount: 3
        }
    }

    function button(actions: var, name: string): var {
        return Probe.all(actions, "IconButton").find(one => one.name === name) ?? null;
    }

    function test_copyIsSaidAndShownForAMoment(): void {
        const actions = make(rows);
        const copied = spy(actions, "copied");
        mouseClick(button(actions, "Copy answer"));
        compare(copied.count, 1);
        verify(button(actions, "Copied"));
        compare(button(actions, "Copied").iconName, "check");
        tryVerify(() => button(actions, "Copy answer") !== null, 3000);
    }
    function test_regenerate(): void {
        const actions = make(rows);
        const regenerated = spy(actions, "regenerated");
        const again = Probe.called(actions, "regenerateButton");
        mouseClick(again);
        compare(regenerated.count, 1);
        actions.ready = false;
        mouseClick(again);
        compare(regenerated.count, 1);
        actions.regenerable = false;
        compare(Probe.called(actions, "regenerateButton"), null);
    }
    function test_versionsAreStepped(): void {
        const actions = make(rows);
        const stepped = spy(actions, "versionStepped");
        mouseClick(Probe.called(actions, "previousVersion"));
        compare(said(stepped), [-1, false]);
        actions.focusVersions();
        verify(Probe.called(actions, "nextVersion").activeFocus);
        keyClick(Qt.Key_Space);
        compare(Array.from(stepped.signalArguments[1]), [1, true]);
    }
    function test_tabGoesThroughAllOfThem(): void {
        const actions = make(rows);
        const names = [];
        for (let i = 0; i < 4; ++i) {
            keyClick(Qt.Key_Tab);
            names.push(actions.Window.activeFocusItem.text);
        }
        compare(names, ["Copy answer", "Regenerate answer", "Previous version", "Next version"]);
    }
    function test_oneVersionHasNoSwitch(): void {
        const actions = make(rows, { version: 1, versionCount: 1 });
        compare(Probe.first(actions, "VersionSwitch"), null);
    }
    function test_nothingToCopy(): void {
        const actions = make(rows, { copyable: false });
        compare(button(actions, "Copy answer"), null);
        verifyFits(actions);
    }
}
