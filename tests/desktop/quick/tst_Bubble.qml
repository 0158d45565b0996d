import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Bubble"

    Component {
        id: bubbles
        Bubble {
            content: "Which river is the longest?"
            waiting: false
            widest: 400
        }
    }

    function test_isAsWideAsItsTextAndNoWiderThanMayBe(): void {
        const bubble = make(bubbles);
        verify(bubble.width < 400);
        const height = bubble.height;
        bubble.content = "Which river is the longest? ".repeat(10);
        compare(bubble.width, 400);
        tryVerify(() => bubble.height > height * 2);
        bubble.content = "x".repeat(300);
        compare(bubble.width, 400);
        verifyFits(bubble);
    }
    function test_whatWaitsHasAnOutline(): void {
        const bubble = make(bubbles);
        compare(bubble.color, Theme.bubble);
        compare(bubble.border.width, 0);
        bubble.waiting = true;
        compare(bubble.color.a, 0);
        compare(bubble.border.width, 1);
    }
    function test_saysWhoSaidWhat(): void {
        const bubble = make(bubbles);
        const words = Probe.first(bubble, "QQuickTextEdit");
        compare(Probe.nameOf(words), "You: Which river is the longest?");
        bubble.waiting = true;
        compare(Probe.nameOf(words), "You, not answered yet: Which river is the longest?");
    }
    function test_textStandsAsItWasWritten(): void {
        const bubble = make(bubbles, { content: "<b>a</b>  &amp;\n\n  b" });
        verifyShows(bubble, "<b>a</b>  &amp;\n\n  b");
    }
    function test_isSelectedAndNotWritten(): void {
        const bubble = make(bubbles);
        const words = Probe.first(bubble, "QQuickTextEdit");
        mouseDoubleClickSequence(words, 40, words.height / 2);
        verify(words.selectedText !== "");
        keyClick("x");
        verifyShows(bubble, "Which river is the longest?");
    }
    function test_rightToLeftBeginsAtTheRight(): void {
        const bubble = make(bubbles, { content: "ما هو أطول نهر في العالم؟\nWhich?", widest: 300 });
        const words = Probe.first(bubble, "QQuickTextEdit");
        verify(words.positionToRectangle(0).x > bubble.width / 2);
    }
}
