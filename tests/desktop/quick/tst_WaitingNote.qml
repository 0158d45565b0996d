import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "WaitingNote"

    Component {
        id: notes
        WaitingNote {
            words: "Waits for the answer above"
            widest: 400
        }
    }

    function test_isAsWideAsItsWords(): void {
        const note = make(notes);
        verifyShows(note, "Waits for the answer above");
        verify(note.implicitWidth < 400);
        verify(Probe.first(note, "Icon"));
        compare(Probe.first(note, "Icon").name, "clock");
    }
    function test_wrapsWhereItHasNoRoom(): void {
        const note = make(notes);
        const height = note.implicitHeight;
        note.widest = 100;
        tryVerify(() => note.implicitHeight > height);
        verify(note.implicitWidth <= 100);
        verifyFits(note);
    }
    function test_largeTextWraps(): void {
        const note = make(notes, { widest: 240 });
        Theme.textScale = 2;
        tryVerify(() => note.implicitHeight > Theme.line12);
        verify(note.implicitWidth <= 240);
    }
    function test_wordsFollow(): void {
        const note = make(notes);
        note.words = "Sending your edit";
        verifyShows(note, "Sending your edit");
        verifyHides(note, "Waits");
    }
}
