pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Runnel.Ui

// A greeting and four things to ask, which send.
Column {
    id: empty

    required property list<string> suggestions

    signal chosen(string text)

    readonly property bool narrow: width < 480

    spacing: Theme.space12

    Mark {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 48
        height: 48
        ink: Theme.accent
    }
    Text {
        width: parent.width
        text: qsTr("What would you like to know?")
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        color: Theme.text
        font.pixelSize: empty.narrow ? Theme.size22 : Theme.size28
        font.weight: Theme.strong
        bottomPadding: empty.narrow ? 0 : Theme.space12
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    GridLayout {
        id: grid
        width: parent.width
        columns: width > 520 ? 2 : 1
        columnSpacing: empty.narrow ? Theme.space8 : Theme.space12
        rowSpacing: columnSpacing

        Repeater {
            model: empty.suggestions

            AbstractButton {
                id: suggestion

                required property int index
                required property string modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1 // All as wide.
                implicitHeight: Math.max(empty.narrow ? 48 : 64, words.implicitHeight + 2 * (empty.narrow ? Theme.space8 : Theme.space12))
                objectName: "suggestion" + index
                focusPolicy: Qt.TabFocus
                hoverEnabled: true
                text: modelData
                Accessible.name: modelData
                onClicked: empty.chosen(modelData)

                Text {
                    id: words
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.margins: Theme.space16
                    anchors.verticalCenter: parent.verticalCenter
                    text: suggestion.modelData
                    horizontalAlignment: Text.AlignLeft
                    wrapMode: Text.Wrap
                    color: Theme.text
                    font.pixelSize: Theme.size14
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radiusCard
                    color: suggestion.hovered || suggestion.down ? Theme.hover : Theme.raised
                    border.width: 1
                    border.color: Theme.hairline

                    FocusRing {
                        shown: suggestion.visualFocus
                        around: Theme.radiusCard
                    }
                    HoverHandler { cursorShape: Qt.PointingHandCursor }
                }
            }
        }
    }
}
