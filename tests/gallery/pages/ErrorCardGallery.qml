import QtQuick
import Runnel.Ui

Page {
    title: "ErrorCard"
    about: "What went wrong with one message, in a sentence, and what to do."
    columns: 1

    Sample {
        caption: "An answer that failed"
        ErrorCard {
            width: parent.width
            message: "The model is busy. Try again in a minute."
            code: "model_overloaded"
        }
    }
    Sample {
        caption: "A message that was refused"
        ErrorCard {
            width: parent.width
            message: "The message has 70,120 bytes; the server takes 65,536."
            code: "message_too_large"
            discardable: true
        }
    }
    Sample {
        caption: "Without a connection"
        ErrorCard {
            width: parent.width
            message: "The model is busy. Try again in a minute."
            code: "model_overloaded"
            ready: false
        }
    }
    Sample {
        caption: "Narrow, no code"
        ErrorCard {
            width: Math.min(parent.width, 320)
            message: "The model did not take the question, for a reason that it did not give and that nobody knows."
            code: ""
            discardable: true
        }
    }
}
