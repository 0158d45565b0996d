import QtQuick
import Runnel.Core
import Runnel.Ui

// One question and its answer: nothing but the field at first, then the answer above it.
FocusScope {
    id: page

    required property ChatSession session

    signal moveAsked
    signal closeAsked

    readonly property bool asked: session.messages.count > 0
    readonly property int columnWidth: width - 2 * Theme.space16
    // With nothing asked, this is all of it.
    readonly property int fieldHeight: head.height + composer.implicitHeight + Theme.space16

    function takeFocus(): void {
        composer.takeFocus();
    }

    focus: true
    Component.onCompleted: composer.write(session.draft)
    // While an answer comes, too: it goes on without this window.
    Keys.onEscapePressed: page.closeAsked()

    Item {
        id: head
        width: parent.width
        height: Theme.target + Theme.space8

        Mark {
            id: mark
            anchors.left: parent.left
            anchors.leftMargin: Theme.space16
            anchors.verticalCenter: parent.verticalCenter
            width: 22
            height: 22
            ink: Theme.accent
        }
        Text {
            anchors.left: mark.right
            anchors.leftMargin: Theme.space8
            anchors.right: move.left
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            text: page.session.notice !== "" ? page.session.notice
                : page.session.connected ? qsTr("Escape closes this window") : page.session.connectionText
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: page.session.notice !== "" ? Theme.danger : page.session.connected ? Theme.muted : Theme.warning
            font.pixelSize: Theme.size12
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        TextButton {
            id: move
            objectName: "quickMove"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            framed: false
            ink: Theme.accent
            text: qsTr("Open in Runnel")
            onClicked: page.moveAsked()
        }
    }
    Conversation {
        objectName: "quickConversation"
        anchors.top: head.bottom
        anchors.bottom: composer.top
        anchors.bottomMargin: Theme.space8
        width: parent.width
        visible: page.asked
        clip: true
        session: page.session
        columnWidth: page.columnWidth
        onDone: if (activeFocus)
            page.takeFocus()
        onTyped: text => composer.type(text)
    }
    Composer {
        id: composer
        objectName: "quickComposer"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space16
        x: Theme.space16
        width: page.columnWidth
        height: implicitHeight
        agents: page.session.agents
        agent: page.session.agent
        answering: page.session.answering && page.session.connected
        escapeStops: false
        tallest: 240
        onWritten: text => page.session.draft = text
        onSubmitted: text => {
            if (page.session.send(text))
                clear();
        }
        onStopped: page.session.stop()
        onAgentChosen: name => page.session.agent = name
    }
}
