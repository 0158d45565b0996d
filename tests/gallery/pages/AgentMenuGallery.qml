import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "AgentMenu"
    about: "The agents with what they are for. Arrow keys move, Enter chooses, Escape leaves."
    columns: 2

    Scene {
        id: scene
        story: Scene.Greeting
    }

    Sample {
        id: first
        caption: "The first is the one that is asked"
        tall: Math.round(160 * Theme.widthScale)
        AgentMenu {
            agents: scene.agents
            current: "default"
            visible: scene.ready
            closePolicy: AgentMenu.NoAutoClose
        }
    }
    Sample {
        caption: "Another one is asked"
        tall: Math.round(160 * Theme.widthScale)
        AgentMenu {
            agents: scene.agents
            current: "poet"
            visible: scene.ready
            closePolicy: AgentMenu.NoAutoClose
        }
    }
}
