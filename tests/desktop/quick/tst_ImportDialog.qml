import QtQuick
import QtQuick.Dialogs
import Runnel.Ui

Case {
    id: test
    name: "ImportDialog"

    Component {
        id: dialogs
        ImportDialog {}
    }

    function test_takesSeveralExportedFiles(): void {
        const dialog = createTemporaryObject(dialogs, test);
        compare(dialog.fileMode, FileDialog.OpenFiles);
        compare(Array.from(dialog.nameFilters), ["Exported conversations (*.json)"]);
        verify(dialog.title !== "");
    }
    function test_isLeft(): void {
        const dialog = createTemporaryObject(dialogs, test);
        dialog.open();
        tryVerify(() => dialog.visible);
        const rejected = spy(dialog, "rejected");
        dialog.reject();
        compare(rejected.count, 1);
        tryVerify(() => !dialog.visible);
    }
}
