import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Toast"

    Component {
        id: toasts
        Item {
            property alias toast: toast
            width: 600
            height: 200
            Toast {
                id: toast
                message: "“Rivers” was deleted."
            }
        }
    }

    function test_isThereWhileThereIsSomethingToSay(): void {
        const toast = make(toasts).toast;
        verify(toast.visible);
        verifyShows(toast, "“Rivers” was deleted.");
        toast.message = "";
        verify(!toast.visible);
    }
    function test_actionIsThereWhereItIsNamed(): void {
        const toast = make(toasts).toast;
        const acted = spy(toast, "acted");
        compare(Probe.called(toast, "toastAction"), null);
        toast.actionText = "Undo";
        const action = Probe.called(toast, "toastAction");
        mouseClick(action);
        tabTo(action);
        keyClick(Qt.Key_Space);
        compare(acted.count, 2);
    }
    function test_isDismissed(): void {
        const toast = make(toasts).toast;
        const dismissed = spy(toast, "dismissed");
        const hide = Probe.first(toast, "IconButton");
        compare(Probe.nameOf(hide), "Hide this notice");
        mouseClick(hide);
        compare(dismissed.count, 1);
    }
    function test_staysInItsWindow(): void {
        const room = make(toasts);
        room.toast.message = "3 conversations were imported, one was not. ".repeat(4);
        room.toast.actionText = "Undo";
        for (const width of [600, 360, 320]) {
            room.width = width;
            waitForItemPolished(room);
            tryVerify(() => room.toast.implicitWidth <= width);
            verifyFits(room.toast);
        }
        Theme.textScale = 2;
        waitForItemPolished(room);
        tryVerify(() => room.toast.implicitWidth <= 320);
    }
    function test_growsWithItsText(): void {
        const toast = make(toasts).toast;
        const height = toast.implicitHeight;
        toast.message = "A long text. ".repeat(30);
        tryVerify(() => toast.implicitHeight > height);
    }
}
