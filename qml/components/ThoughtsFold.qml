import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// "Thought for 6 s", which opens to the muted text of the thoughts.
Column {
    id: fold

    required property string title
    required property string thoughts
    property bool open: false

    spacing: Theme.space4

    AbstractButton {
        id: head

        implicitHeight: Theme.denseTarget
        implicitWidth: line.implicitWidth + 2 * Theme.space8
        anchors.left: parent.left
        anchors.leftMargin: -Theme.space8
        focusPolicy: Qt.TabFocus
        hoverEnabled: true
        text: fold.title
        Accessible.name: fold.open ? qsTr("Hide thoughts") : qsTr("Show thoughts")
        Accessible.description: fold.title
        onClicked: fold.open = !fold.open

        Row {
            id: line
            anchors.centerIn: parent
            spacing: Theme.space4

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "chevron-down"
                color: Theme.muted
                size: 16
                rotation: fold.open ? 0 : Theme.mirrored ? 90 : -90
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: fold.title
                color: Theme.muted
                font.pixelSize: Theme.size14
                Accessible.ignored: true
            }
        }
        background: Rectangle {
            radius: Theme.radiusControl
            color: head.hovered ? Theme.hover : "transparent"

            FocusRing { shown: head.visualFocus }
            HoverHandler { cursorShape: Qt.PointingHandCursor }
        }
    }
    Item {
        visible: fold.open
        width: fold.width
        implicitHeight: words.implicitHeight

        Rectangle {
            anchors.left: parent.left
            width: 2
            height: parent.height
            color: Theme.hairline
        }
        TextEdit {
            id: words
            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            width: parent.width - Theme.space12
            // Nothing is laid out for a fold that is closed.
            text: fold.open ? fold.thoughts : ""
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            onActiveFocusChanged: if (!activeFocus && Window.active)
                deselect()
            readOnly: true
            selectByMouse: true
            color: Theme.muted
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.pixelSize: Theme.size14
            Accessible.role: Accessible.Paragraph
            Accessible.name: fold.thoughts
        }
    }
}
