import QtQuick
import QtQuick.Dialogs
import Runnel.Ui

Case {
    id: test
    name: "ExportDialog"

    Component {
        id: dialogs
        ExportDialog { markdown: true }
    }

    function makeDialog(markdown: bool): FileDialog {
        const dialog = createTemporaryObject(dialogs, test, { markdown: markdown });
        verify(dialog);
        return dialog;
    }

    function test_kindOfFile_data() {
        return [
            { tag: "Markdown", markdown: true, ending: "md", filter: "Markdown (*.md)" },
            { tag: "JSON", markdown: false, ending: "json", filter: "JSON (*.json)" }
        ];
    }
    function test_kindOfFile(row) {
        const dialog = makeDialog(row.markdown);
        compare(dialog.defaultSuffix, row.ending);
        compare(Array.from(dialog.nameFilters), [row.filter]);
        compare(dialog.fileMode, FileDialog.SaveFile);
        verify(dialog.title !== "");
    }
    function test_asksWithTheName(): void {
        const dialog = makeDialog(true);
        dialog.ask("Rivers & lakes #1.md", "file:///tmp");
        tryVerify(() => dialog.visible);
        verify(String(dialog.selectedFile).endsWith("/tmp/Rivers %26 lakes %231.md"), dialog.selectedFile);
        const rejected = spy(dialog, "rejected");
        dialog.reject();
        compare(rejected.count, 1);
        tryVerify(() => !dialog.visible);
    }
}
