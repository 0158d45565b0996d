import QtQuick
import Runnel.Ui

Page {
    title: "Choices"
    about: "A question and its few answers, one of which counts."

    Sample {
        caption: "One counts"
        Choices {
            width: parent.width
            label: "Theme"
            words: ["As the system", "Light", "Dark"]
            current: 1
        }
    }
    Sample {
        caption: "None of them counts"
        Choices {
            width: parent.width
            label: "Text size"
            words: ["80 %", "100 %", "120 %", "150 %", "200 %"]
            current: -1
        }
    }
    Sample {
        caption: "With a note"
        Choices {
            width: parent.width
            label: "Language"
            note: "from the next start on"
            words: ["As the system", "English", "Deutsch", "Français"]
            current: 0
        }
    }
}
