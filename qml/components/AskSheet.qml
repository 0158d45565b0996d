import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// A question, with what there is to know about it, and the answers below it: these are always there, and what does not fit
// above them scrolls.
Sheet {
    id: sheet

    default property alias lines: column.data
    // From the end of the line to its beginning: what the question proposes comes first.
    property alias answers: row.data

    implicitHeight: heading.height + column.implicitHeight + row.height + 2 * Theme.space12 + 2 * padding

    Text {
        id: heading
        width: parent.width
        text: sheet.title
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        color: Theme.text
        font.pixelSize: Theme.size18
        font.weight: Theme.strong
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Flickable {
        id: area
        anchors.top: heading.bottom
        anchors.topMargin: Theme.space12
        anchors.bottom: row.top
        anchors.bottomMargin: Theme.space12
        // Room for the rings around what has the keyboard.
        x: -Theme.space4
        width: parent.width + 2 * Theme.space4
        contentHeight: column.implicitHeight
        clip: true
        interactive: contentHeight > height
        activeFocusOnTab: interactive
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.scrollStep)
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.scrollStep))

        Column {
            id: column
            x: Theme.space4
            width: area.width - 2 * Theme.space4
            spacing: Theme.space12
        }
    }
    Flow {
        id: row
        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Theme.space8
        layoutDirection: Qt.RightToLeft
    }
}
