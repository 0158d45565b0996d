pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// One row of the conversation, in the middle column: a person's message, an answer, or a part of a long one.
Item {
    id: row

    required property int message
    required property bool beginning
    required property bool ending
    required property bool isAnswer
    required property BlockSlice slice
    required property ToolListModel tools
    required property SourceListModel sources
    required property string agentsText
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
    required property bool editing
    required property int version
    required property int versionCount
    required property string details
    // The texts are looked up where they are shown: a required role would be copied with every chunk.
    required property var model
    required property ChatSession session
    required property int columnWidth
    required property int tallestEditor
    // The row in which the pointer or the keyboard is, or null.
    required property MessageDelegate touchedRow
    property TextSelection selection: null
    // A search led here, a moment ago.
    property bool found: false

    // Something was asked for by a button that has no more to do.
    signal done
    signal versionStepped(bool byKeyboard)
    signal touched(bool isTouched)

    readonly property bool last: message === session.messages.count - 1

    function focusVersions(): void {
        if (isAnswer)
            (answers.itemAt(0) as Answer).focusVersions();
        else
            (messages.itemAt(0) as UserMessage).focusVersions();
    }
    // Where a block begins that this row shows.
    function placeOf(block: int): real {
        return isAnswer ? (answers.itemAt(0) as Answer).placeOf(block) : 0;
    }
    function step(step: int, byKeyboard: bool): void {
        versionStepped(byKeyboard);
        session.selectVersion(message, step);
    }

    // The row of actions that ends an answer is mostly not seen.
    implicitHeight: content.implicitHeight + (!ending ? 0 : isAnswer && status !== MessageListModel.Running ? Theme.space12 : Theme.space24)

    // Around the whole message, which may be in several rows.
    Item {
        id: frame
        visible: row.found
        anchors.horizontalCenter: parent.horizontalCenter
        width: content.width + 2 * Theme.space12
        y: row.beginning ? -Theme.space8 : 0
        height: row.height - y - (row.ending ? Theme.space4 : 0)
        clip: true

        Rectangle {
            objectName: "foundFrame"
            width: parent.width
            y: row.beginning ? 0 : -Theme.radiusCard
            height: parent.height - y + (row.ending ? 0 : Theme.radiusCard)
            radius: Theme.radiusCard
            color: "transparent"
            border.width: 2
            border.color: Theme.accent
        }
    }
    // Repeaters of one or none where a Loader would do: that of Qt 6.4 cannot make bound components.
    Column {
        id: content
        anchors.horizontalCenter: parent.horizontalCenter
        width: row.columnWidth

        Repeater {
            id: messages
            model: row.isAnswer ? 0 : 1

            UserMessage {
                width: content.width
                content: row.model.text
                selection: row.selection
                number: row.message
                time: row.time
                exactTime: row.exactTime
                status: row.status
                problemText: row.problemText
                problemCode: row.problemCode
                waitingText: row.waitingText
                version: row.version
                versionCount: row.versionCount
                editing: row.editing
                draft: row.model.draft
                connected: row?.session.connected ?? false // a row that goes is looked at once more
                last: row.last
                tallest: row.tallestEditor
                onCopied: row.session.copyMessage(row.message)
                onRetried: row.session.retry(row.message)
                onDiscarded: {
                    row.done(); // Before the row goes.
                    row.session.discard(row.message);
                }
                onEditBegun: row.session.beginEdit(row.message)
                onEdited: text => row.session.keepDraft(row.message, text)
                onEditSaved: text => {
                    if (row.session.saveEdit(row.message, text))
                        row.done();
                }
                onEditCancelled: row.session.cancelEdit(row.message)
                onVersionStepped: (step, byKeyboard) => row.step(step, byKeyboard)
            }
        }
        Repeater {
            id: answers
            model: row.isAnswer ? 1 : 0

            Answer {
                width: content.width
                blocks: row.slice
                selection: row.selection
                message: row.message
                beginning: row.beginning
                ending: row.ending
                tools: row.tools
                sources: row.sources
                agentsText: row.agentsText
                thoughts: row.model.thoughts
                thoughtsTitle: row.thoughtsTitle
                agent: row.agent
                time: row.time
                exactTime: row.exactTime
                status: row.status
                problemText: row.problemText
                problemCode: row.problemCode
                retryText: row.retryText
                outcomeText: row.outcomeText
                waitingText: row.waitingText
                continuable: row.continuable
                asked: row.asked
                details: row.details
                version: row.version
                versionCount: row.versionCount
                connected: row?.session.connected ?? false // a row that goes is looked at once more
                answering: row?.session.answering ?? false
                last: row.last
                otherPartTouched: row.touchedRow !== null && row.touchedRow.message === row.message
                onTouchedChanged: row.touched(touched)
                onCopied: row.session.copyMessage(row.message)
                onCodeCopied: code => row.session.copyText(code)
                onLinkFollowed: link => row.session.followLink(link)
                onRegenerated: {
                    row.session.regenerate(row.message);
                    row.done();
                }
                onContinued: {
                    row.session.continueAnswer(row.message);
                    row.done();
                }
                onToolDecided: (call, decision) => row.session.decide(call, decision)
                onVersionStepped: (step, byKeyboard) => row.step(step, byKeyboard)
            }
        }
    }
}
