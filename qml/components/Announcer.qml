import QtQuick

// A text that a screen reader reads when it changes, and nobody sees. It is empty in between: the same
// text once more would be no change.
Item {
    id: announcer

    property string next: ""

    function say(text: string): void {
        next = pause.running ? next + "\n" + text : text;
        Accessible.name = "";
        pause.restart();
    }

    Accessible.role: Accessible.AlertMessage
    Accessible.name: ""
    width: 1
    height: 1
    opacity: 0

    Timer {
        id: pause
        interval: 50
        onTriggered: announcer.Accessible.name = announcer.next
    }
}
