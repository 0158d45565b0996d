import QtQuick
import Runnel.Ui

Page {
    title: "AnswerHead"
    about: "One muted line above an answer: who and when; model and tokens for whoever attends to it."

    Sample {
        caption: "As it is"
        AnswerHead {
            width: parent.width
            agent: "default"
            time: "2 min ago"
            exactTime: "26 November 2026 13:24"
            details: "gemini-flash-latest · 168 tokens"
            attended: false
        }
    }
    Sample {
        caption: "The pointer or the keyboard is in the answer"
        AnswerHead {
            width: parent.width
            agent: "default"
            time: "2 min ago"
            exactTime: "26 November 2026 13:24"
            details: "gemini-flash-latest · 168 tokens"
            attended: true
        }
    }
    Sample {
        caption: "A long name"
        AnswerHead {
            width: parent.width
            agent: "an-agent-for-the-rivers-and-lakes-of-the-whole-world"
            time: "2 min ago"
            exactTime: "26 November 2026 13:24"
            details: "gemini-flash-latest · 168 tokens"
            attended: true
        }
    }
    Sample {
        caption: "Nothing is known of model and tokens"
        AnswerHead {
            width: parent.width
            agent: "poet"
            time: "now"
            exactTime: "26 November 2026 13:24"
            details: ""
            attended: true
        }
    }
}
