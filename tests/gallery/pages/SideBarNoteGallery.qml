import QtQuick
import Runnel.Ui

Page {
    title: "SideBarNote"
    about: "Why there is no row, or why what is shown may be old."

    Sample {
        caption: "No row"
        ground: Theme.sunken
        SideBarNote {
            width: parent.width
            note: "What you ask is listed here."
            problem: ""
        }
    }
    Sample {
        caption: "It could not be had"
        ground: Theme.sunken
        SideBarNote {
            width: parent.width
            note: ""
            problem: "The list could not be read: the server did not answer within 10 s."
        }
    }
    Sample {
        caption: "Right to left"
        ground: Theme.sunken
        SideBarNote {
            width: parent.width
            note: "لا توجد محادثات بعد."
            problem: ""
        }
    }
}
