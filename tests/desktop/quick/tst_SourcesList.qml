import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SourcesList"

    property Scene scene

    Component {
        id: lists
        SourcesList {
            width: 500
            sources: test.scene.sources
        }
    }

    function makeList(): var {
        scene = tell(Scene.Sources);
        return make(lists);
    }

    function test_firstThreeAreAlwaysThere(): void {
        const list = makeList();
        compare(list.count, 5);
        compare(Probe.all(list, "SourceLine").length, 3);
        const more = Probe.called(list, "moreSources");
        compare(more.text, "2 more");
        compare(Probe.nameOf(more), "Show all sources");
    }
    function test_opensAndCloses(): void {
        const list = makeList();
        const more = Probe.called(list, "moreSources");
        waitForItemPolished(list);
        mouseClick(more);
        compare(Probe.all(list, "SourceLine").length, 5);
        compare(Probe.nameOf(more), "Show fewer sources");
        tabTo(more);
        keyClick(Qt.Key_Space);
        compare(Probe.all(list, "SourceLine").length, 3);
    }
    function test_isAGroup(): void {
        const list = makeList();
        compare(Probe.roleOf(list), Accessible.Grouping);
        compare(Probe.nameOf(list), "Sources");
    }
    function test_noSourcesNoList(): void {
        const list = makeList();
        verify(list.visible);
        list.sources = null;
        verify(!list.visible);
    }
    function test_bearsLargeText(): void {
        const list = makeList();
        list.open = true;
        Theme.textScale = 2;
        list.x = Theme.space16;
        list.width = 300;
        waitForItemPolished(list);
        verifyFits(test); // Its button stands a little to the left of it, where the column has a margin.
    }
}
