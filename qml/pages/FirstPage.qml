pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// What somebody sees who has no server yet: what this is, the server on this computer, an address, and how to get one.
Flickable {
    id: page

    required property FirstServer first

    signal copied(string text)

    readonly property bool trying: first.trying !== ""
    readonly property bool narrow: width < 560

    // Whoever wrote an address that did not do mends it: the button for another server must not get the next Enter.
    function takeFocus(): void {
        if (trying) {
            cancel.forceActiveFocus(Qt.TabFocusReason);
        } else if (address.text.trim() !== "") {
            address.forceActiveFocus();
            address.selectAll();
        } else if (here.visible) {
            here.forceActiveFocus(Qt.TabFocusReason);
        } else {
            address.forceActiveFocus();
        }
    }

    contentHeight: Math.max(height, lines.height + 2 * Theme.space32)
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}

    Component.onCompleted: first.start()
    Component.onDestruction: first.stop()

    Column {
        id: lines
        anchors.horizontalCenter: parent.horizontalCenter
        // A little above the middle, where the eye takes it for the middle.
        y: Math.max(Theme.space32, Math.round((page.height - height) * 0.42))
        width: Math.min(480, page.width - 2 * (page.narrow ? Theme.space16 : Theme.space32))
        spacing: Theme.space12

        Mark {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 48
            height: 48
            ink: Theme.accent
        }
        Text {
            width: parent.width
            text: qsTr("Welcome to Runnel")
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: Theme.text
            font.pixelSize: page.narrow ? Theme.size22 : Theme.size28
            font.weight: Theme.strong
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Text {
            width: parent.width
            bottomPadding: Theme.space12
            text: qsTr("Talk to AI models through a server that you or somebody you know runs: conversations stay there.")
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            lineHeight: Theme.line16
            lineHeightMode: Text.FixedHeight
            color: Theme.muted
            font.pixelSize: Theme.size16
        }
        TextButton {
            id: here
            objectName: "serverHere"
            width: parent.width
            height: Math.max(44, implicitHeight)
            visible: page.first.found !== ""
            enabled: !page.trying
            filled: true
            iconName: "server"
            text: qsTr("Use the server on this computer")
            Accessible.description: page.first.found
            onClicked: page.first.use(page.first.found)
        }
        Text {
            width: parent.width
            visible: here.visible
            bottomPadding: Theme.space12
            text: page.first.found
            textFormat: Text.PlainText
            horizontalAlignment: Text.AlignHCenter
            elide: Text.ElideMiddle
            color: Theme.muted
            font.pixelSize: Theme.size12
            Accessible.ignored: true
        }
        Text {
            id: label
            width: parent.width
            bottomPadding: -Theme.space4
            text: here.visible ? qsTr("Or another server's address") : qsTr("The server's address")
            horizontalAlignment: Text.AlignLeft
            wrapMode: Text.Wrap
            color: Theme.text
            font.pixelSize: Theme.size14
            font.weight: Theme.strong
            Accessible.ignored: true
        }
        Item {
            width: parent.width
            height: address.height

            LineField {
                id: address
                objectName: "firstAddress"
                anchors.left: parent.left
                anchors.right: connect.left
                anchors.rightMargin: Theme.space8
                enabled: !page.trying
                maximumLength: 2048
                placeholderText: qsTr("https://chat.example.org")
                Accessible.name: label.text
                Accessible.description: problem.text
                onAccepted: page.first.use(text.trim() === "" && here.visible ? page.first.found : text)
            }
            TextButton {
                id: connect
                objectName: "firstConnect"
                anchors.right: parent.right
                height: address.height
                visible: !page.trying
                width: Math.max(implicitWidth, cancel.implicitWidth)
                // One of the two is what most people want.
                filled: !here.visible
                enabled: address.text.trim() !== ""
                text: qsTr("Connect")
                onClicked: page.first.use(address.text)
            }
            TextButton {
                id: cancel
                objectName: "firstCancel"
                anchors.fill: connect
                visible: page.trying
                text: qsTr("Cancel")
                onClicked: page.first.cancel()
            }
        }
        // Always as high as a line: what is below stays where it is.
        Text {
            id: problem
            objectName: "firstProblem"
            width: parent.width
            height: Math.max(implicitHeight, Theme.line14)
            text: page.trying ? qsTr("Connecting to %1 …").arg(page.first.trying) : page.first.problem
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            lineHeight: Theme.line14
            lineHeightMode: Text.FixedHeight
            color: page.trying ? Theme.muted : Theme.danger
            font.pixelSize: Theme.size14
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        Rectangle {
            width: parent.width
            height: 1
            visible: !here.visible
            color: Theme.hairline
        }
        CommandHint {
            width: parent.width
            visible: !here.visible
            before: qsTr("No server yet? Among Runnel's sources this starts one:")
            command: "./run"
            onCopied: text => page.copied(text)
        }
    }
    // Whoever was waiting at the button or the field goes on from there, once that can have the keyboard.
    onTryingChanged: settled.restart()

    Timer {
        id: settled
        interval: 0
        onTriggered: page.takeFocus()
    }
}
