pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Ui

// A question and its few answers, one of which counts.
Column {
    id: choices

    required property string label
    required property list<string> words
    // -1 where none of them counts.
    required property int current
    property string note: ""

    signal chosen(int index)

    spacing: Theme.space8
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    Text {
        width: parent.width
        text: choices.note === "" ? choices.label : Theme.directionMark + Theme.apart(choices.label) + "  ·  " + Theme.apart(choices.note)
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        color: Theme.text
        font.pixelSize: Theme.size14
    }
    Flow {
        width: parent.width
        spacing: Theme.space8

        Repeater {
            model: choices.words

            ChoiceButton {
                required property int index
                required property string modelData

                text: modelData
                checked: index === choices.current
                onClicked: choices.chosen(index)
            }
        }
    }
}
