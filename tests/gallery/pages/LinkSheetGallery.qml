import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    id: page
    title: "LinkSheet"
    about: "Where a link of an answer leads, before another program opens it."

    Scene { id: web }
    Scene { id: mail }

    Sample {
        caption: "A page of the web"
        ground: Theme.sunken
        tall: Math.round(380 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        LinkSheet {
            parent: room
            modal: false
            links: web.links
            closePolicy: LinkSheet.NoAutoClose
            Component.onCompleted: web.links.follow("https://docs.example.org/guide?page=2")
        }
    }
    Sample {
        caption: "A mail"
        ground: Theme.sunken
        tall: Math.round(380 * Theme.widthScale)
        Item {
            id: other
            anchors.fill: parent
        }
        LinkSheet {
            parent: other
            modal: false
            links: mail.links
            closePolicy: LinkSheet.NoAutoClose
            Component.onCompleted: mail.links.follow("mailto:me@example.org?subject=Rivers")
        }
    }
}
