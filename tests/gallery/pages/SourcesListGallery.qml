import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "SourcesList"
    about: "What an answer rests on, below it: the first few are always there."

    Scene {
        id: scene
        story: Scene.Sources
    }

    Sample {
        caption: "Closed"
        SourcesList {
            width: parent.width
            sources: scene.sources
        }
    }
    Sample {
        caption: "Open"
        SourcesList {
            width: parent.width
            sources: scene.sources
            open: true
        }
    }
}
