import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// Where an address leads, by itself and whole, and below it the address as it stands, to the last sign: whatever is written
// around a host does not hide it. A long address scrolls.
Rectangle {
    id: box

    required property string before
    required property string lead
    required property string after
    property string note: ""

    function escaped(text: string): string {
        return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    }

    implicitHeight: lines.height + 2 * Theme.space12
    radius: Theme.radiusControl
    color: Theme.code

    Column {
        id: lines
        x: Theme.space12
        y: Theme.space12
        width: parent.width - 2 * x
        spacing: Theme.space4

        Text {
            objectName: "addressLead"
            width: parent.width
            text: box.lead
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            // Of a host that is 11 lines where there is least room; the receivers of a mail may be more.
            maximumLineCount: 20
            elide: Text.ElideRight
            color: Theme.text
            font.pixelSize: Theme.size16
            font.weight: Theme.strong
        }
        Text {
            width: parent.width
            visible: text !== ""
            text: box.note
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            color: Theme.warning
            font.pixelSize: Theme.size14
        }
        Flickable {
            id: area
            width: parent.width
            height: Math.min(words.implicitHeight, 5 * Theme.line14)
            contentHeight: words.implicitHeight
            clip: true
            interactive: contentHeight > height
            activeFocusOnTab: interactive
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar {
                policy: area.interactive ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }
            Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.scrollStep)
            Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.scrollStep))
            Accessible.role: Accessible.StaticText
            Accessible.name: box.before + box.lead + box.after
            Accessible.focusable: interactive

            Text {
                id: words
                // Beside the scroll bar.
                x: Theme.mirrored ? Theme.space12 : 0
                width: area.width - Theme.space12
                text: Theme.richText(box.escaped(box.before) + "<b>" + box.escaped(box.lead) + "</b>" + box.escaped(box.after), Theme.line14)
                textFormat: Text.RichText
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                color: Theme.muted
                font.pixelSize: Theme.size14
                Accessible.ignored: true
            }
        }
    }
}
