import QtQuick
import Runnel.Ui

// One muted line above an answer: who and when; model and tokens for whoever attends to it.
Row {
    id: head

    required property string agent
    required property string time
    required property string exactTime
    required property string details
    required property bool attended

    Text {
        id: name
        width: Math.min(implicitWidth, parent.width / 2)
        text: head.agent
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        elide: Text.ElideRight
        color: Theme.text
        font.pixelSize: Theme.size12
        font.weight: Theme.strong
        Accessible.name: qsTr("Answer of %1, %2").arg(head.agent).arg(head.time)
        Accessible.description: head.details
    }
    Text {
        width: parent.width - name.width
        text: Theme.directionMark + "  ·  " + Theme.apart(head.attended ? head.exactTime : head.time)
            + (head.attended && head.details !== "" ? "  ·  " + Theme.apart(head.details) : "")
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        elide: Text.ElideRight
        color: Theme.muted
        font.pixelSize: Theme.size12
        Accessible.ignored: true
    }
}
