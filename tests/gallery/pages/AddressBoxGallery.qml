import QtQuick
import Runnel.Ui

Page {
    title: "AddressBox"
    about: "Where an address leads, by itself and whole, and the address as it stands below it."

    Sample {
        caption: "An address"
        AddressBox {
            width: parent.width
            before: "https://"
            lead: "docs.example.org"
            after: "/guide?page=2#top"
        }
    }
    Sample {
        caption: "A name that is written with other letters"
        AddressBox {
            width: parent.width
            before: "https://"
            lead: "xn--bcher-kva.example"
            after: "/"
            note: "This name is written “bücher.example”."
        }
    }
    Sample {
        caption: "A user that looks like a host"
        AddressBox {
            width: parent.width
            before: "https://www.example.org:443@"
            lead: "other.example"
            after: "/"
        }
    }
    Sample {
        caption: "A long one scrolls"
        AddressBox {
            width: parent.width
            before: "https://"
            lead: "example.org"
            after: "/a-path-that-is-long".repeat(40)
        }
    }
}
