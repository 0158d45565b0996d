import QtQuick
import QtQuick.Layouts
import Runnel.Core
import Runnel.Ui

// The connection as a dot and a word.
RowLayout {
    id: badge

    required property int connection
    required property string words
    property bool wordsShown: true

    readonly property color tone: connection === ChatSession.Connected ? Theme.headerAccent
        : connection === ChatSession.Offline ? Theme.headerDanger : Theme.headerWarning

    spacing: Theme.space8

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Connection: %1").arg(words)

    Rectangle {
        implicitWidth: 8
        implicitHeight: 8
        radius: 4
        color: badge.tone
    }
    Text {
        Layout.fillWidth: true
        visible: badge.wordsShown
        text: badge.words
        horizontalAlignment: Text.AlignLeft
        elide: Text.ElideRight
        color: Theme.headerMuted
        font.pixelSize: Theme.size14
        Accessible.ignored: true
    }
}
