pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Fixtures
import Runnel.Ui

// The messages of a story, one below the other as the conversation has them.
Column {
    id: told

    property alias story: scene.story
    // Only what was answered.
    property bool answersOnly: false
    readonly property alias scene: scene

    width: parent ? parent.width : 0

    Scene { id: scene }
    Repeater {
        model: scene.session.rows

        MessageDelegate {
            width: told.width
            visible: isAnswer || !told.answersOnly
            session: scene.session
            columnWidth: told.width
            tallestEditor: 200
            touchedRow: null
        }
    }
}
