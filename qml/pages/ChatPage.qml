pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// Banners, the conversation or the greeting, and the composer.
Item {
    id: page

    required property ChatSession session
    // Outside the conversation; see Composer.
    property bool undoable: false

    // Somebody has read already that this server answers with the demo model.
    property bool quietDemo: false

    signal undoAsked
    signal demoDismissed

    readonly property alias dockHeight: dock.height
    readonly property int columnWidth: Math.min(Theme.column, width - 2 * (width < 560 ? Theme.space16 : Theme.space32))

    function takeFocus(): void {
        composer.takeFocus();
    }
    function send(text: string): void {
        if (session.send(text))
            composer.clear();
    }

    // What is being written stays with its conversation.
    onSessionChanged: composer.write(session.draft)

    Connections {
        target: page.session
        function onDraftChanged(): void {
            if (page.session.draft !== composer.text)
                composer.write(page.session.draft);
        }
        function onMessageSent(): void {
            conversation.toEnd();
            if (conversation.activeFocus)
                page.takeFocus();
        }
    }

    Column {
        id: banners
        width: parent.width

        Banner {
            width: parent.width
            objectName: "offlineBanner"
            iconName: "wifi-off"
            ink: Theme.warning
            message: page.session.problemText
            actionText: qsTr("Try now")
            onActed: page.session.reconnectNow()
        }
        Banner {
            width: parent.width
            iconName: "circle-alert"
            ink: Theme.danger
            message: page.session.notice
            onDismissed: page.session.dismissNotice()
        }
        Banner {
            objectName: "forgottenBanner"
            width: parent.width
            iconName: "info"
            message: page.session.forgotten
                ? qsTr("The server no longer has this conversation: it was restarted or needed the room.") : ""
            onDismissed: page.session.dismissForgotten()
        }
        Banner {
            objectName: "missingBanner"
            width: parent.width
            iconName: "info"
            message: page.session.missing
                ? qsTr("This conversation is not on the server: it was deleted, or the link belongs to another server. What you write here begins a new one.") : ""
            onDismissed: page.session.dismissMissing()
        }
        Banner {
            objectName: "demoBanner"
            width: parent.width
            iconName: "info"
            message: page.session.demo && !page.quietDemo ? qsTr("Built-in demo model. Set GOOGLE_API_KEY on the server to talk to Gemini.") : ""
            onDismissed: page.demoDismissed()
        }
    }

    Conversation {
        id: conversation
        objectName: "conversation"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: banners.bottom
        anchors.bottom: dock.top
        clip: true
        session: page.session
        columnWidth: page.columnWidth
        onDone: if (activeFocus)
            page.takeFocus()
        onTyped: text => composer.type(text)
    }
    Flickable {
        anchors.fill: conversation
        visible: page.session.messages.count === 0 && !page.session.absent
        contentHeight: Math.max(height, greeting.height + 2 * Theme.space16)
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}

        EmptyState {
            id: greeting
            objectName: "emptyState"
            anchors.horizontalCenter: parent.horizontalCenter
            y: (parent.height - height) / 2
            width: Math.min(page.columnWidth, 640)
            suggestions: page.session.suggestions
            onChosen: text => page.send(text)
        }
    }
    Text {
        objectName: "absentText"
        anchors.centerIn: conversation
        width: Math.min(page.columnWidth, Math.round(440 * Theme.widthScale))
        visible: page.session.messages.count === 0 && text !== ""
        text: page.session.absentText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        lineHeight: Theme.line16
        lineHeightMode: Text.FixedHeight
        color: Theme.muted
        font.pixelSize: Theme.size16
    }
    JumpButton {
        objectName: "jumpButton"
        anchors.bottom: dock.top
        anchors.bottomMargin: Theme.space12
        anchors.horizontalCenter: parent.horizontalCenter
        visible: !conversation.following && !conversation.atEnd
        unread: conversation.unread
        onClicked: conversation.toEnd()
    }

    Item {
        id: dock
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: composer.height + Theme.space16 + Theme.space8

        Composer {
            id: composer
            objectName: "composer"
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.space8
            width: page.columnWidth
            height: implicitHeight
            agents: page.session.agents
            agent: page.session.agent
            // Without a connection nothing can be stopped.
            answering: page.session.answering && page.session.connected
            tallest: page.height * 0.4
            onWritten: text => page.session.draft = text
            onSubmitted: text => page.send(text)
            undoable: page.undoable
            onStopped: page.session.stop()
            onUndoAsked: page.undoAsked()
            onAgentChosen: name => page.session.agent = name
        }
    }
}
