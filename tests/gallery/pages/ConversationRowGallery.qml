import QtQuick
import Runnel.Ui

Page {
    title: "ConversationRow"
    about: "One conversation in the side bar: its title, what was found in it, whether it is answered just now."
    columns: 3

    component Row: ConversationRow {
        width: parent.width
        conversationId: "rivers"
        title: "Rivers of Europe"
        markedTitle: title
        snippet: ""
        messageId: ""
        pinned: false
        answering: false
        unread: false
        unsent: false
        current: false
    }

    Sample {
        caption: "As it is"
        ground: Theme.sunken
        margin: Theme.space8
        Row {}
    }
    Sample {
        caption: "The one that is shown"
        ground: Theme.sunken
        margin: Theme.space8
        Row { current: true }
    }
    Sample {
        caption: "Under the pointer"
        ground: Theme.sunken
        margin: Theme.space8
        Row { objectName: "underThePointer" }
    }
    Sample {
        caption: "With the keyboard"
        ground: Theme.sunken
        margin: Theme.space8
        Row { Component.onCompleted: forceActiveFocus(Qt.TabFocusReason) }
    }
    Sample {
        caption: "Is being answered"
        ground: Theme.sunken
        margin: Theme.space8
        Row { answering: true }
    }
    Sample {
        caption: "A new answer"
        ground: Theme.sunken
        margin: Theme.space8
        Row { unread: true }
    }
    Sample {
        caption: "Not sent yet"
        ground: Theme.sunken
        margin: Theme.space8
        Row { unsent: true }
    }
    Sample {
        caption: "The first of a group"
        ground: Theme.sunken
        margin: Theme.space8
        Row { heading: "Previous 7 days" }
    }
    Sample {
        caption: "Found"
        ground: Theme.sunken
        margin: Theme.space8
        Row {
            markedTitle: "<b>River</b>s of Europe"
            snippet: "… where the <b>river</b> meets the sea, it slows down and lets fall what it carried …"
        }
    }
    Sample {
        caption: "A long title"
        ground: Theme.sunken
        margin: Theme.space8
        Row {
            title: "Rivers of Europe, from the longest to the shortest, and their lakes"
            unread: true
        }
    }
    Sample {
        caption: "Right to left"
        ground: Theme.sunken
        margin: Theme.space8
        Row { title: "ما هو أطول نهر في العالم؟" }
    }
    Sample {
        caption: "Being renamed"
        ground: Theme.sunken
        margin: Theme.space8
        Row {
            Component.onCompleted: {
                editing = true;
                (children[children.length - 1] as TextInput).text = title;
            }
        }
    }
}
