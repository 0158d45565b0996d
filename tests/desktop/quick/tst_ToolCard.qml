import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ToolCard"

    property Scene scene

    Component {
        id: stacks
        Column {
            id: stack
            width: 560
            spacing: 8
            property bool connected: true
            property Repeater cards: cards
            Repeater {
                id: cards
                model: test.scene.tools
                ToolCard {
                    width: stack.width
                    connected: stack.connected
                }
            }
        }
    }

    function makeStack(story: int): var {
        scene = tell(story);
        const stack = make(stacks);
        compare(stack.cards.count, scene.tools.count);
        return stack;
    }
    function head(card: var): var {
        return Probe.called(card, "toolHead");
    }

    function test_statesCanBeToldApart(): void {
        const stack = makeStack(Scene.Tools);
        const states = [];
        for (let i = 0; i < 5; ++i) {
            const card = stack.cards.itemAt(i);
            states.push(card.stage);
            compare(Probe.roleOf(card), Accessible.Grouping);
            compare(Probe.nameOf(card), "Tool " + card.tool + ", " + card.stageText);
            compare(card.border.color, card.stage === ToolListModel.Waiting ? Theme.accent : Theme.hairline);
            compare(Probe.first(card, "ToolAsk") !== null, card.stage === ToolListModel.Waiting);
        }
        compare(states.sort(), [ToolListModel.Waiting, ToolListModel.Running, ToolListModel.Done, ToolListModel.Failed, ToolListModel.Unfinished].sort());
        verifyFits(stack);
    }
    function test_opensToInputAndOutput(): void {
        const card = makeStack(Scene.Tools).cards.itemAt(0);
        const height = card.implicitHeight;
        compare(Probe.first(card, "ToolText"), null);
        mouseClick(head(card));
        compare(Probe.all(card, "ToolText").length, 2);
        verifyShows(card, "The Nile, 6,650 km.");
        tryVerify(() => card.implicitHeight > height);
        tabTo(head(card));
        keyClick(Qt.Key_Space);
        compare(Probe.first(card, "ToolText"), null);
    }
    function test_failedSaysWhy(): void {
        const card = makeStack(Scene.Tools).cards.itemAt(1);
        verifyShows(card, "The server of the maps did not answer within 10 s.");
        mouseClick(head(card));
        verifyShows(card, "Error");
    }
    function test_decisionIsSaid(): void {
        const card = makeStack(Scene.Asking).cards.itemAt(0);
        const made = spy(card, "decisionMade");
        const allow = Probe.called(card, "allowButton");
        tabTo(allow);
        keyClick(Qt.Key_Space);
        compare(said(made), ["c4", ChatSession.Allow]);
        verify(head(card).activeFocus);
    }
    function test_mouseLeavesTheKeyboard(): void {
        const stack = makeStack(Scene.Asking);
        const card = stack.cards.itemAt(0);
        mouseClick(Probe.called(card, "denyButton"));
        verify(!head(card).activeFocus);
    }
    function test_withoutAConnectionNothingIsDecided(): void {
        const stack = makeStack(Scene.Asking);
        stack.connected = false;
        verify(!Probe.called(stack, "allowButton").enabled);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(makeStack(Scene.Tools), 320);
    }
}
