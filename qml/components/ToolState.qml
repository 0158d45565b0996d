import QtQuick
import Runnel.Core
import Runnel.Ui

// How a tool call stands: a sign and its words.
Row {
    id: state

    required property int stage
    required property string words
    property real widest: Infinity

    readonly property color ink: stage === ToolListModel.Waiting ? Theme.accent : stage === ToolListModel.Failed ? Theme.danger : Theme.muted
    readonly property string iconName: {
        switch (stage) {
        case ToolListModel.Waiting:
            return "clock";
        case ToolListModel.Done:
            return "check";
        case ToolListModel.Failed:
            return "circle-alert";
        default:
            return "square";
        }
    }

    spacing: Theme.space4

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        visible: state.stage !== ToolListModel.Running
        name: state.iconName
        color: state.ink
        size: 14
    }
    Pulse {
        anchors.verticalCenter: parent.verticalCenter
        visible: state.stage === ToolListModel.Running
    }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, state.widest - Math.round(14 * Theme.widthScale) - state.spacing)
        text: state.words
        textFormat: Text.PlainText
        elide: Text.ElideRight
        color: state.ink
        font.pixelSize: Theme.size14
        Accessible.ignored: true
    }
}
