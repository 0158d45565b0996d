import QtQuick
import Runnel.Fixtures

Page {
    title: "Answer"
    about: "An answer, or a part of a long one: above it who and when, below it what can be done with it."

    Sample {
        caption: "Done"
        Told {
            answersOnly: true
            story: Scene.Plain
        }
    }
    Sample {
        caption: "Before the first word"
        Told {
            answersOnly: true
            story: Scene.Pending
        }
    }
    Sample {
        caption: "Comes just now"
        Told {
            answersOnly: true
            story: Scene.Streaming
        }
    }
    Sample {
        caption: "The model is asked again"
        Told {
            answersOnly: true
            story: Scene.Retrying
        }
    }
    Sample {
        caption: "Stopped"
        Told {
            answersOnly: true
            story: Scene.Stopped
        }
    }
    Sample {
        caption: "Interrupted"
        Told {
            answersOnly: true
            story: Scene.Interrupted
        }
    }
    Sample {
        caption: "At its length limit"
        Told {
            answersOnly: true
            story: Scene.TooLong
        }
    }
    Sample {
        caption: "Failed"
        Told {
            answersOnly: true
            story: Scene.Failed
        }
    }
    Sample {
        caption: "With thoughts"
        Told {
            answersOnly: true
            story: Scene.Thinking
        }
    }
    Sample {
        caption: "One of two versions"
        Told {
            answersOnly: true
            story: Scene.Versions
        }
    }
    Sample {
        caption: "With tools"
        Told {
            answersOnly: true
            story: Scene.Tools
        }
    }
    Sample {
        caption: "With sources"
        Told {
            answersOnly: true
            story: Scene.Sources
        }
    }
    Sample {
        caption: "Right to left"
        Told {
            answersOnly: true
            story: Scene.RightToLeft
        }
    }
    Sample {
        caption: "A word without an end, pictures"
        Told {
            answersOnly: true
            story: Scene.LongWords
        }
    }
}
