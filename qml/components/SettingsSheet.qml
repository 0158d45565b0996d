import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// What a person chooses for this computer.
Sheet {
    id: sheet

    required property Preferences preferences
    // The desktop has a tray, as far as is known: that is found out when an icon is wanted.
    property bool trayMissing: false
    // That is open; empty while none is.
    property url server
    property string version: Qt.application.version

    signal linkFollowed(string link)

    readonly property var textSizes: [80, 100, 120, 150, 200]
    // Those of desktop/translations. In their own words, for who looks for one may not read the others.
    readonly property var languages: ["", "en", "de", "fr"]

    title: qsTr("Settings")
    implicitHeight: heading.height + Theme.space12 + lines.height + 2 * padding
    onOpened: list.forceActiveFocus()

    Text {
        id: heading
        anchors.left: parent.left
        text: sheet.title
        color: Theme.text
        font.pixelSize: Theme.size18
        font.weight: Theme.strong
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    IconButton {
        anchors.right: parent.right
        anchors.verticalCenter: heading.verticalCenter
        dense: true
        iconName: "x"
        name: qsTr("Close")
        onClicked: sheet.close()
    }
    // Whoever opened it by keyboard sees where that is.
    FocusRing {
        anchors.fill: list
        anchors.margins: 0
        shown: list.activeFocus
    }
    Flickable {
        id: list
        objectName: "settings"
        anchors.top: heading.bottom
        anchors.topMargin: Theme.space12
        anchors.bottom: parent.bottom
        // Room for the rings around what has the keyboard.
        x: -Theme.space4
        width: parent.width + 2 * Theme.space4
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        contentHeight: lines.height
        ScrollBar.vertical: ScrollBar {}
        Accessible.role: Accessible.Section
        Accessible.name: sheet.title
        // What the keyboard goes to comes into sight.
        readonly property Item focused: Window.activeFocusItem

        function holds(item: Item): bool {
            while (item && item !== lines)
                item = item.parent;
            return item === lines;
        }
        onFocusedChanged: {
            if (!holds(focused))
                return;
            const top = focused.mapToItem(lines, 0, 0).y - Theme.space8;
            const bottom = top + focused.height + 2 * Theme.space8;
            if (top < contentY)
                contentY = Math.max(0, top);
            else if (bottom > contentY + height)
                contentY = Math.max(0, Math.min(bottom, contentHeight) - height);
        }
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.scrollStep)
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.scrollStep))

        Column {
            id: lines
            x: Theme.space4
            width: list.width - 2 * Theme.space4
            bottomPadding: Theme.space8

            SettingsHead {
                width: parent.width
                text: qsTr("Appearance and language")
            }
            Column {
                width: parent.width
                topPadding: Theme.space4
                bottomPadding: Theme.space12
                spacing: Theme.space16

                Choices {
                    objectName: "themeChoices"
                    width: parent.width
                    label: qsTr("Theme")
                    words: [qsTr("As the system", "theme"), qsTr("Light"), qsTr("Dark")]
                    current: sheet.preferences.theme
                    onChosen: index => sheet.preferences.theme = index
                }
                Choices {
                    objectName: "contrastChoices"
                    width: parent.width
                    label: qsTr("Contrast")
                    words: [qsTr("As the system", "contrast"), qsTr("Normal"), qsTr("High")]
                    current: sheet.preferences.contrast
                    onChosen: index => sheet.preferences.contrast = index
                }
                Choices {
                    objectName: "textSizeChoices"
                    width: parent.width
                    label: qsTr("Text size")
                    words: sheet.textSizes.map(size => qsTr("%1 %").arg(size))
                    current: sheet.textSizes.indexOf(sheet.preferences.textSize)
                    onChosen: index => sheet.preferences.textSize = sheet.textSizes[index]
                }
                Choices {
                    objectName: "languageChoices"
                    width: parent.width
                    label: qsTr("Language")
                    note: qsTr("from the next start on")
                    words: [qsTr("As the system", "language"), "English", "Deutsch", "Français"]
                    current: sheet.languages.indexOf(sheet.preferences.language)
                    onChosen: index => sheet.preferences.language = sheet.languages[index]
                }
            }
            SettingsHead {
                width: parent.width
                text: qsTr("While you look at something else")
            }
            CheckLine {
                objectName: "notifies"
                width: parent.width
                text: qsTr("Notify me when a long answer has ended, or a tool waits for me")
                checked: sheet.preferences.notifies
                onToggled: sheet.preferences.notifies = checked
            }
            CheckLine {
                objectName: "notifiesText"
                width: parent.width
                enabled: sheet.preferences.notifies
                text: qsTr("Show the answer's first line, also where others may read it, as on a locked screen")
                checked: sheet.preferences.notifiesText
                onToggled: sheet.preferences.notifiesText = checked
            }
            CheckLine {
                objectName: "tray"
                width: parent.width
                text: qsTr("Keep Runnel in the tray when its window is closed")
                checked: sheet.preferences.tray
                onToggled: sheet.preferences.tray = checked
            }
            Text {
                // Below the words of the line before it.
                readonly property int beside: 20 + Theme.space12

                objectName: "trayMissing"
                width: parent.width
                visible: sheet.trayMissing
                leftPadding: Theme.mirrored ? 0 : beside
                rightPadding: Theme.mirrored ? beside : 0
                bottomPadding: Theme.space8
                text: qsTr("This desktop has no tray: closing the window quits.")
                horizontalAlignment: Text.AlignLeft
                wrapMode: Text.Wrap
                color: Theme.warning
                font.pixelSize: Theme.size14
            }
            SettingsHead {
                width: parent.width
                text: qsTr("Links")
            }
            SettingsLine {
                width: parent.width
                label: sheet.preferences.linkHostCount === 0 ? qsTr("Every link of an answer asks before it is opened.")
                    : qsTr("Sites whose links are opened without a question: %1").arg(sheet.preferences.linkHostCount)

                TextButton {
                    objectName: "forgetLinkHosts"
                    visible: sheet.preferences.linkHostCount > 0
                    text: qsTr("Ask again")
                    onClicked: sheet.preferences.forgetLinkHosts()
                }
            }
            SettingsHead {
                width: parent.width
                text: qsTr("About Runnel")
            }
            SettingsLine {
                objectName: "about"
                width: parent.width
                label: qsTr("Runnel %1, free software under the MIT licence.").arg(sheet.version)

                TextButton {
                    objectName: "serverDocs"
                    visible: String(sheet.server) !== ""
                    text: qsTr("Server's API")
                    onClicked: sheet.linkFollowed(String(sheet.server).replace(/\/+$/, "") + "/docs")
                }
            }
        }
    }
}
