import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "HeaderBar"

    Component {
        id: bars
        HeaderBar {
            width: 640
            title: "Rivers of Europe"
            connection: ChatSession.Connected
            connectionText: "Connected"
            theme: Theme.Light
        }
    }

    function button(bar: var, name: string): var {
        return Probe.all(bar, "IconButton").find(one => one.name === name) ?? null;
    }

    function test_buttonsAreSaid(): void {
        const bar = make(bars);
        const sideBar = spy(bar, "sideBarAsked");
        const newChat = spy(bar, "newChatAsked");
        waitForItemPolished(bar);
        mouseClick(button(bar, "Conversations"));
        mouseClick(button(bar, "New chat"));
        compare(sideBar.count, 1);
        compare(newChat.count, 1);
    }
    function test_themeGoesRound_data() {
        return [
            { tag: "from the system's to light", theme: 0, next: 1 },
            { tag: "from light to dark", theme: 1, next: 2 },
            { tag: "from dark to the system's", theme: 2, next: 0 }
        ];
    }
    function test_themeGoesRound(row) {
        const bar = make(bars, { theme: row.theme });
        const chosen = spy(bar, "themeChosen");
        waitForItemPolished(bar);
        mouseClick(Probe.called(bar, "themeButton"));
        compare(said(chosen), [row.next]);
    }
    function test_tabGoesThroughTheButtons(): void {
        const bar = make(bars);
        waitForItemPolished(bar);
        const names = [];
        for (let i = 0; i < 3; ++i) {
            keyClick(Qt.Key_Tab);
            names.push(bar.Window.activeFocusItem.text);
        }
        compare(names, ["Conversations", "New chat", "Theme: light"]);
    }
    // As the rules for the web reckon it.
    function luminance(colour: color): real {
        const part = value => value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        return 0.2126 * part(colour.r) + 0.7152 * part(colour.g) + 0.0722 * part(colour.b);
    }
    function test_ringIsSeenOnItsGround_data() {
        return [
            { tag: "light", preference: Theme.Light, contrast: Theme.Normal },
            { tag: "light, high contrast", preference: Theme.Light, contrast: Theme.High },
            { tag: "dark", preference: Theme.Dark, contrast: Theme.Normal },
            { tag: "dark, high contrast", preference: Theme.Dark, contrast: Theme.High }
        ];
    }
    function test_ringIsSeenOnItsGround(row) {
        Theme.preference = row.preference;
        Theme.contrast = row.contrast;
        const bar = make(bars);
        waitForItemPolished(bar);
        for (const one of Probe.all(bar, "IconButton")) {
            tabTo(one);
            const ring = Probe.first(one, "FocusRing");
            const ratio = (luminance(ring.border.color) + 0.05) / (luminance(bar.color) + 0.05);
            verify(ratio >= 3, `${one.name}: ${ratio}`);
        }
        Theme.contrast = Theme.AsSystem;
    }
    function test_sideBarHasTheNewChatToo(): void {
        const bar = make(bars, { sideBarShown: true });
        compare(button(bar, "New chat"), null);
    }
    function test_titleIsAHeading(): void {
        const bar = make(bars);
        const title = Probe.all(bar, "QQuickText").find(one => one.text === "Rivers of Europe");
        compare(Probe.roleOf(title), Accessible.Heading);
        bar.title = "Lakes";
        compare(Probe.nameOf(title), "Lakes");
    }
    function test_narrowShowsWhatMattersMost(): void {
        const bar = make(bars);
        waitForItemPolished(bar);
        verifyShows(bar, "Runnel");
        verifyShows(bar, "Connected");
        bar.width = 320;
        verifyHides(bar, "Runnel");
        verifyHides(bar, "Connected");
        verifyShows(bar, "Rivers of Europe");
        bar.connection = ChatSession.Offline;
        bar.connectionText = "Offline";
        verifyShows(bar, "Offline");
        verifyHides(bar, "Rivers of Europe");
        waitForItemPolished(bar);
        verifyFits(bar);
    }
    function test_longTitleIsCut(): void {
        const bar = make(bars, { title: "Rivers of Europe, ".repeat(20) });
        waitForItemPolished(bar);
        verifyFits(bar);
        verifyBearsLargeText(bar, 360);
    }
    function test_isDarkInBothThemes(): void {
        const bar = make(bars);
        compare(bar.color, Theme.header);
        Theme.preference = Theme.Dark;
        compare(bar.color, "#0f172a");
        compare(bar.implicitHeight, 56);
    }
}
