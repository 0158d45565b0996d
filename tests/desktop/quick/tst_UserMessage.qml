import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "UserMessage"

    Component {
        id: messages
        UserMessage {
            width: 500
            content: "Which river is the longest?"
            time: "2 min ago"
            exactTime: "26 November 2026 13:24"
            status: MessageListModel.Taken
            problemText: ""
            problemCode: ""
            waitingText: ""
            version: 1
            versionCount: 1
            editing: false
            draft: ""
            connected: true
            last: false
            tallest: 200
        }
    }

    function test_bubbleStandsAtTheRight(): void {
        const message = make(messages);
        const bubble = Probe.first(message, "Bubble");
        compare(bubble.x + bubble.width, 500);
        verify(!bubble.waiting);
        message.content = "Which river? ".repeat(30);
        compare(bubble.width, 400);
        verifyFits(message);
    }
    function test_isCopied(): void {
        const message = make(messages, { last: true });
        const copied = spy(message, "copied");
        const button = Probe.called(message, "copyButton");
        compare(Probe.nameOf(button), "Copy message");
        mouseClick(button);
        compare(copied.count, 1);
        compare(Probe.nameOf(button), "Copied");
    }
    function test_editIsAskedFor(): void {
        const message = make(messages, { last: true });
        const begun = spy(message, "editBegun");
        const button = Probe.called(message, "editButton");
        mouseClick(button);
        compare(begun.count, 1);
        message.connected = false;
        verify(!button.enabled);
    }
    function test_editorTakesThePlaceOfTheBubble(): void {
        const message = make(messages);
        message.editWanted = true;
        message.draft = "Which lake?";
        message.editing = true;
        compare(Probe.first(message, "Bubble"), null);
        verify(Probe.called(message, "editorInput").activeFocus);
        const saved = spy(message, "editSaved");
        const edited = spy(message, "edited");
        keyClick("x");
        compare(said(edited), ["Which lake?x"]);
        keyClick(Qt.Key_Return);
        compare(said(saved), ["Which lake?x"]);
    }
    function test_cancelGivesTheKeyboardBack(): void {
        const message = make(messages);
        message.editWanted = true;
        message.editing = true;
        const cancelled = spy(message, "editCancelled");
        message.editCancelled.connect(() => message.editing = false);
        keyClick(Qt.Key_Escape);
        compare(cancelled.count, 1);
        verify(Probe.called(message, "editButton").activeFocus);
    }
    function test_editorThatComesIntoSightLeavesTheKeyboard(): void {
        const message = make(messages, { editing: true, draft: "Which lake?" });
        verify(!Probe.called(message, "editorInput").activeFocus);
    }
    function test_waitingSaysForWhat(): void {
        const message = make(messages, { status: MessageListModel.Pending, waitingText: "Waits for the answer above" });
        verify(Probe.first(message, "Bubble").waiting);
        verifyShows(message, "Waits for the answer above");
        compare(Probe.called(message, "editButton"), null);
        compare(Probe.called(message, "withdrawButton"), null);
        message.connected = false;
        const discarded = spy(message, "discarded");
        waitForItemPolished(message);
        mouseClick(Probe.called(message, "withdrawButton"));
        compare(discarded.count, 1);
    }
    function test_refusedSaysWhy(): void {
        const message = make(messages, { status: MessageListModel.Refused, problemText: "It is too long.", problemCode: "message_too_large" });
        const retried = spy(message, "retried");
        const discarded = spy(message, "discarded");
        verifyShows(message, "It is too long.");
        waitForItemPolished(message);
        mouseClick(Probe.called(message, "retryButton"));
        mouseClick(Probe.all(message, "TextButton").find(one => one.text === "Discard"));
        compare(retried.count, 1);
        compare(discarded.count, 1);
    }
    function test_actionsAreQuietUntilSomebodyAttends(): void {
        const message = make(messages);
        const button = Probe.called(message, "editButton");
        compare(button.opacity, 0);
        mouseMove(message, 450, 10);
        tryCompare(button, "opacity", 1);
        mouseMove(test, test.width - 1, test.height - 1);
        tryCompare(button, "opacity", 0);
        Theme.touch = true;
        compare(button.opacity, 1);
    }
    function test_versionsAreStepped(): void {
        const message = make(messages, { last: true, version: 1, versionCount: 2 });
        const stepped = spy(message, "versionStepped");
        waitForItemPolished(message);
        mouseClick(Probe.called(message, "nextVersion"));
        compare(said(stepped), [1, false]);
        message.focusVersions();
        verify(Probe.called(message, "nextVersion").activeFocus);
    }
    function test_timeIsExactUnderThePointer(): void {
        const message = make(messages);
        const time = Probe.all(message, "QQuickText").find(one => one.text === "2 min ago");
        mouseMove(time);
        tryCompare(time, "text", "26 November 2026 13:24");
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(messages, { last: true, versionCount: 3, version: 2 }), 320);
    }
}
