import QtQuick
import Runnel.Ui

// One source: its title, which is a link where it may be, and where that leads.
Item {
    id: source

    required property int index
    required property string title
    required property string host
    required property string url

    signal linkFollowed(string link)

    function open(): void {
        if (url !== "")
            linkFollowed(url);
    }

    implicitHeight: words.implicitHeight + Theme.space4

    FontMetrics {
        id: titleFont
        font.pixelSize: Theme.size14
    }
    FontMetrics {
        id: hostFont
        font.pixelSize: Theme.size12
    }
    Text {
        id: number
        anchors.left: parent.left
        width: Math.max(Math.round(24 * Math.max(1, Theme.textScale)), implicitWidth + Theme.space4)
        topPadding: Theme.space4
        text: Theme.directionMark + (source.index + 1) + "."
        horizontalAlignment: Text.AlignLeft
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.muted
        font.pixelSize: Theme.size14
        Accessible.ignored: true
    }
    Flow {
        id: words
        anchors.left: number.right
        anchors.right: parent.right

        // No button: those of Qt 6.4 say to a screen reader that they are nothing else.
        Text {
            id: link
            objectName: "sourceLink"
            width: Math.min(implicitWidth, words.width)
            enabled: source.url !== ""
            activeFocusOnTab: enabled
            topPadding: Theme.space4
            leftPadding: Theme.mirrored ? Theme.space8 : 0
            rightPadding: Theme.mirrored ? 0 : Theme.space8
            text: source.title
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            lineHeight: Theme.line14
            lineHeightMode: Text.FixedHeight
            color: enabled ? Theme.accent : Theme.text
            font.pixelSize: Theme.size14
            font.underline: enabled
            Accessible.role: enabled ? Accessible.Link : Accessible.StaticText
            Accessible.name: source.title
            Accessible.description: source.host
            Accessible.focusable: enabled
            Accessible.onPressAction: source.open()
            Keys.onReturnPressed: source.open()
            Keys.onEnterPressed: source.open()
            Keys.onSpacePressed: source.open()

            TapHandler { onTapped: source.open() }
            HoverHandler { cursorShape: Qt.PointingHandCursor }
            FocusRing {
                shown: link.activeFocus
                anchors.rightMargin: Theme.space4 // Not on the host.
            }
        }
        Text {
            width: Math.min(implicitWidth, words.width)
            topPadding: Theme.space4 + Math.round(titleFont.ascent - hostFont.ascent) // on the title's line
            visible: source.host !== ""
            text: source.host
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            elide: Text.ElideLeft
            lineHeight: Theme.line14
            lineHeightMode: Text.FixedHeight
            color: Theme.muted
            font.pixelSize: Theme.size12
            Accessible.ignored: true
        }
    }
}
