import QtQuick
import Runnel.Ui

Page {
    title: "AnswerEnd"
    about: "How an answer ended that is not simply done, and the way on where there is one."

    Sample {
        caption: "Stopped"
        AnswerEnd {
            width: parent.width
            outcomeText: "Stopped"
            continuable: true
            ready: true
        }
    }
    Sample {
        caption: "No way on: something follows it"
        AnswerEnd {
            width: parent.width
            outcomeText: "Stopped"
            continuable: false
            ready: true
        }
    }
    Sample {
        caption: "A long reason"
        AnswerEnd {
            width: parent.width
            outcomeText: "The connection to the model was lost while the answer came; what is there was kept."
            continuable: true
            ready: true
        }
    }
    Sample {
        caption: "While another answer comes"
        AnswerEnd {
            width: parent.width
            outcomeText: "Interrupted"
            continuable: true
            ready: false
        }
    }
}
