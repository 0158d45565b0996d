pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// An answer, or a part of a long one: no bubble, the full column. Above it who and when, below it what can be done with it.
Column {
    id: answer

    required property BlockSlice blocks
    // Its row among the messages, and what is selected in them.
    property int message: 0
    property TextSelection selection: null
    required property bool beginning
    required property bool ending
    required property ToolListModel tools
    required property SourceListModel sources
    required property string agentsText
    required property string thoughts
    required property string thoughtsTitle
    required property string agent
    required property string time
    required property string exactTime
    required property int status
    required property string problemText
    required property string problemCode
    required property string retryText
    required property string outcomeText
    required property string waitingText
    required property bool continuable
    required property bool asked
    required property string details
    required property int version
    required property int versionCount
    required property bool connected
    // Another answer comes just now.
    required property bool answering
    required property bool last
    // By the pointer or the keyboard, as with this part.
    required property bool otherPartTouched

    signal copied
    signal codeCopied(string code)
    signal linkFollowed(string link)
    signal regenerated
    signal continued
    signal toolDecided(string call, int decision)
    signal versionStepped(int step, bool byKeyboard)

    readonly property bool running: status === MessageListModel.Running
    readonly property bool failed: status === MessageListModel.Failed
    // A row that goes may outlive its models by a moment.
    readonly property int blockCount: blocks ? blocks.count : 0
    readonly property int sourceCount: sources ? sources.count : 0
    readonly property int toolCount: tools ? tools.count : 0
    readonly property bool toolBusy: tools ? tools.busy : false
    readonly property bool touched: hover.hovered || holds(Window.activeFocusItem)
    readonly property bool attended: touched || otherPartTouched
    readonly property bool waiting: running && blockCount === 0
    readonly property bool ready: connected && !asked

    function holds(item: Item): bool {
        while (item && item !== answer)
            item = item.parent;
        return item === answer;
    }
    function focusVersions(): void {
        (actions.itemAt(0) as AnswerActions).focusVersions();
    }

    // Where a block begins that is shown here.
    function placeOf(block: int): real {
        const item = shown.itemAt(block - blocks.first);
        return item ? item.mapToItem(answer, 0, 0).y : 0;
    }

    spacing: Theme.space8

    HoverHandler { id: hover }

    // Made only where they are shown: most rows of a long answer are its blocks alone, and a row has to be made within a frame.
    Repeater {
        model: answer.beginning ? 1 : 0

        AnswerHead {
            width: answer.width
            agent: answer.agent
            time: answer.time
            exactTime: answer.exactTime
            details: answer.details
            attended: answer.attended
        }
    }
    Text {
        width: parent.width
        visible: answer.beginning && text !== ""
        text: answer.agentsText
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.muted
        font.pixelSize: Theme.size14
        Accessible.name: qsTr("Agents: %1").arg(answer.agentsText)
    }
    Repeater {
        model: answer.beginning && answer.thoughts !== "" ? 1 : 0

        ThoughtsFold {
            width: answer.width
            title: answer.thoughtsTitle
            thoughts: answer.thoughts
        }
    }
    Column {
        width: parent.width
        visible: answer.beginning && answer.toolCount > 0
        bottomPadding: Theme.space4
        spacing: Theme.space8

        Repeater {
            model: answer.beginning ? answer.tools : null

            ToolCard {
                width: answer.width
                connected: answer.connected
                onDecisionMade: (call, decision) => answer.toolDecided(call, decision)
            }
        }
    }
    Repeater {
        model: answer.waiting && !answer.toolBusy && answer.retryText === "" && answer.thoughts === "" ? 1 : 0

        WaitingPulse {
            x: Theme.mirrored ? answer.width - width : 0
            words: qsTr("%1 is answering").arg(answer.agent)
        }
    }
    Text {
        width: parent.width
        visible: answer.ending && answer.retryText !== ""
        text: answer.retryText
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.warning
        font.pixelSize: Theme.size14
    }
    Column {
        width: parent.width
        visible: answer.blockCount > 0

        Repeater {
            id: shown
            model: answer.blocks

            AnswerBlock {
                width: answer.width
                beginning: answer.beginning
                selection: answer.selection
                message: answer.message
                number: (answer.blocks ? answer.blocks.first : 0) + index
                onCodeCopied: code => answer.codeCopied(code)
                onLinkFollowed: link => answer.linkFollowed(link)
            }
        }
    }
    Repeater {
        model: answer.ending && answer.sourceCount > 0 ? 1 : 0

        SourcesList {
            width: answer.width
            sources: answer.sources
            onLinkFollowed: link => answer.linkFollowed(link)
        }
    }
    Repeater {
        model: answer.ending && answer.failed ? 1 : 0

        ErrorCard {
            width: answer.width
            message: answer.problemText
            code: answer.problemCode
            ready: answer.ready
            onRetried: answer.regenerated()
        }
    }
    Repeater {
        model: answer.ending && answer.outcomeText !== "" ? 1 : 0

        AnswerEnd {
            width: answer.width
            outcomeText: answer.outcomeText
            continuable: answer.continuable
            ready: answer.ready && !answer.answering
            onContinued: answer.continued()
        }
    }
    Repeater {
        model: answer.ending && answer.waitingText !== "" ? 1 : 0

        WaitingNote {
            x: Theme.mirrored ? answer.width - width : 0
            words: answer.waitingText
            widest: answer.width
        }
    }
    Repeater {
        id: actions
        model: answer.ending && !answer.running ? 1 : 0

        AnswerActions {
            x: Theme.mirrored ? answer.width - width + Theme.space8 : -Theme.space8
            opacity: Theme.touch || answer.last || answer.attended ? 1 : 0
            copyable: answer.blockCount > 0
            regenerable: !answer.failed
            ready: answer.ready
            connected: answer.connected
            version: answer.version
            versionCount: answer.versionCount
            onCopied: answer.copied()
            onRegenerated: answer.regenerated()
            onVersionStepped: (step, byKeyboard) => answer.versionStepped(step, byKeyboard)
        }
    }
}
