import QtQuick
import Runnel.Ui

Page {
    title: "Bubble"
    about: "What a person said. An outline instead of a ground: it is not in the conversation yet."

    Sample {
        caption: "Said"
        Bubble {
            content: "Which river is the longest?"
            waiting: false
            widest: parent.width * 0.8
        }
    }
    Sample {
        caption: "Waits"
        Bubble {
            content: "Which river is the longest?"
            waiting: true
            widest: parent.width * 0.8
        }
    }
    Sample {
        caption: "Several lines"
        Bubble {
            content: "Which river is the longest, which one has the most water, and which one is the most beautiful?\n\n  And why?"
            waiting: false
            widest: parent.width * 0.8
        }
    }
    Sample {
        caption: "A word without an end"
        Bubble {
            content: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"
            waiting: false
            widest: parent.width * 0.8
        }
    }
    Sample {
        caption: "Right to left"
        Bubble {
            content: "ما هو أطول نهر في العالم؟"
            waiting: false
            widest: parent.width * 0.8
        }
    }
    Sample {
        caption: "Pictures, tags"
        Bubble {
            content: "👍🎉 <b>not bold</b> &amp;"
            waiting: false
            widest: parent.width * 0.8
        }
    }
}
