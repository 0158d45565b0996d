import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "MessageDelegate"

    property Scene scene

    Component {
        id: talks
        Column {
            id: talk
            width: 560
            property int columnWidth: 500
            property Repeater rows: rows
            Repeater {
                id: rows
                model: test.scene.session.rows

                MessageDelegate {
                    width: talk.width
                    session: test.scene.session
                    columnWidth: talk.columnWidth
                    tallestEditor: 200
                    touchedRow: null
                }
            }
        }
    }

    function makeTalk(story: int): var {
        scene = tell(story);
        const talk = make(talks);
        compare(talk.rows.count, scene.session.rows.count);
        return talk;
    }

    function test_personAndModelHaveTheirOwn(): void {
        const talk = makeTalk(Scene.Plain);
        verify(Probe.first(talk.rows.itemAt(0), "UserMessage"));
        compare(Probe.first(talk.rows.itemAt(0), "Answer"), null);
        verify(Probe.first(talk.rows.itemAt(1), "Answer"));
        compare(Probe.first(talk.rows.itemAt(1), "UserMessage"), null);
        verify(!talk.rows.itemAt(0).last);
        verify(talk.rows.itemAt(1).last);
        verifyFits(talk);
    }
    function test_columnStandsInTheMiddle(): void {
        const talk = makeTalk(Scene.Plain);
        const answer = Probe.first(talk.rows.itemAt(1), "Answer");
        compare(answer.width, 500);
        compare(answer.mapToItem(talk, 0, 0).x, 30);
        talk.columnWidth = 300;
        compare(answer.width, 300);
    }
    function test_textThatComesIsShown(): void {
        const talk = makeTalk(Scene.Streaming);
        scene.write(" the very longest.");
        tryVerify(() => Probe.texts(talk).some(one => one.includes("the very longest.")));
        const height = talk.rows.itemAt(1).implicitHeight;
        scene.finish();
        tryVerify(() => Probe.first(talk, "AnswerActions") !== null);
        tryVerify(() => talk.rows.itemAt(1).implicitHeight > height);
    }
    function test_regenerates(): void {
        const talk = makeTalk(Scene.Plain);
        const done = spy(talk.rows.itemAt(1), "done");
        mouseClick(Probe.called(talk, "regenerateButton"));
        compare(done.count, 1);
        tryVerify(() => scene.heard.includes("regenerate m1"));
    }
    function test_goesOn(): void {
        const talk = makeTalk(Scene.Stopped);
        const done = spy(talk.rows.itemAt(1), "done");
        mouseClick(Probe.called(talk, "continueButton"));
        compare(done.count, 1);
        tryVerify(() => scene.heard.includes("continue m2"));
    }
    function test_edits(): void {
        const talk = makeTalk(Scene.Plain);
        const row = talk.rows.itemAt(0);
        const done = spy(row, "done");
        mouseClick(Probe.called(row, "editButton"));
        tryVerify(() => Probe.called(row, "editorInput")?.activeFocus);
        keyClick("x");
        keyClick(Qt.Key_Return);
        compare(done.count, 1);
        tryVerify(() => scene.heard.includes("edit m1 Which river is the longest?x"));
    }
    function test_stepsThroughVersions(): void {
        const talk = makeTalk(Scene.Versions);
        const stepped = spy(talk.rows.itemAt(1), "versionStepped");
        verifyShows(talk, "2 / 2");
        mouseClick(Probe.called(talk, "previousVersion"));
        compare(said(stepped), [false]);
        tryVerify(() => scene.heard.includes("select m2"));
    }
    function test_decidesAboutATool(): void {
        const talk = makeTalk(Scene.Asking);
        mouseClick(Probe.called(talk, "allowButton"));
        tryVerify(() => scene.heard.includes("decide c4 allow"));
    }
    function test_copies(): void {
        const talk = makeTalk(Scene.Plain);
        Probe.clearClipboard();
        mouseClick(Probe.all(talk, "IconButton").find(one => one.name === "Copy answer"));
        compare(Probe.clipboard(), "The Nile, with 6,650 km; the Amazon comes close.");
    }
    function test_refusedIsDiscarded(): void {
        const talk = makeTalk(Scene.Refused);
        compare(talk.rows.count, 3);
        verifyShows(talk, "The message has 70,120 bytes");
        mouseClick(Probe.all(talk, "TextButton").find(one => one.text === "Discard"));
        tryCompare(talk.rows, "count", 2);
    }
    function test_unsentIsTakenBack(): void {
        const talk = makeTalk(Scene.Unsent);
        compare(talk.rows.count, 3);
        mouseClick(Probe.called(talk, "withdrawButton"));
        tryCompare(talk.rows, "count", 2);
    }
    function test_pointerIsTold(): void {
        const talk = makeTalk(Scene.Plain);
        const touched = spy(talk.rows.itemAt(1), "touched");
        mouseMove(talk.rows.itemAt(1), 100, 20);
        tryCompare(touched, "count", 1);
        compare(touched.signalArguments[0][0], true);
    }
}
