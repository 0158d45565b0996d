import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "AgentButton"
    about: "The agent that is asked, and the list to choose another one."

    Scene {
        id: scene
        story: Scene.Greeting
    }

    Sample {
        caption: "As it is"
        AgentButton {
            agents: scene.agents
            current: "default"
        }
    }
    Sample {
        caption: "With the keyboard"
        AgentButton {
            agents: scene.agents
            current: "default"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Under the pointer"
        AgentButton {
            objectName: "underThePointer"
            agents: scene.agents
            current: "poet"
        }
    }
    Sample {
        caption: "A long name"
        AgentButton {
            agents: scene.agents
            current: "an-agent-for-the-rivers-and-lakes-of-the-world"
        }
    }
}
