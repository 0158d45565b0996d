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

    signal codeCopied(string code)
    signal linkFollowed(string link)

    readonly property int gap: beginning && index === 0 ? 0 : tight ? Theme.space4 : kind === BlockListModel.Heading ? Theme.space24 : Theme.space12
    readonly property int inset: quotes * Theme.space16 + indent * Math.round(Theme.space24 * Math.max(1, Theme.textScale))

    implicitHeight: gap + content.implicitHeight

    Repeater {
        model: block.quotes

        Rectangle {
            required property int index

            x: index * Theme.space16
            y: block.gap
            width: 3
            height: block.height - block.gap
            color: Theme.hairline
        }
    }
    Repeater {
        model: block.marker === "" ? 0 : 1

        Text {
            x: block.inset - width - Theme.space8
            y: block.gap - Theme.halfLeading
            text: Theme.richText(block.marker, Theme.line16)
            textFormat: Text.RichText
            color: Theme.muted
            font.pixelSize: Theme.size16
        }
    }
    // Repeaters of one or none where a Loader would do: that of Qt 6.4 cannot make bound components.
    Column {
        id: content
        x: block.inset
        y: block.gap
        width: block.width - block.inset

        Repeater {
            model: block.kind === BlockListModel.Paragraph || block.kind === BlockListModel.Heading ? 1 : 0

            RichBlock {
                width: Math.min(content.width, Theme.measure - block.inset)
                html: block.html
                plain: block.text
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
                onCopied: code => block.codeCopied(code)
            }
        }
        Repeater {
            model: block.kind === BlockListModel.Table ? 1 : 0

            TableBlock {
                width: content.width
                cells: block.cells
                alignments: block.alignments
                plain: block.text
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
