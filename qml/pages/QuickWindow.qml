pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// A small window for a question beside other work; the big one need not be open.
ApplicationWindow {
    id: window

    required property Workspace workspace
    required property LinkGuard links

    readonly property ChatSession session: workspace.aside
    readonly property QuickPage page: pages.count > 0 ? pages.itemAt(0) as QuickPage : null
    readonly property bool asked: page !== null && page.asked

    width: 620
    height: 140
    minimumWidth: 320
    minimumHeight: 120
    visible: false
    flags: Qt.Dialog
    title: qsTr("Quick question – Runnel")
    color: Theme.canvas
    font.pixelSize: Theme.size16
    LayoutMirroring.enabled: Theme.mirrored
    LayoutMirroring.childrenInherit: true

    // It grows once there is something to read, and then is as large as somebody makes it.
    function fit(): void {
        if (!page)
            return;
        height = page.asked ? Math.max(height, 520) : page.fieldHeight;
        page.takeFocus();
    }

    onAskedChanged: fit()
    onVisibleChanged: if (visible)
        fit()
    onClosing: workspace.endAside()
    onSessionChanged: if (!session)
        close()

    Repeater {
        id: pages
        model: window.session ? [window.session] : []
        onItemAdded: window.fit()

        QuickPage {
            required property ChatSession modelData

            anchors.fill: parent
            session: modelData
            onFieldHeightChanged: if (!asked)
                window.height = fieldHeight
            onCloseAsked: window.close()
            onMoveAsked: window.workspace.takeAside()
        }
    }
    LinkSheet {
        links: window.links
        onClosed: if (window.page)
            window.page.takeFocus()
    }
    Announcer { id: announcer }
    Connections {
        target: window.session
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
}
