import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// An address as it stands, to the last sign; the part that says where it leads stands out. A long one scrolls.
Rectangle {
    id: box

    required property string before
    required property string lead
    required property string after
    property string note: ""

    function quiet(text: string): string {
        return "<font color=\"" + Theme.muted + "\">" + escaped(text) + "</font>";
    }
    function escaped(text: string): string {
        return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    }

    implicitHeight: area.height + (remark.visible ? remark.height + Theme.space4 : 0) + 2 * Theme.space12
    radius: Theme.radiusControl
    color: Theme.code

    Flickable {
        id: area
        x: Theme.space12
        y: Theme.space12
        width: parent.width - 2 * x
        height: Math.min(words.implicitHeight, 6 * Theme.line14)
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
            objectName: "addressText"
            width: area.width - Theme.space12
            text: Theme.richText(box.quiet(box.before) + "<b>" + box.escaped(box.lead) + "</b>" + box.quiet(box.after), Theme.line14)
            textFormat: Text.RichText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            color: Theme.text
            font.pixelSize: Theme.size14
            Accessible.ignored: true
        }
    }
    Text {
        id: remark
        x: Theme.space12
        anchors.top: area.bottom
        anchors.topMargin: Theme.space4
        width: parent.width - 2 * x
        visible: text !== ""
        text: box.note
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.warning
        font.pixelSize: Theme.size14
    }
}
