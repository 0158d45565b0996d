import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// A tool call in a line: what, with what and how far. Somebody who is to decide about it can read all of that.
AbstractButton {
    id: head

    required property string tool
    required property string preview
    required property string failure
    required property int stage
    required property string stageText
    required property string duration
    required property string summary
    required property bool open
    required property int radius

    readonly property bool waiting: stage === ToolListModel.Waiting
    // The arguments have lines of their own.
    readonly property bool tall: waiting || width < 480
    // What the name and the arguments begin at.
    readonly property real inset: lines.x + line.nameAt

    implicitHeight: Math.max(Theme.target, lines.implicitHeight + 2 * Theme.space8)
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: tool
    Accessible.name: open ? qsTr("Hide details of %1").arg(tool) : qsTr("Show details of %1").arg(tool)
    Accessible.description: summary

    Column {
        id: lines
        x: Theme.space12
        width: parent.width - 2 * x
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4

        Item {
            id: line

            // Places are counted from where the line begins, at the left or at the right.
            readonly property real nameAt: sign.width + Theme.space8
            readonly property real arrowAt: width - arrow.width
            readonly property real stateAt: stacked ? nameAt : arrowAt - Theme.space8 - state.width
            readonly property real room: stateAt - Theme.space8 - nameAt
            // The whole name, and below it how far it is, where there is no room for both.
            readonly property bool stacked: head.tall && name.implicitWidth > arrowAt - state.width - 2 * Theme.space8 - nameAt

            function placed(at: real, width: real): real {
                return Theme.mirrored ? line.width - at - width : at;
            }

            width: parent.width
            implicitHeight: stacked ? state.y + state.height : name.height

            Icon {
                id: sign
                anchors.left: parent.left
                y: (Theme.line14 - height) / 2
                name: "wrench"
                color: head.waiting ? Theme.accent : Theme.muted
                size: 16
            }
            Text {
                id: name
                x: line.placed(line.nameAt, width)
                width: line.stacked ? line.arrowAt - Theme.space8 - line.nameAt : Math.min(implicitWidth, head.tall ? line.room : line.room / 2)
                height: Math.max(Theme.line14, implicitHeight)
                text: head.tool
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.PlainText
                wrapMode: head.waiting ? Text.WrapAnywhere : Text.NoWrap
                elide: head.waiting ? Text.ElideNone : Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                color: Theme.text
                font.pixelSize: Theme.size14
                font.weight: Theme.strong
                Accessible.ignored: true
            }
            Text {
                x: line.placed(line.nameAt + name.width + Theme.space8, width)
                width: Math.max(0, line.room - name.width - Theme.space8)
                height: Theme.line14
                visible: !head.tall
                text: head.preview
                textFormat: Text.PlainText
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                color: Theme.muted
                font.family: Theme.mono
                font.pixelSize: Theme.size12
                Accessible.ignored: true
            }
            ToolState {
                id: state
                x: line.placed(line.stateAt, width)
                y: line.stacked ? name.height : 0
                height: Theme.line14
                widest: line.width - line.nameAt
                stage: head.stage
                words: head.duration === "" ? head.stageText : Theme.directionMark + Theme.apart(head.stageText) + "  ·  " + Theme.apart(head.duration)
            }
            Icon {
                id: arrow
                anchors.right: parent.right
                y: sign.y
                name: "chevron-down"
                color: Theme.muted
                size: 16
                rotation: head.open ? 0 : Theme.mirrored ? 90 : -90
            }
        }
        Text {
            anchors.left: parent.left
            anchors.leftMargin: line.nameAt
            width: parent.width - line.nameAt
            visible: head.tall && text !== ""
            text: head.preview
            textFormat: Text.PlainText
            wrapMode: head.waiting ? Text.Wrap : Text.NoWrap
            elide: head.waiting ? Text.ElideNone : Text.ElideRight
            lineHeight: Theme.line12
            lineHeightMode: Text.FixedHeight
            color: head.waiting ? Theme.text : Theme.muted
            font.family: Theme.mono
            font.pixelSize: Theme.size12
            Accessible.ignored: true
        }
        Text {
            anchors.left: parent.left
            anchors.leftMargin: line.nameAt
            width: parent.width - line.nameAt
            visible: text !== "" && !head.open
            text: head.failure
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            lineHeight: Theme.line14
            lineHeightMode: Text.FixedHeight
            color: Theme.text
            font.pixelSize: Theme.size14
        }
    }
    background: Rectangle {
        radius: head.radius
        color: head.hovered ? Theme.hover : "transparent"

        FocusRing {
            shown: head.visualFocus
            around: head.radius
        }
        HoverHandler { cursorShape: Qt.PointingHandCursor }
    }
}
