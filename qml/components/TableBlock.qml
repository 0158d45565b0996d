pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Runnel.Ui

// A table with hairlines; one that is too wide scrolls in its own frame.
Flickable {
    id: table

    required property list<string> cells
    required property list<int> alignments
    required property string plain
    // Its first column is the rightmost one.
    property bool fromRight: false
    // As a whole.
    property bool selected: false

    // Where it stands among what is selected together; without a selection it is selected alone.
    property TextSelection selection: null
    property int message: 0
    property int number: 0

    signal linkFollowed(string link)

    // Cells come one after the other: those that stand are not made again.
    function show(): void {
        for (let i = 0; i < cells.length; ++i) {
            if (i === shown.count)
                shown.append({ html: cells[i] });
            else if (seen[i] !== cells[i])
                shown.setProperty(i, "html", cells[i]);
        }
        if (shown.count > cells.length)
            shown.remove(cells.length, shown.count - cells.length);
        seen = cells;
    }

    property list<string> seen
    readonly property int columns: Math.max(1, alignments.length)

    onCellsChanged: show()
    Component.onCompleted: show()

    implicitHeight: grid.implicitHeight + (interactive ? Theme.space8 : 0) // Below it the bar that scrolls it.
    contentWidth: Math.max(grid.implicitWidth, width)
    contentHeight: grid.implicitHeight
    contentX: fromRight ? contentWidth - width : 0
    clip: true
    flickableDirection: Flickable.HorizontalFlick
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentWidth > width

    ScrollBar.horizontal: ScrollBar {
        policy: table.contentWidth > table.width ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    Accessible.role: Accessible.Table
    Accessible.name: plain

    ListModel { id: shown }

    SelectableText {
        selection: table.selection
        target: table
        message: table.message
        block: table.number
    }

    Rectangle {
        anchors.fill: grid
        visible: table.selected
        color: Theme.accent
        opacity: 0.25
    }
    GridLayout {
        id: grid
        width: table.contentWidth
        columns: table.columns
        columnSpacing: 0
        rowSpacing: 0

        Repeater {
            model: shown

            Item {
                id: cell

                required property int index
                required property string html

                readonly property bool head: index < table.columns

                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitWidth: Math.min(words.implicitWidth, 280) + 2 * Theme.space12
                implicitHeight: words.implicitHeight + 2 * Theme.space8

                Text {
                    id: words
                    anchors.fill: parent
                    anchors.leftMargin: Theme.space12
                    anchors.rightMargin: Theme.space12
                    anchors.topMargin: Theme.space8
                    anchors.bottomMargin: Theme.space8
                    text: Theme.richText(cell.html, Theme.line14)
                    textFormat: Text.RichText
                    wrapMode: Text.Wrap
                    horizontalAlignment: table.alignments[cell.index % table.columns] ?? Text.AlignLeft
                    color: Theme.text
                    font.pixelSize: Theme.size14
                    font.weight: cell.head ? Theme.strong : Theme.normal
                    onLinkActivated: link => table.linkFollowed(link)
                }
                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 1
                    color: cell.head ? Theme.outline : Theme.hairline
                }
            }
        }
    }
}
