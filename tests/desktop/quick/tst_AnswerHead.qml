import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AnswerHead"

    Component {
        id: heads
        AnswerHead {
            width: 500
            agent: "default"
            time: "2 min ago"
            exactTime: "26 November 2026 13:24"
            details: "gemini-flash-latest · 168 tokens"
            attended: false
        }
    }

    function test_detailsAreForWhoeverAttends(): void {
        const head = make(heads);
        verifyShows(head, "2 min ago");
        verifyHides(head, "168 tokens");
        head.attended = true;
        verifyShows(head, "168 tokens");
        verifyShows(head, "26 November 2026 13:24");
        verifyHides(head, "2 min ago");
    }
    function test_isHeardInOnePiece(): void {
        const head = make(heads);
        const name = Probe.first(head, "QQuickText");
        compare(Probe.nameOf(name), "Answer of default, 2 min ago");
        compare(Probe.descriptionOf(name), "gemini-flash-latest · 168 tokens");
    }
    function test_longNameTakesHalf(): void {
        const head = make(heads, { agent: "an-agent-for-the-rivers-".repeat(6) });
        const name = Probe.first(head, "QQuickText");
        compare(name.width, 250);
        verify(name.truncated);
        head.width = 200;
        verifyFits(head);
    }
    function test_heightStaysWhenSomebodyAttends(): void {
        const head = make(heads, { width: 160 });
        const height = head.implicitHeight;
        head.attended = true;
        compare(head.implicitHeight, height);
        verifyBearsLargeText(head, 200);
    }
}
