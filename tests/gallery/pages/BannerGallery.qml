import QtQuick
import Runnel.Ui

Page {
    title: "Banner"
    about: "A quiet line across the window, with at most one thing to do."
    columns: 1

    Sample {
        caption: "Something to do"
        margin: 1
        Banner {
            width: parent.width
            iconName: "wifi-off"
            ink: Theme.warning
            message: "The server cannot be reached. Trying again in 4 s."
            actionText: "Try now"
        }
    }
    Sample {
        caption: "Something to know"
        margin: 1
        Banner {
            width: parent.width
            iconName: "info"
            message: "Built-in demo model. Set GOOGLE_API_KEY on the server to talk to Gemini."
        }
    }
    Sample {
        caption: "Something went wrong"
        margin: 1
        Banner {
            width: parent.width
            iconName: "circle-alert"
            ink: Theme.danger
            message: "The server did not take the stop: the answer had ended already."
        }
    }
    Sample {
        caption: "A long text in a narrow window"
        margin: 1
        Banner {
            width: Math.min(parent.width, 340)
            iconName: "wifi-off"
            ink: Theme.warning
            message: "The server’s certificate is of another host, chat.example.org. Nothing is sent there until that has changed."
            actionText: "Try now"
        }
    }
}
