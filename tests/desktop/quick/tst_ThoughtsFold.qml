import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ThoughtsFold"

    Component {
        id: folds
        ThoughtsFold {
            x: 20
            width: 400
            title: "Thought for 6 s"
            thoughts: "Two rivers may be meant."
        }
    }

    function head(fold: Item): var {
        return Probe.first(fold, "QQuickAbstractButton");
    }

    function test_opensAndCloses(): void {
        const fold = make(folds);
        const height = fold.implicitHeight;
        verifyHides(fold, "Two rivers");
        mouseClick(head(fold));
        verify(fold.open);
        verifyShows(fold, "Two rivers may be meant.");
        tryVerify(() => fold.implicitHeight > height);
        tabTo(head(fold));
        verify(hasRing(fold));
        keyClick(Qt.Key_Space);
        verify(!fold.open);
        verifyHides(fold, "Two rivers");
    }
    function test_rightButtonDoesNotOpen(): void {
        const fold = make(folds);
        mouseClick(head(fold), 8, 8, Qt.RightButton);
        verify(!fold.open);
    }
    function test_isHeard(): void {
        const fold = make(folds);
        compare(Probe.roleOf(head(fold)), Accessible.Button);
        compare(Probe.nameOf(head(fold)), "Show thoughts");
        compare(Probe.descriptionOf(head(fold)), "Thought for 6 s");
        fold.open = true;
        compare(Probe.nameOf(head(fold)), "Hide thoughts");
    }
    function test_titleFollows(): void {
        const fold = make(folds, { title: "Thinking" });
        verifyShows(fold, "Thinking");
        fold.title = "Thought for 6 s";
        verifyShows(fold, "Thought for 6 s");
    }
    function test_thoughtsThatComeAreShown(): void {
        const fold = make(folds, { open: true });
        fold.thoughts += " Or three.";
        verifyShows(fold, "Two rivers may be meant. Or three.");
    }
    function test_thoughtsAreTextAndNoMore(): void {
        const fold = make(folds, { open: true, thoughts: "<b>x</b>" });
        const text = Probe.first(fold, "QQuickTextEdit");
        compare(text.getText(0, text.length), "<b>x</b>");
        mouseClick(text, 4, 8);
        keyClick("y");
        compare(text.getText(0, text.length), "<b>x</b>");
    }
    function test_bearsLargeText(): void {
        const fold = make(folds, { open: true, thoughts: "word ".repeat(60) });
        Theme.textScale = 2;
        fold.width = 280;
        tryVerify(() => Probe.first(fold, "QQuickTextEdit").lineCount > 5);
        verify(Probe.first(fold, "QQuickTextEdit").width <= 280);
    }
}
