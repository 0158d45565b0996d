import QtQuick
import Runnel.Core
import Runnel.Ui

// The side bar of a workspace: what is done in it is done there. Conversations come in by a dialog, or dropped as files.
SideBar {
    id: bar

    required property Workspace workspace
    required property ServerListModel servers

    conversations: workspace.conversations
    onRenamed: (id, title) => workspace.rename(id, title)
    onPinAsked: (id, pinned) => workspace.setPinned(id, pinned)
    onRemovalAsked: id => workspace.remove(id)
    onExportAsked: (id, markdown) => saving.ask(id, markdown)
    foot: ServerButton {
        objectName: "serverButton"
        width: parent.width
        servers: bar.servers
        current: bar.workspace.server
        keeps: bar.workspace.keeps
        onForgetAsked: bar.workspace.forgetKept()
        onChosen: server => bar.workspace.useServer(server)
    }
    onImportAsked: {
        reading.setSource("ImportDialog.qml");
        (reading.item as ImportDialog).open();
    }

    Loader {
        id: saving

        property string conversationId: ""

        function ask(id: string, markdown: bool): void {
            conversationId = id;
            setSource("ExportDialog.qml", { markdown: markdown });
            (item as ExportDialog).ask(bar.workspace.exportName(id, markdown), bar.workspace.exportFolder());
        }
    }
    Connections {
        target: saving.item as ExportDialog
        function onAccepted(): void {
            const dialog = saving.item as ExportDialog;
            bar.workspace.exportTo(saving.conversationId, dialog.markdown, dialog.selectedFile);
        }
    }
    Loader { id: reading }
    Connections {
        target: reading.item as ImportDialog
        function onAccepted(): void {
            bar.workspace.importFiles((reading.item as ImportDialog).selectedFiles);
        }
    }
    DropArea {
        id: drop
        anchors.fill: parent
        onEntered: drag => drag.accepted = drag.hasUrls
        onDropped: dropped => bar.workspace.importFiles(dropped.urls)

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.space4
            visible: drop.containsDrag
            color: "transparent"
            radius: Theme.radiusCard
            border.width: 2
            border.color: Theme.accent
        }
    }
}
