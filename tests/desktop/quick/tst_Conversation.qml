import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Conversation"

    property Scene scene

    Component {
        id: lists
        Conversation {
            width: 600
            height: 400
            session: test.scene.session
            columnWidth: 500
        }
    }

    function makeList(story: int): var {
        scene = tell(story);
        const list = make(lists);
        tryVerify(() => list.count === scene.session.rows.count);
        tryVerify(() => list.atEnd);
        return list;
    }

    function test_opensAtTheNewestLine(): void {
        const list = makeList(Scene.LongTalk);
        compare(list.count, 40);
        verify(list.following);
        verify(list.contentY > 0);
        compare(Probe.roleOf(list), Accessible.List);
        compare(Probe.nameOf(list), "Conversation");
    }
    function test_keysScroll(): void {
        const list = makeList(Scene.LongTalk);
        list.forceActiveFocus();
        let y = list.contentY;
        keyClick(Qt.Key_Up);
        compare(list.contentY, y - Theme.scrollStep);
        verify(!list.following);
        keyClick(Qt.Key_PageUp);
        verify(list.contentY < y - 300);
        keyClick(Qt.Key_Home);
        tryVerify(() => list.atYBeginning);
        keyClick(Qt.Key_End);
        tryVerify(() => list.atEnd);
        verify(list.following);
    }
    function test_newTextIsFollowedAtTheEnd(): void {
        const list = makeList(Scene.Streaming);
        scene.write(" the longest of the world.\n\n".repeat(30));
        tryVerify(() => list.contentHeight > 800);
        tryVerify(() => list.atEnd);
        verify(!list.unread);
    }
    function test_newTextIsMarkedElsewhere(): void {
        const list = makeList(Scene.Streaming);
        scene.write(" the longest of the world.\n\n".repeat(30));
        tryVerify(() => list.contentHeight > 800);
        tryVerify(() => list.atEnd);
        list.forceActiveFocus();
        keyClick(Qt.Key_Home);
        const y = list.contentY;
        scene.write("More.");
        tryVerify(() => list.unread);
        compare(list.contentY, y);
        list.toEnd();
        verify(!list.unread);
        tryVerify(() => list.atEnd);
    }
    function test_ringIsSeenOnlyAroundTheListItself(): void {
        const list = makeList(Scene.Plain);
        const ring = () => Probe.all(list, "QQuickRectangle").some(one => one.width === list.width && one.border.width === 2);
        verify(!ring());
        list.forceActiveFocus();
        verify(ring());
    }
    function test_whatHasTheKeyboardComesIntoSight(): void {
        const list = makeList(Scene.LongTalk);
        const inSight = row => {
            const top = row.mapToItem(list, 0, 0).y;
            return top >= 0 && top + row.height <= list.height;
        };
        list.forceActiveFocus();
        keyClick(Qt.Key_PageUp);
        const y = list.contentY;
        let index = list.count - 1;
        const below = list.itemAtIndex(index);
        verify(!inSight(below));
        below.forceActiveFocus(Qt.TabFocusReason);
        verify(inSight(below));
        verify(list.contentY > y);
        while (list.itemAtIndex(index - 1) && inSight(list.itemAtIndex(index)))
            --index;
        const above = list.itemAtIndex(index);
        verify(!inSight(above));
        above.forceActiveFocus(Qt.BacktabFocusReason);
        verify(inSight(above));
        verify(!list.following);
    }
    function test_aClickIntoATextMovesNothing(): void {
        const list = makeList(Scene.LongTalk);
        keyClick(Qt.Key_Up);
        const y = list.contentY;
        const texts = Probe.all(list, "RichBlock").filter(one => one.mapToItem(list, 0, 0).y > 0);
        mouseClick(texts[0], 5, 5);
        verify(texts[0].activeFocus);
        compare(list.contentY, y);
    }
    function test_lettersAreForWhereOneWrites(): void {
        const list = makeList(Scene.LongTalk);
        const typed = spy(list, "typed");
        const texts = Probe.all(list, "RichBlock").filter(one => one.mapToItem(list, 0, 0).y > 0);
        mouseClick(texts[0], 5, 5);
        keyClick("h");
        keyClick("?", Qt.ShiftModifier);
        compare(typed.count, 2);
        compare(typed.signalArguments[0][0], "h");
        compare(typed.signalArguments[1][0], "?");
        keyClick(Qt.Key_K, Qt.AltModifier);
        keyClick(Qt.Key_K, Qt.ControlModifier);
        keyClick(Qt.Key_Return);
        keyClick(Qt.Key_Escape);
        keyClick(Qt.Key_Backspace);
        keyClick(Qt.Key_Delete);
        keyClick(Qt.Key_Home);
        const y = list.contentY;
        keyClick(Qt.Key_Space);
        compare(typed.count, 2);
        verify(list.contentY > y);
    }
    function test_whatIsAskedIsDoneThere(): void {
        const list = makeList(Scene.Plain);
        const done = spy(list, "done");
        mouseClick(Probe.called(list, "regenerateButton"));
        tryVerify(() => scene.heard.includes("regenerate m1"));
        compare(done.count, 1);
    }
    function test_bearsLargeText(): void {
        const list = makeList(Scene.Rich);
        list.columnWidth = 280;
        verifyBearsLargeText(list, 320);
    }
}
