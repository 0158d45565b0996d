import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ConversationRow"

    Component {
        id: rows
        ConversationRow {
            width: 260
            conversationId: "rivers"
            title: "Rivers of Europe"
            markedTitle: title
            snippet: ""
            messageId: ""
            pinned: false
            answering: false
            unread: false
            unsent: false
            current: false
        }
    }

    function area(row: Item): var {
        return Probe.called(row, "conversationRow");
    }

    function test_isChosen(): void {
        const row = make(rows);
        const chosen = spy(row, "chosen");
        row.forceActiveFocus(Qt.TabFocusReason);
        verify(hasRing(area(row)));
        mouseClick(area(row));
        compare(chosen.count, 1);
        keyClick(Qt.Key_Return);
        keyClick(Qt.Key_Enter);
        keyClick(Qt.Key_Space);
        compare(chosen.count, 4);
    }
    function test_keysAskForTheRest_data() {
        return [
            { tag: "Delete", key: Qt.Key_Delete, modifiers: Qt.NoModifier, signalName: "removalAsked" },
            { tag: "the menu key", key: Qt.Key_Menu, modifiers: Qt.NoModifier, signalName: "menuAsked" },
            { tag: "Shift+F10", key: Qt.Key_F10, modifiers: Qt.ShiftModifier, signalName: "menuAsked" }
        ];
    }
    function test_keysAskForTheRest(row) {
        const item = make(rows);
        const asked = spy(item, row.signalName);
        item.forceActiveFocus();
        keyClick(row.key, row.modifiers);
        compare(asked.count, 1);
    }
    function test_keysOfItsMenuButton(): void {
        const row = make(rows);
        const asked = spy(row, "menuAsked");
        const chosen = spy(row, "chosen");
        const removal = spy(row, "removalAsked");
        row.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Right);
        verify(hasRing(Probe.first(row, "IconButton")));
        keyClick(Qt.Key_Return);
        keyClick(Qt.Key_Space);
        keyClick(Qt.Key_Menu);
        compare(asked.count, 3);
        compare(chosen.count, 0);
        keyClick(Qt.Key_Delete);
        compare(removal.count, 1);
        keyClick(Qt.Key_Left);
        verify(area(row).activeFocus);
        keyClick(Qt.Key_Right);
        keyClick(Qt.Key_F2);
        verify(Probe.called(row, "titleField").activeFocus);
    }
    function test_menuByMouse(): void {
        const row = make(rows);
        const asked = spy(row, "menuAsked");
        const chosen = spy(row, "chosen");
        mouseClick(area(row), 20, 10, Qt.RightButton);
        compare(asked.count, 1);
        compare(chosen.count, 0);
        mouseMove(area(row), 20, 10);
        tryVerify(() => Probe.first(row, "IconButton") !== null);
        mouseClick(Probe.first(row, "IconButton"));
        compare(asked.count, 2);
        compare(chosen.count, 0);
    }
    function test_isRenamed(): void {
        const row = make(rows);
        const renamed = spy(row, "renamed");
        row.forceActiveFocus();
        keyClick(Qt.Key_F2);
        const field = Probe.called(row, "titleField");
        verify(field.activeFocus);
        compare(field.selectedText, "Rivers of Europe");
        for (const key of "lakes")
            keyClick(key);
        keyClick(Qt.Key_Return);
        compare(said(renamed), ["lakes"]);
        verify(!row.editing);
        verify(area(row).activeFocus);
    }
    function test_escapeLeavesTheTitle(): void {
        const row = make(rows);
        const renamed = spy(row, "renamed");
        row.rename(null);
        keyClick("x");
        keyClick(Qt.Key_Escape);
        verify(!row.editing);
        compare(renamed.count, 0);
        verify(area(row).activeFocus);
        verify(hasRing(area(row)));
    }
    function test_keyboardGoesBackToWhereItCameFrom(): void {
        const other = make(rows, { y: 60 });
        const row = make(rows);
        other.forceActiveFocus();
        row.rename(area(other));
        verify(Probe.called(row, "titleField").activeFocus);
        keyClick(Qt.Key_Escape);
        verify(area(other).activeFocus);
    }
    function test_whatIsNotSentYetHasNoTitleToGive(): void {
        const row = make(rows, { unsent: true });
        row.forceActiveFocus();
        keyClick(Qt.Key_F2);
        verify(!row.editing);
        compare(Probe.first(row, "IconButton"), null);
    }
    function test_stateIsSeenAndHeard_data() {
        return [
            { tag: "is answered", properties: { answering: true }, name: "Rivers of Europe, being answered", type: "Pulse" },
            { tag: "has a new answer", properties: { unread: true }, name: "Rivers of Europe, a new answer", type: "QQuickRectangle" },
            { tag: "is not sent", properties: { unsent: true }, name: "Rivers of Europe, not sent yet", type: "Icon" }
        ];
    }
    function test_stateIsSeenAndHeard(row) {
        const item = make(rows);
        compare(Probe.nameOf(area(item)), "Rivers of Europe");
        const before = Probe.all(area(item), row.type).length;
        for (const key in row.properties)
            item[key] = row.properties[key];
        compare(Probe.nameOf(area(item)), row.name);
        compare(Probe.all(area(item), row.type).length, before + 1);
    }
    function test_headingStandsAboveIt(): void {
        const row = make(rows);
        const height = row.implicitHeight;
        row.heading = "Today";
        verifyShows(row, "Today");
        tryVerify(() => row.implicitHeight > height);
        verify(area(row).y > 0);
    }
    function test_foundTextIsBoldAndCutAtTwoLines(): void {
        const row = make(rows, { snippet: "the <b>river</b> meets the sea ".repeat(20) });
        verifyFits(row);
        const snippet = Probe.all(row, "QQuickText").find(one => one.text.includes("meets"));
        compare(snippet.lineCount, 2);
        verify(snippet.truncated);
    }
    function test_menuButtonStandsInTheMiddle_data() {
        return [
            { tag: "as it is", scale: 1 },
            { tag: "large text", scale: 2 }
        ];
    }
    function test_menuButtonStandsInTheMiddle(row) {
        Theme.textScale = row.scale;
        const item = make(rows, { menuOpen: true, heading: "Today" });
        const button = Probe.first(item, "IconButton");
        fuzzyCompare(button.y + button.height / 2, area(item).y + area(item).height / 2, 1);
    }
    function test_currentOneIsSelected(): void {
        const row = make(rows);
        compare(area(row).background.color.a, 0);
        row.current = true;
        compare(area(row).background.color, Theme.bubble);
        compare(area(row).Accessible.role, Accessible.ListItem);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(rows, { heading: "Previous 7 days", snippet: "the river", answering: true }), 260);
    }
}
