pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "AnswerBlock"
    about: "One block of an answer: its place around what its kind shows. Here are all of a rich answer, one below the other."
    columns: 1

    Scene {
        id: rightToLeft
        story: Scene.RightToLeft
    }
    Scene {
        id: longWords
        story: Scene.LongWords
    }

    Sample {
        caption: "Every kind"
        Told {
            answersOnly: true
            story: Scene.Rich
        }
    }
    Sample {
        caption: "Right to left"
        Column {
            id: arabic
            width: parent.width
            Repeater {
                model: rightToLeft.slice
                AnswerBlock { width: arabic.width }
            }
        }
    }
    Sample {
        caption: "A word without an end, pictures"
        Column {
            id: words
            width: parent.width
            Repeater {
                model: longWords.slice
                AnswerBlock { width: words.width }
            }
        }
    }
}
