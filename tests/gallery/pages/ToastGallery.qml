import QtQuick
import Runnel.Ui

Page {
    title: "Toast"
    about: "What just happened, floating above the composer, with at most one thing to do about it."
    columns: 1

    Sample {
        caption: "Something to do about it"
        Toast {
            message: "“Rivers of Europe” was deleted."
            actionText: "Undo"
        }
    }
    Sample {
        caption: "Something to know"
        Toast { message: "The conversation was exported." }
    }
    Sample {
        caption: "A long text"
        Toast { message: "3 conversations were imported; “rivers.json” was not: line 12 has no “messages”, which a conversation that was exported has, and this is said so that somebody can mend it." }
    }
}
