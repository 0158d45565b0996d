import QtQuick
import Runnel.Ui

Page {
    title: "WaitingPulse"
    about: "A soft pulse until the first word comes."

    Sample {
        caption: "With the agent’s name"
        WaitingPulse { words: "default is answering" }
    }
    Sample {
        caption: "Right to left"
        WaitingPulse { words: "يجيب المساعد" }
    }
}
