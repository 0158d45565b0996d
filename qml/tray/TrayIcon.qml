import QtQuick

// An icon in the desktop's tray as the window knows it. What it is made of may not be installed, and then not even its
// type may be named: PlatformTrayIcon is loaded by its address, for those who want one.
Item {
    property int unseen: 0
    property bool shown: false

    signal windowAsked
    signal newChatAsked
    signal quickAskAsked
    signal quitAsked
}
