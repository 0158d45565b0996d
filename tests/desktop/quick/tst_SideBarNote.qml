import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SideBarNote"

    Component {
        id: notes
        SideBarNote {
            width: 260
            note: "What you ask is listed here."
            problem: ""
        }
    }

    function test_nothingToSayTakesNoRoom(): void {
        const note = make(notes);
        verify(note.height > 0);
        note.note = "";
        verify(!note.visible);
        compare(note.height, 0);
    }
    function test_problemIsWorthMoreThanANote(): void {
        const note = make(notes);
        compare(Probe.first(note, "TextButton"), null);
        note.problem = "The server did not answer.";
        verifyShows(note, "The server did not answer.");
        verifyHides(note, "listed here");
    }
    function test_isTriedAgain(): void {
        const note = make(notes, { problem: "The server did not answer." });
        const retried = spy(note, "retried");
        const button = Probe.first(note, "TextButton");
        waitForItemPolished(note);
        mouseClick(button);
        tabTo(button);
        keyClick(Qt.Key_Space);
        compare(retried.count, 2);
    }
    function test_wraps(): void {
        const note = make(notes, { problem: "The list could not be read: the server did not answer within 10 s." });
        waitForItemPolished(note);
        verify(Probe.first(note, "QQuickText").lineCount > 1);
        verifyFits(note);
        verifyBearsLargeText(note, 280);
    }
}
