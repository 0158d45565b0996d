import QtQuick
import QtQuick.Dialogs

// Which exported conversations come in. Loaded when it is asked for: the dialogs' library takes its time.
FileDialog {
    title: qsTr("Import conversations")
    fileMode: FileDialog.OpenFiles
    nameFilters: [qsTr("Exported conversations (*.json)")]
}
