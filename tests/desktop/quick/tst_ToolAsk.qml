import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ToolAsk"

    Component {
        id: asks
        ToolAsk {
            width: 600
            words: "default wants to use this tool."
            tool: "delete_file"
            ready: true
        }
    }

    function test_decides_data() {
        return [
            { tag: "allow", button: "allowButton", decision: ChatSession.Allow, name: "Allow the tool delete_file" },
            { tag: "always", button: "allowAlwaysButton", decision: ChatSession.AllowAlways, name: "Always allow the tool delete_file" },
            { tag: "deny", button: "denyButton", decision: ChatSession.Deny, name: "Deny the tool delete_file" }
        ];
    }
    function test_decides(row) {
        const ask = make(asks);
        const decided = spy(ask, "decided");
        const button = Probe.called(ask, row.button);
        waitForItemPolished(ask);
        mouseClick(button);
        compare(said(decided), [row.decision]);
        compare(Probe.nameOf(button), row.name);
    }
    function test_keyboardDecides(): void {
        const ask = make(asks);
        const decided = spy(ask, "decided");
        for (const name of ["allowButton", "allowAlwaysButton", "denyButton"]) {
            keyClick(Qt.Key_Tab);
            verify(Probe.called(ask, name).activeFocus, name);
        }
        keyClick(Qt.Key_Space);
        compare(said(decided), [ChatSession.Deny]);
    }
    function test_decidedOnceIsDecided(): void {
        const ask = make(asks, { ready: false });
        const decided = spy(ask, "decided");
        waitForItemPolished(ask);
        for (const name of ["allowButton", "allowAlwaysButton", "denyButton"]) {
            verify(!Probe.called(ask, name).enabled, name);
            mouseClick(Probe.called(ask, name));
        }
        compare(decided.count, 0);
    }
    function test_allowIsTheOneThatIsFilled(): void {
        const ask = make(asks);
        compare(Probe.all(ask, "TextButton").filter(one => one.filled).length, 1);
        verify(Probe.called(ask, "allowButton").filled);
    }
    function test_buttonsStandBelowWhereThereIsLittleRoom(): void {
        const ask = make(asks);
        waitForItemPolished(ask);
        compare(Probe.called(ask, "allowButton").y, 0);
        ask.width = 300;
        tryVerify(() => Probe.called(ask, "allowButton").y > 0);
        verifyFits(ask);
        verifyBearsLargeText(ask, 300);
    }
}
