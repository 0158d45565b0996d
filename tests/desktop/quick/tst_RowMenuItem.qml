import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "RowMenuItem"

    Component {
        id: items
        RowMenuItem {
            iconName: "pencil"
            text: "Rename"
            keys: "F2"
        }
    }

    function test_isTriggered(): void {
        const item = make(items);
        const triggered = spy(item, "triggered");
        mouseClick(item);
        compare(triggered.count, 1);
        item.enabled = false;
        mouseClick(item);
        compare(triggered.count, 1);
    }
    function test_showsVerbAndKey(): void {
        const item = make(items);
        verifyShows(item, "Rename");
        verifyShows(item, "F2");
        compare(Probe.first(item, "Icon").name, "pencil");
        item.keys = "";
        verifyHides(item, "F2");
        compare(Probe.roleOf(item), Accessible.MenuItem);
        compare(Probe.nameOf(item), "Rename");
    }
    function test_inkWarns(): void {
        const item = make(items, { ink: Theme.danger, iconInk: Theme.danger });
        compare(Probe.first(item, "Icon").color, Theme.danger);
        compare(Probe.all(item, "QQuickText").find(one => one.text === "Rename").color, Theme.danger);
    }
    function test_highlightIsSeen(): void {
        const item = make(items);
        compare(item.background.color.a, 0);
        item.highlighted = true;
        compare(item.background.color, Theme.hover);
        item.highlighted = false;
        compare(item.background.color.a, 0);
    }
    function test_fingerHasMoreRoom(): void {
        const item = make(items);
        compare(item.implicitHeight, 36);
        Theme.touch = true;
        compare(item.implicitHeight, 44);
        Theme.textScale = 2;
        compare(item.implicitHeight, 66);
    }
    function test_largeTextHasRoom(): void {
        const item = make(items, { text: "Export as Markdown" });
        Theme.textScale = 2;
        const verb = Probe.all(item, "QQuickText").find(one => one.text === "Export as Markdown");
        verify(verb.height <= item.height, verb.height + " in " + item.height);
        verifyFits(item);
    }
}
