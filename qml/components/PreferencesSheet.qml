import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// What a person chooses for this computer: how the window looks, and its language.
Sheet {
    id: sheet

    required property Preferences preferences

    readonly property var textSizes: [80, 100, 120, 150, 200]
    // Those of desktop/translations. In their own words, for who looks for one may not read the others.
    readonly property var languages: ["", "en", "de", "fr"]

    title: qsTr("Preferences")
    implicitHeight: heading.height + Theme.space16 + lines.height + 2 * padding
    onOpened: area.forceActiveFocus()

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
    Flickable {
        id: area
        objectName: "preferences"
        anchors.top: heading.bottom
        anchors.topMargin: Theme.space16
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        contentHeight: lines.height
        ScrollBar.vertical: ScrollBar {}
        Accessible.role: Accessible.Section
        Accessible.name: sheet.title
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.scrollStep)
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.scrollStep))

        Column {
            id: lines
            // Room for the ring around what has the keyboard.
            x: Theme.space4
            width: parent.width - 2 * x
            bottomPadding: Theme.space8
            spacing: Theme.space24

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
    }
}
