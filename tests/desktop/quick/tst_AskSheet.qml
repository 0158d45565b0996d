import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AskSheet"

    Component {
        id: rooms
        Item {
            id: room
            property alias sheet: sheet
            property int tall: 40
            width: 640
            height: 480
            AskSheet {
                id: sheet
                title: "Open it?"
                answers: [
                    TextButton {
                        objectName: "yes"
                        text: "Open"
                    },
                    TextButton {
                        objectName: "no"
                        text: "Cancel"
                    }
                ]
                Item {
                    width: 100
                    height: room.tall
                }
            }
        }
    }

    function open(properties = {}): var {
        const room = make(rooms, properties);
        room.sheet.open();
        tryVerify(() => room.sheet.opened);
        return room.sheet;
    }

    function test_answersAreAlwaysThere_data() {
        return [{ tag: "little to know", tall: 40 }, { tag: "more than fits", tall: 4000 }];
    }
    function test_answersAreAlwaysThere(row) {
        const sheet = open({ tall: row.tall });
        for (const name of ["yes", "no"]) {
            const answer = Probe.called(sheet.contentItem, name);
            const bottom = answer.mapToItem(sheet.contentItem, 0, answer.height).y;
            verify(bottom <= sheet.contentItem.height, name + " ends at " + bottom);
        }
        verify(sheet.height <= test.Window.contentItem.height);
    }
    function test_firstAnswerStandsAtTheEnd(): void {
        const sheet = open();
        verify(Probe.called(sheet.contentItem, "yes").x > Probe.called(sheet.contentItem, "no").x);
    }
    function test_titleIsAHeading(): void {
        const sheet = open();
        const title = Probe.all(sheet.contentItem, "QQuickText").find(one => one.text === "Open it?");
        compare(Probe.roleOf(title), Accessible.Heading);
    }
}
