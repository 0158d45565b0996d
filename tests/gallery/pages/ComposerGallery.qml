import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "Composer"
    about: "The card in which one writes. Enter sends, Shift+Enter breaks the line; Send and Stop share one place."
    columns: 1

    Scene {
        id: scene
        story: Scene.Greeting
    }

    Sample {
        caption: "Empty"
        Composer {
            width: parent.width
            height: implicitHeight
            agents: scene.agents
            agent: "default"
            answering: false
            tallest: 240
        }
    }
    Sample {
        caption: "Something is written, the keyboard is in it"
        Composer {
            width: parent.width
            height: implicitHeight
            agents: scene.agents
            agent: "poet"
            answering: false
            tallest: 240
            Component.onCompleted: {
                write("Which river is the longest?");
                takeFocus();
            }
        }
    }
    Sample {
        caption: "An answer comes"
        Composer {
            width: parent.width
            height: implicitHeight
            agents: scene.agents
            agent: "default"
            answering: true
            tallest: 240
        }
    }
    Sample {
        caption: "More lines than there is room for"
        Composer {
            width: parent.width
            height: implicitHeight
            agents: scene.agents
            agent: "default"
            answering: false
            tallest: 160
            Component.onCompleted: write("One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine")
        }
    }
    Sample {
        caption: "Narrow"
        Composer {
            width: Math.min(parent.width, 320)
            height: implicitHeight
            agents: scene.agents
            agent: "an-agent-for-the-rivers-and-lakes"
            answering: false
            tallest: 240
        }
    }
    Sample {
        caption: "Right to left"
        Composer {
            width: parent.width
            height: implicitHeight
            agents: scene.agents
            agent: "default"
            answering: false
            tallest: 240
            Component.onCompleted: write("ما هو أطول نهر في العالم؟")
        }
    }
}
