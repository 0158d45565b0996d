import QtQuick
import Runnel.Ui

// What can be done with what is said: with what is selected, or with the message on which the menu was asked for.
CardMenu {
    id: menu

    property int message: -1
    property bool isAnswer: false
    property bool isSelected: false
    // On which it was asked for; empty where there was none.
    property string link: ""

    signal copyAsked
    signal linkCopyAsked
    signal selectAllAsked

    title: isAnswer ? qsTr("Answer") : qsTr("Message")

    RowMenuItem {
        iconName: "copy"
        text: menu.isSelected ? qsTr("Copy") : menu.isAnswer ? qsTr("Copy answer") : qsTr("Copy message")
        onTriggered: menu.copyAsked()
    }
    RowMenuItem {
        iconName: "link"
        text: qsTr("Copy link")
        visible: menu.link !== ""
        enabled: menu.link !== ""
        height: menu.link !== "" ? implicitHeight : 0
        onTriggered: menu.linkCopyAsked()
    }
    RowMenuItem {
        iconName: "text-select"
        text: qsTr("Select all")
        onTriggered: menu.selectAllAsked()
    }
}
