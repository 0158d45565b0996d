import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "EmptyState"

    Component {
        id: states
        EmptyState {
            width: 600
            suggestions: ["One", "Two", "Three", "Four"]
        }
    }

    function test_suggestionIsChosen(): void {
        const empty = make(states);
        const chosen = spy(empty, "chosen");
        mouseClick(Probe.called(empty, "suggestion2"));
        compare(said(chosen), ["Three"]);
    }
    function test_rightButtonSendsNothing(): void {
        const empty = make(states);
        const chosen = spy(empty, "chosen");
        mouseClick(Probe.called(empty, "suggestion2"), 20, 20, Qt.RightButton);
        compare(chosen.count, 0);
    }
    function test_keysGoThroughThem(): void {
        const empty = make(states);
        const chosen = spy(empty, "chosen");
        for (let i = 0; i < 4; ++i) {
            keyClick(Qt.Key_Tab);
            const item = Probe.called(empty, "suggestion" + i);
            verify(item.activeFocus);
            verify(hasRing(item));
        }
        keyClick(Qt.Key_Space);
        compare(said(chosen), ["Four"]);
    }
    function test_twoColumnsWhereThereIsRoom(): void {
        const empty = make(states);
        const y = index => Probe.called(empty, "suggestion" + index).y;
        compare(y(0), y(1));
        compare(Probe.called(empty, "suggestion0").width, Probe.called(empty, "suggestion1").width);
        verify(y(2) > y(1));
        empty.width = 400;
        tryVerify(() => y(1) > y(0));
        verifyFits(empty);
    }
    function test_isHeard(): void {
        const empty = make(states);
        const heading = Probe.first(empty, "QQuickText");
        compare(Probe.roleOf(heading), Accessible.Heading);
        compare(Probe.nameOf(heading), heading.text);
        compare(Probe.roleOf(Probe.called(empty, "suggestion0")), Accessible.Button);
        compare(Probe.nameOf(Probe.called(empty, "suggestion0")), "One");
    }
    function test_longSuggestionWraps(): void {
        const empty = make(states);
        empty.suggestions = ["What is the difference between TCP and UDP? ".repeat(4)];
        tryVerify(() => Probe.called(empty, "suggestion0").height > 64);
        verifyFits(empty);
        verifyBearsLargeText(empty, 300);
    }
    function test_neighboursAreAsHigh(): void {
        const empty = make(states);
        empty.suggestions = ["What is the difference between TCP and UDP? ".repeat(4), "Short"];
        tryVerify(() => Probe.called(empty, "suggestion0").height > 64);
        tryVerify(() => Probe.called(empty, "suggestion0").height === Probe.called(empty, "suggestion1").height);
    }
    function test_nothingToSuggest(): void {
        const empty = make(states);
        empty.suggestions = [];
        compare(Probe.called(empty, "suggestion0"), null);
        verify(Probe.first(empty, "QQuickText").visible);
    }
}
