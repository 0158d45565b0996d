import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "WorkspaceSideBar"
    about: "The side bar of a workspace: what is done in it is done there."
    columns: 2

    Scene { id: scene }
    Scene {
        id: unsent
        story: Scene.Unsent
    }

    Sample {
        caption: "With the server at its foot"
        tall: 560
        margin: 1
        WorkspaceSideBar {
            anchors.fill: parent
            workspace: scene.workspace
            servers: scene.servers
        }
    }
    Sample {
        caption: "The connection was lost"
        tall: 560
        margin: 1
        WorkspaceSideBar {
            anchors.fill: parent
            workspace: unsent.workspace
            servers: unsent.servers
        }
    }
}
