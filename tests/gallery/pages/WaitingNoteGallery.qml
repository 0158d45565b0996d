import QtQuick
import Runnel.Ui

Page {
    title: "WaitingNote"
    about: "What something of ours waits for."

    Sample {
        caption: "A line"
        WaitingNote {
            words: "Waits for the answer above"
            widest: parent.width
        }
    }
    Sample {
        caption: "More than a line"
        WaitingNote {
            words: "Is sent when the connection is there: the server does not answer, and it is tried again in 24 s"
            widest: Math.min(parent.width, 240)
        }
    }
}
