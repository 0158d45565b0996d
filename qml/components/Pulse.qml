import QtQuick
import Runnel.Ui

// A soft pulse: something goes on.
Rectangle {
    id: dot

    width: 8
    height: 8
    radius: 4
    color: Theme.accent

    SequentialAnimation on opacity {
        running: dot.visible && Theme.motion
        loops: Animation.Infinite
        NumberAnimation { to: 0.25; duration: 700; easing.type: Easing.InOutSine }
        NumberAnimation { to: 1; duration: 700; easing.type: Easing.InOutSine }
    }
}
