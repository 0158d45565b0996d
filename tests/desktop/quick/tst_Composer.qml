import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Composer"

    property Scene scene

    Component {
        id: composers
        Composer {
            width: 600
            height: implicitHeight
            agents: test.scene.agents
            agent: "default"
            answering: false
            tallest: 200
        }
    }

    function makeComposer(properties = {}): var {
        scene = tell(Scene.Greeting);
        return make(composers, properties);
    }
    function type(text: string): void {
        for (const key of text)
            keyClick(key);
    }

    function test_enterSendsWhatIsWritten_data() {
        return [
            { tag: "Return", key: Qt.Key_Return },
            { tag: "Enter", key: Qt.Key_Enter }
        ];
    }
    function test_enterSendsWhatIsWritten(row) {
        const composer = makeComposer();
        const submitted = spy(composer, "submitted");
        composer.takeFocus();
        type("hello");
        keyClick(row.key);
        compare(said(submitted), ["hello"]);
        compare(composer.text, "hello"); // Whoever sends it takes it away.
        composer.clear();
        compare(composer.text, "");
    }
    function test_shiftEnterBreaksTheLine(): void {
        const composer = makeComposer();
        const submitted = spy(composer, "submitted");
        composer.takeFocus();
        type("a");
        keyClick(Qt.Key_Return, Qt.ShiftModifier);
        type("b");
        compare(submitted.count, 0);
        compare(composer.text, "a\nb");
    }
    function test_blanksAreNotSent(): void {
        const composer = makeComposer();
        const submitted = spy(composer, "submitted");
        composer.takeFocus();
        type("   ");
        keyClick(Qt.Key_Return);
        compare(submitted.count, 0);
        verify(!Probe.called(composer, "sendButton").enabled);
    }
    function test_everyLetterIsTold(): void {
        const composer = makeComposer();
        const written = spy(composer, "written");
        composer.takeFocus();
        type("ab");
        compare(written.count, 2);
        compare(written.signalArguments[1][0], "ab");
    }
    function test_draftIsPutInWithTheCursorBehindIt(): void {
        const composer = makeComposer();
        composer.write("Which");
        composer.takeFocus();
        type("?");
        compare(composer.text, "Which?");
    }
    function test_whatWasBegunElsewhereGoesOnHere(): void {
        const composer = makeComposer();
        composer.write("Which");
        composer.type("?");
        verify(Probe.called(composer, "composerInput").activeFocus);
        type("!");
        compare(composer.text, "Which?!");
        keyClick(Qt.Key_A, Qt.ControlModifier);
        composer.type("a");
        compare(composer.text, "a");
    }
    function test_emptyOneBringsBackWhatIsElsewhere(): void {
        const composer = makeComposer();
        const asked = spy(composer, "undoAsked");
        composer.takeFocus();
        keyClick(Qt.Key_Z, Qt.ControlModifier);
        compare(asked.count, 0);
        composer.undoable = true;
        keyClick(Qt.Key_Z, Qt.ControlModifier);
        compare(asked.count, 1);
        type("a");
        keyClick(Qt.Key_Z, Qt.ControlModifier);
        compare(asked.count, 1);
        compare(composer.text, "");
    }
    function test_sendTurnsIntoStop(): void {
        const composer = makeComposer();
        const stopped = spy(composer, "stopped");
        const submitted = spy(composer, "submitted");
        const button = Probe.called(composer, "sendButton");
        compare(Probe.nameOf(button), "Send");
        composer.answering = true;
        compare(Probe.nameOf(button), "Stop");
        mouseClick(button);
        compare(stopped.count, 1);
        composer.write("And then?");
        compare(Probe.nameOf(button), "Send");
        mouseClick(button);
        compare(said(submitted), ["And then?"]);
        compare(stopped.count, 1);
    }
    function test_rightButtonSendsNothing(): void {
        const composer = makeComposer();
        const submitted = spy(composer, "submitted");
        composer.write("hello");
        mouseClick(Probe.called(composer, "sendButton"), 20, 20, Qt.RightButton);
        compare(submitted.count, 0);
    }
    function test_escapeStops(): void {
        const composer = makeComposer();
        const stopped = spy(composer, "stopped");
        composer.takeFocus();
        keyClick(Qt.Key_Escape);
        compare(stopped.count, 0);
        composer.answering = true;
        composer.write("something");
        keyClick(Qt.Key_Escape);
        compare(stopped.count, 1);
    }
    function test_hasAMenu_data() {
        return [
            { tag: "by the right button", key: 0 },
            { tag: "by the menu key", key: Qt.Key_Menu },
            { tag: "by Shift+F10", key: Qt.Key_F10 }
        ];
    }
    function test_hasAMenu(row) {
        const composer = makeComposer();
        const input = Probe.called(composer, "composerInput");
        composer.write("Which river?");
        composer.takeFocus();
        input.select(0, 5);
        if (row.key === 0)
            mouseClick(input, 30, 20, Qt.RightButton);
        else
            keyClick(row.key, row.key === Qt.Key_F10 ? Qt.ShiftModifier : Qt.NoModifier);
        const items = () => Probe.all(composer.Window.contentItem, "RowMenuItem");
        tryVerify(() => items().length === 4);
        compare(input.selectedText, "Which");
        mouseClick(items().find(one => one.text === "Cut"));
        tryCompare(input, "text", " river?");
    }
    function test_tabWalksOn(): void {
        const composer = makeComposer();
        composer.write("hello");
        composer.takeFocus();
        keyClick(Qt.Key_Tab);
        compare(composer.Window.activeFocusItem.text, "default");
        keyClick(Qt.Key_Tab);
        compare(composer.Window.activeFocusItem.objectName, "sendButton");
        compare(composer.text, "hello");
    }
    function test_growsToItsLimit(): void {
        const composer = makeComposer();
        const height = composer.implicitHeight;
        composer.write("a\nb\nc");
        tryVerify(() => composer.implicitHeight > height);
        composer.write("line\n".repeat(50));
        tryCompare(composer, "implicitHeight", 200);
    }
    function test_textThatHasRoomDoesNotScroll(): void {
        const composer = makeComposer();
        const scroll = Probe.first(composer, "QQuickFlickable");
        compare(scroll.height, scroll.contentHeight);
        compare(scroll.contentY, 0);
    }
    function test_clickAnywhereWrites(): void {
        const composer = makeComposer();
        mouseClick(composer, 300, composer.height - 20);
        verify(Probe.called(composer, "composerInput").activeFocus);
        compare(composer.border.width, 2);
    }
    function test_agentIsChosen(): void {
        const composer = makeComposer();
        const chosen = spy(composer, "agentChosen");
        mouseClick(Probe.first(composer, "AgentButton"));
        const list = () => Probe.first(composer.Window.contentItem, "QQuickListView");
        tryVerify(() => list()?.itemAtIndex(1));
        mouseClick(list().itemAtIndex(1));
        compare(said(chosen), ["poet"]);
    }
    function test_hasAName(): void {
        const composer = makeComposer();
        compare(Probe.nameOf(Probe.called(composer, "composerInput")), "Message");
    }
    function test_fitsIntoANarrowWindow(): void {
        const composer = makeComposer({ agent: "an-agent-for-the-rivers-and-lakes" });
        verifyShows(composer, "Enter sends");
        composer.width = 300;
        verifyHides(composer, "Enter sends");
        verifyFits(composer);
        verifyBearsLargeText(composer, 300);
    }
}
