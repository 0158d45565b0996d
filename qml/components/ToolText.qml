import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// What went into a tool or came of it: as it stands, in a frame of its own that scrolls when it is long.
Column {
    id: part

    required property string title
    required property string content
    required property string note
    required property string tool

    spacing: Theme.space4

    Text {
        anchors.left: parent.left
        text: part.title
        color: Theme.muted
        font.pixelSize: Theme.size12
        Accessible.ignored: true
    }
    Rectangle {
        width: part.width
        visible: part.content !== ""
        implicitHeight: area.height
        radius: Theme.radiusControl
        color: Theme.code

        Flickable {
            id: area

            function scrollBy(distance: real): void {
                contentY = Math.max(0, Math.min(contentHeight - height, contentY + distance));
            }

            width: parent.width
            height: Math.min(contentHeight, 10 * Theme.line14 + Theme.space16)
            contentHeight: words.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: interactive

            Accessible.role: Accessible.Section
            Accessible.name: qsTr("%1 of %2").arg(part.title).arg(part.tool)
            Accessible.focusable: interactive

            Keys.onUpPressed: scrollBy(-Theme.scrollStep)
            Keys.onDownPressed: scrollBy(Theme.scrollStep)
            Keys.onPressed: event => {
                event.accepted = event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown;
                if (event.accepted)
                    scrollBy(event.key === Qt.Key_PageUp ? -0.9 * height : 0.9 * height);
            }

            ScrollBar.vertical: ScrollBar {
                policy: area.interactive ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }

            TextEdit {
                id: words
                width: area.width
                leftPadding: Theme.space12
                rightPadding: Theme.space12
                topPadding: Theme.space8
                bottomPadding: Theme.space8
                text: part.content
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap
                onActiveFocusChanged: if (!activeFocus && Window.active)
                    deselect()
                readOnly: true
                selectByMouse: true
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentInk
                font.family: Theme.mono
                font.pixelSize: Theme.size14
                Accessible.role: Accessible.StaticText
                Accessible.name: part.content

                HoverHandler { cursorShape: Qt.IBeamCursor }
            }
        }
        FocusRing { shown: area.activeFocus }
    }
    Text {
        width: part.width
        visible: part.note !== ""
        text: part.note
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.muted
        font.pixelSize: Theme.size12
    }
}
