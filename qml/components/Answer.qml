pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// An answer: no bubble, the full column. Above it who and when, below it what can be done with it.
Column {
    id: answer

    required property BlockListModel blocks
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
    required property bool continuable
    required property string details
    required property bool last

    signal copied
    signal codeCopied(string code)
    signal retried
    signal continued

    readonly property bool running: status === MessageListModel.Running
    // A row that goes may outlive its blocks by a moment.
    readonly property int blockCount: blocks ? blocks.count : 0
    readonly property bool attended: hover.hovered || holds(Window.activeFocusItem)
    readonly property bool waiting: running && blockCount === 0

    function holds(item: Item): bool {
        while (item && item !== answer)
            item = item.parent;
        return item === answer;
    }

    spacing: Theme.space8

    HoverHandler { id: hover }

    Row {
        width: parent.width

        Text {
            id: name
            width: Math.min(implicitWidth, parent.width / 2)
            text: answer.agent
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: Theme.text
            font.pixelSize: Theme.size12
            font.weight: Theme.strong
            Accessible.name: qsTr("Answer of %1, %2").arg(answer.agent).arg(answer.time)
            Accessible.description: answer.details
        }
        Text {
            width: parent.width - name.width
            text: "  ·  " + (answer.attended ? answer.exactTime : answer.time)
                + (answer.attended && answer.details !== "" ? "  ·  " + answer.details : "")
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: Theme.muted
            font.pixelSize: Theme.size12
            Accessible.ignored: true
        }
    }
    ThoughtsFold {
        width: parent.width
        visible: answer.thoughts !== ""
        title: answer.thoughtsTitle
        thoughts: answer.thoughts
    }
    WaitingPulse {
        visible: answer.waiting && answer.retryText === "" && answer.thoughts === ""
        words: qsTr("%1 is answering").arg(answer.agent)
    }
    Text {
        width: parent.width
        visible: answer.retryText !== ""
        text: answer.retryText
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.warning
        font.pixelSize: Theme.size14
    }
    Column {
        width: parent.width
        visible: answer.blockCount > 0

        Repeater {
            model: answer.blocks

            AnswerBlock {
                width: answer.width
                onCodeCopied: code => answer.codeCopied(code)
            }
        }
    }
    ErrorCard {
        width: parent.width
        visible: answer.status === MessageListModel.Failed
        message: answer.problemText
        code: answer.problemCode
        onRetried: answer.retried()
    }
    Flow {
        width: parent.width
        visible: answer.outcomeText !== ""
        spacing: Theme.space12

        Text {
            width: Math.min(implicitWidth, parent.width)
            height: Math.max(implicitHeight, Theme.denseTarget)
            text: answer.outcomeText
            wrapMode: Text.Wrap
            verticalAlignment: Text.AlignVCenter
            color: Theme.muted
            font.pixelSize: Theme.size14
        }
        TextButton {
            objectName: "continueButton"
            visible: answer.last && answer.continuable
            iconName: "play"
            text: qsTr("Continue")
            onClicked: answer.continued()
        }
    }
    Row {
        x: -Theme.space8
        visible: !answer.running && answer.blockCount > 0

        IconButton {
            dense: true
            iconName: done.running ? "check" : "copy"
            name: done.running ? qsTr("Copied") : qsTr("Copy answer")
            onClicked: {
                answer.copied();
                done.restart();
            }

            Timer {
                id: done
                interval: 1500
            }
        }
    }
}
