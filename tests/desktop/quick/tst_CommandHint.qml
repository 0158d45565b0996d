import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "CommandHint"

    Component {
        id: hints
        CommandHint {
            width: 500
            before: "This starts one:"
            command: "./run"
        }
    }

    function test_isCopied(): void {
        const hint = make(hints);
        const copied = spy(hint, "copied");
        mouseClick(Probe.first(hint, "IconButton"));
        compare(said(copied), ["./run"]);
    }
    function test_buttonSaysWhatItCopies(): void {
        compare(Probe.nameOf(Probe.first(make(hints), "IconButton")), "Copy “./run”");
    }
    function test_wrapsWithLittleRoom(): void {
        const hint = make(hints);
        const height = hint.implicitHeight;
        hint.width = 160;
        tryVerify(() => hint.implicitHeight > height);
        verifyFits(hint);
        verifyBearsLargeText(hint, 260);
    }
}
