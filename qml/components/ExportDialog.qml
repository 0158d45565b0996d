import QtQuick
import QtQuick.Dialogs

// Where a conversation goes as a file. Loaded when it is asked for: the dialogs' library takes its time.
FileDialog {
    id: dialog

    required property bool markdown

    title: qsTr("Export the conversation")
    fileMode: FileDialog.SaveFile
    defaultSuffix: markdown ? "md" : "json"
    nameFilters: markdown ? [qsTr("Markdown (*.md)")] : [qsTr("JSON (*.json)")]

    function ask(name: string, folder: url): void {
        currentFolder = folder;
        selectedFile = folder + "/" + encodeURIComponent(name);
        open();
    }
}
