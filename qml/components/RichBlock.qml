import QtQuick
import Runnel.Ui

// A paragraph or a heading: selectable, with links. The text comes from our own
// writer, so it holds no image and no foreign tag.
TextEdit {
    id: block

    required property string html
    required property string plain
    property int headingLevel: 0

    // Where it stands among what is selected together; without a selection it is selected alone.
    property TextSelection selection: null
    property int message: 0
    property int number: 0

    signal linkFollowed(string link)

    readonly property list<int> headingSizes: [Theme.size22, Theme.size18, Theme.size16]
    readonly property int size: headingLevel > 0 ? headingSizes[Math.min(headingLevel, 3) - 1] : Theme.size16

    text: Theme.richText(html, headingLevel > 0 ? Math.round(1.35 * size) : Theme.line16)
    textFormat: TextEdit.RichText
    topPadding: headingLevel > 0 ? 0 : -Theme.halfLeading
    bottomPadding: -topPadding
    wrapMode: TextEdit.Wrap
    readOnly: true
    selectByMouse: true
    persistentSelection: false
    activeFocusOnPress: true
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    font.pixelSize: size
    font.weight: headingLevel > 0 ? Theme.strong : Theme.normal

    Accessible.role: headingLevel > 0 ? Accessible.Heading : Accessible.Paragraph
    Accessible.name: plain

    onLinkActivated: link => linkFollowed(link)

    SelectableText {
        selection: block.selection
        target: block
        message: block.message
        block: block.number
    }
    HoverHandler {
        cursorShape: block.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
}
