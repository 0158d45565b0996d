import QtQuick
import QtQuick.Layouts
import Runnel.Core
import Runnel.Ui

// Product, conversation, connection, theme. Dark in both themes.
Rectangle {
    id: header

    required property string title
    required property int connection
    required property string connectionText
    required property int theme
    // It has a button for a new chat, too.
    property bool sideBarShown: false
    // Without one there are no conversations and no connection.
    property bool withServer: true

    signal newChatAsked
    signal sideBarAsked
    signal themeChosen(int theme)
    signal settingsAsked

    readonly property bool narrow: width < 560
    readonly property bool wordsShown: withServer && (!narrow || connection !== ChatSession.Connected)

    implicitHeight: Theme.headerHeight
    color: Theme.header

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space8
        anchors.rightMargin: Theme.space8
        spacing: header.narrow ? Theme.space4 : Theme.space12

        IconButton {
            objectName: "sideBarButton"
            visible: header.withServer
            iconName: "panel-left"
            name: qsTr("Conversations")
            ink: Theme.headerInk
            hoverGround: Theme.headerHover
            ringInk: Theme.headerAccent
            onClicked: header.sideBarAsked()
        }
        Mark {
            visible: !header.narrow || !header.withServer
            Layout.leftMargin: header.withServer ? 0 : Theme.space8
            Layout.preferredWidth: Math.round(26 * Theme.widthScale)
            Layout.preferredHeight: Math.round(26 * Theme.widthScale)
        }
        Text {
            // Where there is little room, the conversation's title and a lost connection are worth more.
            visible: !header.narrow || (header.title === "" && !header.wordsShown)
            text: "Runnel"
            color: Theme.headerInk
            font.pixelSize: Theme.size18
            font.weight: Theme.strong
        }
        Text {
            Layout.fillWidth: true
            Layout.leftMargin: header.narrow ? 0 : Theme.space8
            text: header.narrow && header.wordsShown ? "" : header.title
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: header.narrow ? Theme.headerInk : Theme.headerMuted
            font.pixelSize: Theme.size14
            Accessible.role: Accessible.Heading
            Accessible.name: header.title
        }
        ConnectionBadge {
            visible: header.withServer
            Layout.maximumWidth: implicitWidth
            Layout.fillWidth: header.narrow && header.wordsShown
            connection: header.connection
            words: header.connectionText
            wordsShown: header.wordsShown
        }
        IconButton {
            visible: !header.sideBarShown && header.withServer
            iconName: "square-pen"
            name: qsTr("New chat")
            ink: Theme.headerInk
            hoverGround: Theme.headerHover
            ringInk: Theme.headerAccent
            onClicked: header.newChatAsked()
        }
        IconButton {
            objectName: "themeButton"
            // The settings have it as well.
            visible: !header.narrow
            iconName: Theme.preference === Theme.System ? "monitor" : Theme.dark ? "moon" : "sun"
            name: Theme.preference === Theme.System ? qsTr("Theme: as the system")
                : Theme.dark ? qsTr("Theme: dark") : qsTr("Theme: light")
            ink: Theme.headerInk
            hoverGround: Theme.headerHover
            ringInk: Theme.headerAccent
            onClicked: header.themeChosen((header.theme + 1) % 3)
        }
        IconButton {
            objectName: "settingsButton"
            iconName: "settings"
            name: qsTr("Settings")
            ink: Theme.headerInk
            hoverGround: Theme.headerHover
            ringInk: Theme.headerAccent
            onClicked: header.settingsAsked()
        }
    }
}
