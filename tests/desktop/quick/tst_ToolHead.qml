import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ToolHead"

    Component {
        id: heads
        ToolHead {
            width: 600
            tool: "search"
            preview: "{\"query\":\"rivers\"}"
            failure: ""
            stage: ToolListModel.Done
            stageText: "Done"
            duration: "231 ms"
            summary: "Done in 231 ms"
            open: false
            radius: Theme.radiusCard
        }
    }

    function test_saysWhatAndHowFar(): void {
        const head = make(heads);
        verifyShows(head, "search");
        verifyShows(head, "{\"query\":\"rivers\"}");
        verifyShows(head, "Done  ·  231 ms");
        head.duration = "";
        verifyHides(head, "·");
        verifyFits(head);
    }
    function test_isClicked(): void {
        const head = make(heads);
        const clicked = spy(head, "clicked");
        mouseClick(head);
        tabTo(head);
        verify(hasRing(head));
        keyClick(Qt.Key_Space);
        compare(clicked.count, 2);
    }
    function test_onlyTheLeftButtonClicks(): void {
        const head = make(heads);
        const clicked = spy(head, "clicked");
        mouseClick(head, 8, 8, Qt.RightButton);
        compare(clicked.count, 0);
    }
    function test_isHeard(): void {
        const head = make(heads);
        compare(Probe.roleOf(head), Accessible.Button);
        compare(Probe.nameOf(head), "Show details of search");
        compare(Probe.descriptionOf(head), "Done in 231 ms");
        head.open = true;
        compare(Probe.nameOf(head), "Hide details of search");
    }
    function test_failureStandsBelowUntilItIsOpen(): void {
        const head = make(heads);
        const height = head.implicitHeight;
        head.failure = "The server of the maps did not answer.";
        verifyShows(head, "did not answer");
        tryVerify(() => head.implicitHeight > height);
        head.open = true;
        verifyHides(head, "did not answer");
    }
    function test_whatIsDecidedAboutIsReadWhole(): void {
        const args = "{\"path\":\"" + "/home/me/notes".repeat(20) + "\"}";
        const head = make(heads, { preview: args });
        const preview = () => Probe.all(head, "QQuickText").find(one => one.text === args);
        verify(preview().truncated);
        head.stage = ToolListModel.Waiting;
        tryVerify(() => !preview().truncated);
        verify(preview().lineCount > 1);
        verifyFits(head);
    }
    function test_argumentsHaveALineOfTheirOwnWhereItIsNarrow(): void {
        const head = make(heads);
        const height = head.implicitHeight;
        head.width = 300;
        tryVerify(() => head.implicitHeight > height);
        verifyFits(head);
        head.tool = "fetch_page_with_a_rather_long_name";
        verifyFits(head);
        verifyBearsLargeText(head, 300);
    }
}
