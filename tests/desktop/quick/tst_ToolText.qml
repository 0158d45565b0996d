import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ToolText"

    Component {
        id: texts
        ToolText {
            width: 400
            title: "Output"
            content: "The Nile."
            note: ""
            tool: "search"
        }
    }

    function area(part: Item): var {
        return Probe.first(part, "QQuickFlickable");
    }

    function test_showsItAsItStands(): void {
        const part = make(texts, { content: "<b>x</b>\n  y" });
        const text = Probe.first(part, "QQuickTextEdit");
        compare(text.getText(0, text.length), "<b>x</b>\n  y");
        verifyShows(part, "Output");
        compare(Probe.nameOf(area(part)), "Output of search");
        mouseClick(text, 14, 14);
        keyClick("z");
        compare(text.getText(0, text.length), "<b>x</b>\n  y");
    }
    function test_longOneScrollsInItsFrame(): void {
        const part = make(texts, { content: "line\n".repeat(100) });
        compare(area(part).height, 10 * Theme.line14 + Theme.space16);
        tabTo(area(part));
        verify(hasRing(part));
        keyClick(Qt.Key_Down);
        compare(area(part).contentY, Theme.scrollStep);
        keyClick(Qt.Key_Up);
        keyClick(Qt.Key_Up);
        compare(area(part).contentY, 0);
        keyClick(Qt.Key_PageDown);
        compare(area(part).contentY, 0.9 * area(part).height);
    }
    function test_shortOneIsNoStop(): void {
        const part = make(texts);
        verify(!area(part).interactive);
        verify(!area(part).activeFocusOnTab);
        verify(area(part).height < 60);
    }
    function test_nothingHasNoFrame(): void {
        const part = make(texts, { content: "", note: "The tool said nothing." });
        compare(area(part), null);
        verifyShows(part, "The tool said nothing.");
        part.note = "";
        verifyHides(part, "nothing");
    }
    function test_longWordWraps(): void {
        const part = make(texts, { content: "x".repeat(300) });
        verifyFits(part);
        verifyBearsLargeText(part, 280);
    }
}
