import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SourceLine"

    Component {
        id: lines
        SourceLine {
            width: 500
            index: 0
            title: "List of rivers"
            host: "en.wikipedia.org"
            url: "https://en.wikipedia.org/wiki/Rivers"
        }
    }

    function link(line: Item): var {
        return Probe.called(line, "sourceLink");
    }

    function test_isFollowed_data() {
        return [
            { tag: "Return", key: Qt.Key_Return },
            { tag: "Enter", key: Qt.Key_Enter },
            { tag: "Space", key: Qt.Key_Space },
            { tag: "a click", key: 0 }
        ];
    }
    function test_isFollowed(row) {
        const line = make(lines);
        const followed = spy(line, "linkFollowed");
        if (row.key === 0) {
            mouseClick(link(line));
        } else {
            tabTo(link(line));
            verify(hasRing(line));
            keyClick(row.key);
        }
        tryCompare(followed, "count", 1);
        compare(said(followed), ["https://en.wikipedia.org/wiki/Rivers"]);
        compare(Probe.opened, []);
    }
    function test_whatMayNotBeOpenedIsNoLink(): void {
        const line = make(lines, { url: "", host: "" });
        const followed = spy(line, "linkFollowed");
        mouseClick(link(line));
        keyClick(Qt.Key_Tab);
        verify(!link(line).activeFocus);
        compare(followed.count, 0);
        compare(Probe.roleOf(link(line)), Accessible.StaticText);
        verify(!link(line).font.underline);
    }
    function test_isHeardAsALink(): void {
        const line = make(lines);
        compare(Probe.roleOf(link(line)), Accessible.Link);
        compare(Probe.nameOf(link(line)), "List of rivers");
        compare(Probe.descriptionOf(link(line)), "en.wikipedia.org");
        const followed = spy(line, "linkFollowed");
        Probe.press(link(line));
        tryCompare(followed, "count", 1);
    }
    function test_ringDoesNotStandOnTheHost(): void {
        const line = make(lines);
        tabTo(link(line));
        const ring = Probe.first(line, "FocusRing");
        const host = Probe.all(line, "QQuickText").find(one => one.text === "en.wikipedia.org");
        verify(ring.mapToItem(line, ring.width, 0).x <= host.mapToItem(line, 0, 0).x);
    }
    function test_numberCountsFromOne(): void {
        const line = make(lines);
        verifyShows(line, "1.");
        line.index = 9;
        verifyShows(line, "10.");
    }
    function test_longTitleWrapsInItsColumn(): void {
        const line = make(lines, { title: "A page whose title is long ".repeat(6), host: "a-host-".repeat(20) });
        tryVerify(() => link(line).lineCount > 1);
        verifyFits(line);
        verifyBearsLargeText(line, 300);
    }
}
