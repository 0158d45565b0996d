pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// One block of an answer: its place (indent, marker, quote) around what its kind shows.
Item {
    id: block

    required property int index
    // Its row is the first one of the answer.
    property bool beginning: true
    property TextSelection selection: null
    property int message: 0
    // Its place among the blocks of the whole answer.
    property int number: index
    required property int kind
    required property string html
    required property string text
    required property string language
    required property string marker
    required property int level
    required property int indent
    required property int quotes
    required property bool tight
    required property list<string> cells
    required property list<int> alignments
    required property int direction

    signal codeCopied(string code)
    signal linkFollowed(string link)

    readonly property int gap: beginning && index === 0 ? 0 : tight ? Theme.space4 : kind === BlockListModel.Heading ? Theme.space24 : Theme.space12
    // Each block is written as its own text is, whichever way the window stands.
    readonly property bool fromRight: direction === Qt.RightToLeft || (direction !== Qt.LeftToRight && Theme.mirrored)
    readonly property int inset: quotes * Theme.space16 + indent * Math.round(Theme.space24 * Math.max(1, Theme.textScale))

    implicitHeight: gap + content.implicitHeight
    LayoutMirroring.enabled: fromRight
    LayoutMirroring.childrenInherit: true

    Repeater {
        model: block.quotes

        Rectangle {
            required property int index

            x: block.fromRight ? block.width - width - index * Theme.space16 : index * Theme.space16
            y: block.gap
            width: 3
            height: block.height - block.gap
            color: Theme.hairline
        }
    }
    Repeater {
        model: block.marker === "" ? 0 : 1

        Text {
            x: block.fromRight ? block.width - block.inset + Theme.space8 : block.inset - width - Theme.space8
            y: block.gap - Theme.halfLeading
            text: Theme.richText((block.fromRight ? "\u200f" : "") + block.marker, Theme.line16)
            textFormat: Text.RichText
            color: Theme.muted
            font.pixelSize: Theme.size16
        }
    }
    // Repeaters of one or none where a Loader would do: that of Qt 6.4 cannot make bound components.
    Column {
        id: content
        x: block.fromRight ? 0 : block.inset
        y: block.gap
        width: block.width - block.inset

        Repeater {
            model: block.kind === BlockListModel.Paragraph || block.kind === BlockListModel.Heading ? 1 : 0

            RichBlock {
                x: block.fromRight ? content.width - width : 0
                width: Math.min(content.width, Theme.measure - block.inset)
                horizontalAlignment: TextEdit.AlignLeft
                html: block.html
                plain: block.text
                selection: block.selection
                message: block.message
                number: block.number
                headingLevel: block.level
                onLinkFollowed: link => block.linkFollowed(link)
            }
        }
        Repeater {
            model: block.kind === BlockListModel.Code ? 1 : 0

            CodeBlock {
                width: content.width
                code: block.text
                language: block.language
                selection: block.selection
                message: block.message
                number: block.number
                onCopied: code => block.codeCopied(code)
            }
        }
        Repeater {
            model: block.kind === BlockListModel.Table ? 1 : 0

            TableBlock {
                width: content.width
                cells: block.cells
                alignments: block.alignments
                fromRight: block.fromRight
                plain: block.text
                selection: block.selection
                message: block.message
                number: block.number
                onLinkFollowed: link => block.linkFollowed(link)
            }
        }
        Rectangle {
            visible: block.kind === BlockListModel.Rule
            width: content.width
            height: 1
            color: Theme.hairline
        }
    }
}
