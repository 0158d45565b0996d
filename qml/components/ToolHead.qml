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
    readonly property real inset: lines.x + name.x

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

            readonly property real room: state.x - Theme.space8 - name.x
            // The whole name, and below it how far it is, where there is no room for both.
            readonly property bool stacked: head.tall && name.implicitWidth > arrow.x - state.width - 2 * Theme.space8 - name.x

            width: parent.width
            implicitHeight: stacked ? state.y + state.height : name.height

            Icon {
                id: sign
                y: (Theme.line14 - height) / 2
                name: "wrench"
                color: head.waiting ? Theme.accent : Theme.muted
                size: 16
            }
            Text {
                id: name
                x: sign.width + Theme.space8
                width: line.stacked ? arrow.x - Theme.space8 - x : Math.min(implicitWidth, head.tall ? line.room : line.room / 2)
                height: Math.max(Theme.line14, implicitHeight)
                text: head.tool
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
                x: name.x + name.width + Theme.space8
                width: Math.max(0, line.room + name.x - x)
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
                x: line.stacked ? name.x : arrow.x - Theme.space8 - width
                y: line.stacked ? name.height : 0
                height: Theme.line14
                widest: line.width - name.x
                stage: head.stage
                words: head.duration === "" ? head.stageText : head.stageText + "  ·  " + head.duration
            }
            Icon {
                id: arrow
                anchors.right: parent.right
                y: sign.y
                name: "chevron-down"
                color: Theme.muted
                size: 16
                rotation: head.open ? 0 : -90
            }
        }
        Text {
            x: name.x
            width: parent.width - x
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
            x: name.x
            width: parent.width - x
            visible: text !== "" && !head.open
            text: head.failure
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
