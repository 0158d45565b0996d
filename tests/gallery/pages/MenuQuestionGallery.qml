import QtQuick
import Runnel.Ui

Page {
    title: "MenuQuestion"
    about: "A question in a menu about something that cannot be undone. Whoever just presses Enter changes nothing."

    Sample {
        caption: "A server is to go"
        ground: Theme.raised
        MenuQuestion {
            width: parent.width
            text: "Take “At home” out of the list? What this computer keeps of it goes too: conversations, drafts and unsent messages. The server keeps its own."
            agreeText: "Take out"
        }
    }
}
