import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ToolState"

    Component {
        id: states
        ToolState {
            stage: ToolListModel.Done
            words: "Done"
        }
    }

    function test_stageHasASignAndAnInk_data() {
        return [
            { tag: "waiting", stage: ToolListModel.Waiting, icon: "clock", ink: "accent" },
            { tag: "done", stage: ToolListModel.Done, icon: "check", ink: "muted" },
            { tag: "failed", stage: ToolListModel.Failed, icon: "circle-alert", ink: "danger" },
            { tag: "unfinished", stage: ToolListModel.Unfinished, icon: "square", ink: "muted" }
        ];
    }
    function test_stageHasASignAndAnInk(row) {
        const state = make(states, { stage: row.stage });
        compare(Probe.first(state, "Icon").name, row.icon);
        compare(Probe.first(state, "Icon").color, Theme[row.ink]);
        compare(Probe.first(state, "QQuickText").color, Theme[row.ink]);
        compare(Probe.first(state, "Pulse"), null);
    }
    function test_runningPulses(): void {
        const state = make(states);
        state.stage = ToolListModel.Running;
        verify(Probe.first(state, "Pulse"));
        compare(Probe.first(state, "Icon"), null);
    }
    function test_wordsFollow(): void {
        const state = make(states);
        const width = state.implicitWidth;
        state.words = "Done  ·  231 ms";
        verifyShows(state, "231 ms");
        tryVerify(() => state.implicitWidth > width);
        verifyFits(state);
    }
}
