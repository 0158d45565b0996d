import QtQuick
import Runnel.Ui

Page {
    title: "AnswerActions"
    about: "The row below an answer that has ended."

    Sample {
        caption: "An answer"
        AnswerActions {
            copyable: true
            regenerable: true
            ready: true
            connected: true
            version: 1
            versionCount: 1
        }
    }
    Sample {
        caption: "One of three versions"
        AnswerActions {
            copyable: true
            regenerable: true
            ready: true
            connected: true
            version: 2
            versionCount: 3
        }
    }
    Sample {
        caption: "Without a connection"
        AnswerActions {
            copyable: true
            regenerable: true
            ready: false
            connected: false
            version: 2
            versionCount: 3
        }
    }
    Sample {
        caption: "An answer that failed before its first word"
        AnswerActions {
            copyable: false
            regenerable: false
            ready: true
            connected: true
            version: 2
            versionCount: 2
        }
    }
}
