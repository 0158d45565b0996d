import QtQuick
import Runnel.Ui

Case {
    id: test
    name: "Mark"

    Component {
        id: marks
        Mark {
            width: 48
            height: 48
        }
    }

    function test_isDrawnAsLargeAsItIs(): void {
        const mark = make(marks);
        tryCompare(mark, "status", Image.Ready);
        compare(mark.implicitWidth, 48);
        mark.width = 26;
        mark.height = 26;
        tryCompare(mark, "implicitWidth", 26);
        tryCompare(mark, "status", Image.Ready);
    }
    function test_inkIsDrawn(): void {
        const mark = make(marks);
        verify(String(mark.source).endsWith(String(Theme.headerAccent).slice(1)));
        mark.ink = Theme.danger;
        verify(String(mark.source).endsWith(String(Theme.danger).slice(1)));
        tryCompare(mark, "status", Image.Ready);
    }
    function test_nobodyHearsIt(): void {
        verify(make(marks).Accessible.ignored);
    }
}
