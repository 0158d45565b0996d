import QtQuick

// A text that a screen reader reads when it changes, and nobody sees.
Item {
    id: announcer

    function say(text: string): void {
        Accessible.name = text;
    }

    Accessible.role: Accessible.AlertMessage
    Accessible.name: ""
    width: 1
    height: 1
    opacity: 0
}
