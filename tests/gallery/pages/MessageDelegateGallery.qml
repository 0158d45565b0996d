import QtQuick
import Runnel.Fixtures

Page {
    title: "MessageDelegate"
    about: "One row of the conversation, in the middle column: a person’s message, an answer, or a part of a long one."

    Sample {
        caption: "A question and its answer"
        Told { story: Scene.Plain }
    }
    Sample {
        caption: "The question is edited"
        Told {
            id: edited
            story: Scene.Plain

            Connections {
                target: edited.scene
                function onReadyChanged(): void {
                    edited.scene.session.beginEdit(0);
                }
            }
        }
    }
    Sample {
        caption: "A message waits for the answer before it"
        Told { story: Scene.Queued }
    }
    Sample {
        caption: "A message was refused"
        Told { story: Scene.Refused }
    }
    Sample {
        caption: "A message waits for the connection"
        Told { story: Scene.Unsent }
    }
    Sample {
        caption: "The answer failed"
        Told { story: Scene.Failed }
    }
    Sample {
        caption: "Right to left"
        Told { story: Scene.RightToLeft }
    }
    Sample {
        caption: "Words without an end"
        Told { story: Scene.LongWords }
    }
}
