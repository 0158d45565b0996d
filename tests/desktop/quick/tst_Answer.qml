import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Answer"

    property Scene scene

    Component {
        id: answers
        Answer {
            x: Theme.space16
            width: 560
            blocks: test.scene.slice
            tools: test.scene.tools
            sources: test.scene.sources
            beginning: true
            ending: true
            agentsText: ""
            thoughts: ""
            thoughtsTitle: ""
            agent: "default"
            time: "2 min ago"
            exactTime: "26 November 2026 13:24"
            status: MessageListModel.Done
            problemText: ""
            problemCode: ""
            retryText: ""
            outcomeText: ""
            waitingText: ""
            continuable: false
            asked: false
            details: "gemini-flash-latest · 168 tokens"
            version: 1
            versionCount: 1
            connected: true
            answering: false
            last: true
            otherPartTouched: false
        }
    }

    function makeAnswer(story: int, properties = {}): var {
        scene = tell(story);
        return make(answers, properties);
    }
    function button(answer: Item, name: string): var {
        return Probe.all(answer, "IconButton").find(one => one.name === name) ?? null;
    }

    function test_showsItsBlocks(): void {
        const answer = makeAnswer(Scene.Rich);
        compare(Probe.all(answer, "AnswerBlock").length, scene.slice.count);
        verifyShows(answer, "What a stream is");
        verifyShows(answer, "default");
        verifyFits(test); // Its buttons stand a little to the left of it, where the column has a margin.
    }
    function test_pulsesBeforeTheFirstWord(): void {
        const answer = makeAnswer(Scene.Pending, { status: MessageListModel.Running });
        verify(Probe.first(answer, "WaitingPulse"));
        verifyShows(answer, "default is answering");
        compare(Probe.first(answer, "AnswerActions"), null);
        answer.retryText = "The model is busy. Trying again in 4 s.";
        compare(Probe.first(answer, "WaitingPulse"), null);
        verifyShows(answer, "The model is busy.");
    }
    function test_actionsAreSaid(): void {
        const answer = makeAnswer(Scene.Plain);
        const copied = spy(answer, "copied");
        const regenerated = spy(answer, "regenerated");
        mouseClick(button(answer, "Copy answer"));
        mouseClick(button(answer, "Regenerate answer"));
        compare(copied.count, 1);
        compare(regenerated.count, 1);
    }
    function test_actionsAreQuietUntilSomebodyAttends(): void {
        const answer = makeAnswer(Scene.Plain, { last: false });
        const actions = Probe.first(answer, "AnswerActions");
        compare(actions.opacity, 0);
        mouseMove(answer, 20, 20);
        tryCompare(actions, "opacity", 1);
        verify(answer.touched);
        verifyShows(answer, "168 tokens");
        mouseMove(test, test.width - 1, test.height - 1);
        tryCompare(actions, "opacity", 0);
        tabTo(button(answer, "Copy answer"));
        compare(actions.opacity, 1);
    }
    function test_whatWasAskedForIsNotAskedTwice(): void {
        const answer = makeAnswer(Scene.Plain, { asked: true, waitingText: "Asking again" });
        verify(!button(answer, "Regenerate answer").enabled);
        verifyShows(answer, "Asking again");
        answer.asked = false;
        verify(button(answer, "Regenerate answer").enabled);
        answer.connected = false;
        verify(!button(answer, "Regenerate answer").enabled);
    }
    function test_failedOffersRetry(): void {
        const answer = makeAnswer(Scene.Failed, { status: MessageListModel.Failed, problemText: "The model is busy.", problemCode: "model_overloaded" });
        const regenerated = spy(answer, "regenerated");
        verifyShows(answer, "The model is busy.");
        mouseClick(Probe.called(answer, "retryButton"));
        compare(regenerated.count, 1);
        compare(button(answer, "Regenerate answer"), null);
    }
    function test_stoppedGoesOn(): void {
        const answer = makeAnswer(Scene.Stopped, { status: MessageListModel.Stopped, outcomeText: "Stopped", continuable: true });
        const continued = spy(answer, "continued");
        verifyShows(answer, "Stopped");
        mouseClick(Probe.called(answer, "continueButton"));
        compare(continued.count, 1);
        answer.answering = true;
        verify(!Probe.called(answer, "continueButton").enabled);
    }
    function test_versionsAreStepped(): void {
        const answer = makeAnswer(Scene.Plain, { version: 2, versionCount: 2 });
        const stepped = spy(answer, "versionStepped");
        mouseClick(Probe.called(answer, "previousVersion"));
        compare(said(stepped), [-1, false]);
        answer.focusVersions();
        verify(Probe.called(answer, "previousVersion").activeFocus);
    }
    function test_toolIsDecided(): void {
        const answer = makeAnswer(Scene.Asking, { status: MessageListModel.Running });
        const decided = spy(answer, "toolDecided");
        compare(Probe.all(answer, "ToolCard").length, 1);
        compare(Probe.first(answer, "WaitingPulse"), null);
        mouseClick(Probe.called(answer, "denyButton"));
        compare(said(decided), ["c4", ChatSession.Deny]);
    }
    function test_partsShowWhatIsTheirs(): void {
        const answer = makeAnswer(Scene.Sources, { thoughts: "Two rivers.", thoughtsTitle: "Thought for 6 s", agentsText: "default → critic" });
        verifyShows(answer, "Thought for 6 s");
        verifyShows(answer, "default → critic");
        verify(Probe.first(answer, "SourcesList"));
        answer.beginning = false;
        verifyHides(answer, "Thought for 6 s");
        verifyHides(answer, "default → critic");
        compare(Probe.first(answer, "AnswerHead"), null);
        answer.ending = false;
        compare(Probe.first(answer, "SourcesList"), null);
        compare(Probe.first(answer, "AnswerActions"), null);
    }
    function test_codeIsCopied(): void {
        const answer = makeAnswer(Scene.Rich);
        const copied = spy(answer, "codeCopied");
        mouseClick(button(answer, "Copy code"));
        verify(said(copied)[0].startsWith("#include <iostream>"));
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        const answer = makeAnswer(Scene.Rich, { width: 300 });
        verifyFits(test);
        verify(answer.height > 300);
    }
}
