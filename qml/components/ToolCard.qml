pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// A tool call, in a line that opens to input and output. One that waits for approval asks for it.
Rectangle {
    id: card

    required property string call
    required property string tool
    required property string preview
    required property string failure
    required property int stage
    required property string stageText
    required property string duration
    required property string summary
    required property string askText
    required property bool decided
    // The long texts are looked up when the card is open.
    required property var model
    required property bool connected

    signal decisionMade(string call, int decision)

    readonly property bool waiting: stage === ToolListModel.Waiting
    readonly property bool failed: stage === ToolListModel.Failed
    // Nobody is asked about what cannot be read.
    property bool open: waiting && preview.endsWith("…")

    // Whoever stands on a button that has no more to do stays at the card.
    function decide(decision: int): void {
        if (holds(Window.activeFocusItem))
            head.forceActiveFocus(Qt.TabFocusReason);
        decisionMade(call, decision);
    }
    function holds(item: Item): bool {
        while (item && item !== card)
            item = item.parent;
        return item === card;
    }

    implicitHeight: content.implicitHeight
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: 1
    border.color: waiting ? Theme.accent : Theme.hairline

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Tool %1, %2").arg(tool).arg(stageText)

    Rectangle {
        anchors.left: parent.left
        visible: card.waiting
        y: card.radius
        width: 3
        height: parent.height - 2 * y
        color: Theme.accent
    }
    Column {
        id: content
        width: parent.width

        ToolHead {
            id: head
            objectName: "toolHead"
            width: parent.width
            tool: card.tool
            preview: card.preview
            failure: card.failure
            stage: card.stage
            stageText: card.stageText
            duration: card.duration
            summary: card.summary
            open: card.open
            radius: card.radius
            onClicked: card.open = !card.open
        }
        // Repeaters of one or none where a Loader would do: that of Qt 6.4 cannot make bound components.
        Repeater {
            model: card.open ? 1 : 0

            Column {
                width: content.width
                leftPadding: Theme.space12
                bottomPadding: Theme.space12
                spacing: Theme.space8

                Rectangle {
                    x: -Theme.space12
                    width: content.width
                    height: 1
                    color: Theme.hairline
                }
                ToolText {
                    width: content.width - 2 * Theme.space12
                    title: qsTr("Input")
                    content: card.model.input
                    note: card.model.inputNote
                    tool: card.tool
                }
                ToolText {
                    width: content.width - 2 * Theme.space12
                    visible: card.failed || card.stage === ToolListModel.Done
                    title: card.failed ? qsTr("Error") : qsTr("Output")
                    content: card.model.result
                    note: card.model.resultNote
                    tool: card.tool
                }
            }
        }
        Repeater {
            model: card.waiting ? 1 : 0

            ToolAsk {
                width: content.width
                leftPadding: Theme.mirrored ? Theme.space12 : head.inset
                rightPadding: Theme.mirrored ? head.inset : Theme.space12
                bottomPadding: Theme.space12
                words: card.askText
                tool: card.tool
                ready: card.connected && !card.decided
                onDecided: decision => card.decide(decision)
            }
        }
    }
}
