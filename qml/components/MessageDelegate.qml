pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// One row of the conversation, in the middle column: a person's message or an answer.
Item {
    id: row

    required property int index
    required property bool isAnswer
    required property BlockListModel blocks
    required property string thoughtsTitle
    required property string agent
    required property string time
    required property string exactTime
    required property int status
    required property string problemText
    required property string problemCode
    required property string retryText
    required property string outcomeText
    required property bool continuable
    required property string details
    // The texts are looked up where they are shown: a required role would be copied with every chunk.
    required property var model
    required property ChatSession session
    required property int columnWidth

    implicitHeight: content.implicitHeight + Theme.space24

    // Repeaters of one or none where a Loader would do: that of Qt 6.4 cannot make bound components.
    Column {
        id: content
        anchors.horizontalCenter: parent.horizontalCenter
        width: row.columnWidth

        Repeater {
            model: row.isAnswer ? 0 : 1

            UserMessage {
                width: content.width
                content: row.model.text
                time: row.time
                exactTime: row.exactTime
                status: row.status
                problemText: row.problemText
                problemCode: row.problemCode
                connected: row.session.connection === ChatSession.Connected
                onRetried: row.session.retry(row.index)
                onDiscarded: row.session.discard(row.index)
            }
        }
        Repeater {
            model: row.isAnswer ? 1 : 0

            Answer {
                width: content.width
                blocks: row.blocks
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
                continuable: row.continuable
                details: row.details
                last: row.index === row.session.messages.count - 1
                onCopied: row.session.copyMessage(row.index)
                onCodeCopied: code => row.session.copyText(code)
                onRetried: row.session.retry(row.index)
                onContinued: row.session.continueAnswer()
            }
        }
    }
}
