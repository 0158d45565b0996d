pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

ApplicationWindow {
    id: window

    required property Workspace workspace
    required property ServerListModel servers
    required property Preferences preferences
    required property FirstServer firstServer
    required property ServerQuestion question
    required property LinkGuard links
    required property Attention attention
    property bool touch: false

    readonly property ChatSession session: workspace.session
    // Closing the window leaves the program in the tray.
    readonly property bool inTray: tray.item ? (tray.item as TrayIcon).shown : false
    property bool leaving: false
    // Before it filled the screen.
    property bool wasMaximized: false
    // With room the side bar stands beside the conversation, else it is a drawer.
    readonly property bool wide: width >= Theme.sideBar + 744

    width: 1180
    height: 800
    minimumWidth: 320
    minimumHeight: 400
    visible: true
    title: session.title === "" ? "Runnel" : session.title + " – Runnel"
    color: Theme.canvas
    font.pixelSize: Theme.size16
    palette {
        toolTipBase: Theme.text
        toolTipText: Theme.canvas
        dark: Theme.text // The border of a tool tip; nothing else here has it.
    }
    LayoutMirroring.enabled: Theme.mirrored
    LayoutMirroring.childrenInherit: true

    Component.onCompleted: {
        Theme.touch = touch;
        takeFocus();
        showTray();
    }

    Binding {
        target: Theme
        property: "preference"
        value: window.preferences.theme
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.preferences.textSize / 100
    }
    Binding {
        target: Theme
        property: "contrast"
        value: window.preferences.contrast
    }
    Binding {
        target: Theme
        property: "systemWantsContrast"
        value: systemContrast.high
    }
    SystemContrast { id: systemContrast }
    // What had the keyboard has gone: whoever writes goes on writing.
    onActiveFocusItemChanged: later.start()
    onVisibilityChanged: workspace.setWatched(visibility !== Window.Minimized && visibility !== Window.Hidden)
    onActiveChanged: if (active)
        workspace.conversations.refresh()
    onWideChanged: drawer.close()

    Shortcut {
        sequence: "Ctrl+N"
        enabled: window.workspace.hasServer
        onActivated: window.newChat()
    }
    Shortcut {
        sequence: "Ctrl+Shift+N"
        enabled: window.workspace.hasServer
        onActivated: window.workspace.wantAside()
    }
    Shortcut {
        sequence: "Ctrl+F"
        enabled: window.workspace.hasServer
        onActivated: window.search()
    }
    Shortcut {
        sequence: "Ctrl+K"
        enabled: window.workspace.hasServer
        onActivated: switcher.open()
    }
    Shortcut {
        sequence: "Ctrl+L"
        onActivated: window.takeFocus()
    }
    Shortcut {
        sequences: ["F1", "Ctrl+/"]
        onActivated: shortcuts.open()
    }
    Shortcut {
        sequences: ["Ctrl++", "Ctrl+="]
        onActivated: window.preferences.largerText()
    }
    Shortcut {
        sequence: "Ctrl+-"
        onActivated: window.preferences.smallerText()
    }
    Shortcut {
        sequence: "Ctrl+0"
        onActivated: window.preferences.normalText()
    }
    Shortcut {
        sequence: "Ctrl+B"
        enabled: window.workspace.hasServer
        onActivated: window.toggleSideBar()
    }
    Shortcut {
        sequence: "Ctrl+Z"
        enabled: window.workspace.undoable
        onActivated: window.workspace.undo()
    }
    Shortcut {
        sequence: "F2"
        enabled: window.workspace.hasServer
        onActivated: window.rename()
    }
    Shortcut {
        sequence: "F11"
        onActivated: if (!window.leaveFullScreen())
            window.enterFullScreen()
    }
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: window.quit()
    }
    Shortcut {
        sequence: "Ctrl+,"
        onActivated: window.showSettings()
    }

    onClosing: event => {
        if (!inTray || leaving)
            return;
        event.accepted = false;
        hide();
    }

    function quit(): void {
        leaving = true;
        close();
        Qt.quit();
    }
    function comeForth(): void {
        // show() would forget that it was maximised.
        if (visibility === Window.Minimized)
            showNormal();
        visible = true;
        raise();
        requestActivate();
    }
    function enterFullScreen(): void {
        wasMaximized = visibility === Window.Maximized;
        showFullScreen();
    }
    // False where there is nothing to leave.
    function leaveFullScreen(): bool {
        if (visibility !== Window.FullScreen)
            return false;
        if (wasMaximized)
            showMaximized();
        else
            showNormal();
        return true;
    }
    function showTray(): void {
        if (preferences.tray)
            tray.setSource("../tray/PlatformTrayIcon.qml", { unseen: Qt.binding(() => window.attention.unseen) });
        else
            tray.source = "";
    }
    // To where one writes.
    function takeFocus(): void {
        if (workspace.hasServer)
            page.takeFocus();
        else
            (first.itemAt(0) as FirstPage).takeFocus();
    }
    function rescueFocus(): void {
        if (active && !drawer.opened && (!activeFocusItem || activeFocusItem === contentItem))
            takeFocus();
    }
    function newChat(): void {
        drawer.close();
        workspace.newChat();
        takeFocus();
    }
    function open(id: string, messageId: string): void {
        drawer.close();
        workspace.open(id, messageId);
        takeFocus();
    }
    function showSettings(): void {
        drawer.close();
        settings.open();
    }
    function toggleSideBar(): void {
        if (wide)
            preferences.sideBar = !preferences.sideBar;
        else
            drawer.visible = !drawer.visible;
    }
    // The conversation that is open, or the one that is chosen among them all.
    function rename(): void {
        if (wide) {
            const from = activeFocusItem;
            preferences.sideBar = true;
            sideBar.rename(from);
        } else if (session.title !== "") {
            drawer.open();
            inDrawer.rename(null);
        }
    }
    function search(): void {
        if (wide) {
            preferences.sideBar = true;
            sideBar.takeFocus();
        } else {
            drawer.open();
            inDrawer.takeFocus();
        }
    }

    Timer {
        id: later
        interval: 0
        onTriggered: window.rescueFocus()
    }
    HeaderBar {
        id: header
        width: parent.width
        title: window.session.title
        connection: window.session.connection
        connectionText: window.session.connectionText
        theme: window.preferences.theme
        sideBarShown: sideBar.visible
        withServer: window.workspace.hasServer
        onNewChatAsked: window.newChat()
        onSideBarAsked: window.toggleSideBar()
        onThemeChosen: theme => window.preferences.theme = theme
        onSettingsAsked: window.showSettings()
        // Here and below: what comes up to it nobody wanted, neither the answer that could be stopped nor a search.
        Keys.onEscapePressed: event => event.accepted = window.leaveFullScreen()
    }
    WorkspaceSideBar {
        id: sideBar
        objectName: "sideBar"
        anchors.left: parent.left
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: Theme.sideBar
        visible: window.wide && window.preferences.sideBar && window.workspace.hasServer
        workspace: window.workspace
        servers: window.servers
        onNewChatAsked: window.newChat()
        onOpened: (id, messageId) => window.open(id, messageId)
        Keys.onEscapePressed: event => event.accepted = window.leaveFullScreen()
    }
    ChatPage {
        id: page
        visible: window.workspace.hasServer
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        anchors.left: sideBar.visible ? sideBar.right : parent.left
        anchors.right: parent.right
        session: window.session
        undoable: window.workspace.undoable
        onUndoAsked: window.workspace.undo()
        quietDemo: Array.from(window.preferences.quietDemos).includes(String(window.workspace.server))
        onDemoDismissed: window.preferences.quietDemo(window.workspace.server)
        Keys.onEscapePressed: event => event.accepted = window.leaveFullScreen()
    }
    Item {
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        Keys.onEscapePressed: event => event.accepted = window.leaveFullScreen()

        Repeater {
            id: first
            model: window.workspace.hasServer ? 0 : 1

            FirstPage {
                anchors.fill: parent
                first: window.firstServer
                onCopied: text => window.session.copyText(text)
            }
        }
    }
    Drawer {
        id: drawer
        edge: Theme.mirrored ? Qt.RightEdge : Qt.LeftEdge
        y: header.height
        width: Math.min(320, window.width - Theme.space48)
        height: window.height - y
        dragMargin: window.wide || !window.workspace.hasServer ? 0 : Theme.space12
        background: null
        padding: 0
        onClosed: window.takeFocus()

        WorkspaceSideBar {
            id: inDrawer
            anchors.fill: parent
            workspace: window.workspace
            servers: window.servers
                onNewChatAsked: window.newChat()
            onOpened: (id, messageId) => window.open(id, messageId)
        }
    }
    Switcher {
        id: switcher
        conversations: window.workspace.conversations
        onChosen: id => window.open(id, "")
        onClosed: window.takeFocus()
    }
    ShortcutSheet {
        id: shortcuts
        onClosed: window.takeFocus()
    }
    SettingsSheet {
        id: settings
        preferences: window.preferences
        trayMissing: window.preferences.tray && !window.inTray
        server: window.workspace.server
        onLinkFollowed: link => {
            close();
            window.links.follow(link);
        }
        onClosed: window.takeFocus()
    }
    Resident { active: window.inTray }
    Loader { id: tray }
    Connections {
        target: window.preferences
        function onTrayChanged(): void {
            window.showTray();
        }
    }
    Connections {
        target: tray.item as TrayIcon
        function onWindowAsked(): void {
            window.comeForth();
        }
        function onNewChatAsked(): void {
            window.comeForth();
            window.newChat();
        }
        function onQuickAskAsked(): void {
            window.workspace.wantAside();
        }
        function onQuitAsked(): void {
            window.quit();
        }
    }
    LinkSheet {
        links: window.links
        onClosed: window.takeFocus()
    }
    ServerQuestionSheet {
        question: window.question
        onClosed: window.takeFocus()
    }
    Toast {
        objectName: "toast"
        anchors.horizontalCenter: page.horizontalCenter
        anchors.bottom: page.bottom
        anchors.bottomMargin: page.dockHeight + Theme.space12
        parent: window.contentItem
        message: window.workspace.toast
        actionText: window.workspace.undoable ? qsTr("Undo") : ""
        onActed: window.workspace.undo()
        onDismissed: window.workspace.dismissToast()
    }

    // Says an answer once, whole, to a screen reader; the fragments are silent.
    Announcer {
        id: announcer
        objectName: "announcer"
    }
    Connections {
        target: window.preferences
        function onTextSizeChanged(): void {
            announcer.say(qsTr("Text size: %1 %.").arg(window.preferences.textSize));
        }
        function onSideBarChanged(): void {
            announcer.say(window.preferences.sideBar ? qsTr("The conversations are shown.") : qsTr("The conversations are hidden."));
        }
    }
    Connections {
        target: window.session
        function onGreeted(): void {
            if (!window.session.demo)
                window.preferences.forgetDemo(window.workspace.server);
        }
        function onLinkFollowed(link: string): void {
            window.links.follow(link);
        }
        function onAnswerEnded(text: string): void {
            announcer.say(text);
        }
        function onSaid(text: string): void {
            announcer.say(text);
        }
    }
    Connections {
        target: window.workspace
        function onSaid(text: string): void {
            announcer.say(text);
        }
    }
}
