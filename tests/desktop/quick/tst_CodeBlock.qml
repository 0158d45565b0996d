import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "CodeBlock"

    Component {
        id: blocks
        CodeBlock {
            width: 400
            language: "cpp"
            code: "int main() { return 0; }"
        }
    }

    function button(block: Item, name: string): var {
        return Probe.all(block, "IconButton").find(one => one.name === name) ?? null;
    }
    function listing(block: Item): var {
        return Probe.first(block, "QQuickTextEdit");
    }

    function test_showsCodeAndLanguage(): void {
        const block = make(blocks);
        compare(listing(block).text, "int main() { return 0; }");
        verifyShows(block, "cpp");
        compare(Probe.roleOf(block), Accessible.Section);
        compare(Probe.nameOf(block), "Code in cpp");
        block.language = "";
        verifyShows(block, "code");
        compare(Probe.nameOf(block), "Code");
    }
    // A loop between the widths is a warning, which fails it.
    function test_wrapIsSwitchedOffWhereThereIsLittleRoom(): void {
        Theme.wrapsCode = true;
        const block = make(blocks, { width: 320, code: "int main() { return 0; } // " + "long ".repeat(30) });
        const view = listing(block).parent.parent;
        compare(view.contentWidth, 320);
        const tall = block.height;
        Theme.wrapsCode = false;
        tryVerify(() => view.contentWidth > 640);
        tryVerify(() => block.height < tall);
        compare(listing(block).width, view.contentWidth);
        verify(listing(block).implicitWidth <= view.contentWidth);
        const before = view.contentWidth;
        block.code += "\n" + "longer ".repeat(60);
        tryVerify(() => view.contentWidth > before);
        Theme.wrapsCode = true;
        tryCompare(view, "contentWidth", 320);
        Theme.wrapsCode = false;
        tryVerify(() => view.contentWidth > before);
    }
    function test_followsCodeThatGrowsOrChanges(): void {
        const block = make(blocks);
        block.code = "";
        compare(listing(block).text, "");
        block.code = "one";
        block.code = "one\ntwo";
        compare(listing(block).text, "one\ntwo");
        block.code = "three";
        compare(listing(block).text, "three");
    }
    function test_copies(): void {
        const block = make(blocks);
        const copied = spy(block, "copied");
        mouseClick(button(block, "Copy code"));
        compare(said(copied), ["int main() { return 0; }"]);
        verify(button(block, "Copied"));
    }
    function test_longLinesScrollOrWrap(): void {
        const block = make(blocks, { code: "word ".repeat(100) });
        const height = block.implicitHeight;
        const wrap = Probe.called(block, "wrapCode");
        verify(listing(block).width > 400);
        verify(!Probe.isChecked(wrap));
        mouseClick(wrap);
        verify(Theme.wrapsCode);
        verify(Probe.isChecked(wrap));
        compare(listing(block).width, 400);
        tryVerify(() => block.implicitHeight > height);
        tabTo(wrap);
        keyClick(Qt.Key_Space);
        verify(!Theme.wrapsCode);
    }
    function test_codeIsSelectedAndNotWritten(): void {
        const block = make(blocks);
        mouseClick(listing(block), 20, 20);
        keyClick("x");
        compare(listing(block).text, "int main() { return 0; }");
        keyClick(Qt.Key_A, Qt.ControlModifier);
        compare(listing(block).selectedText, "int main() { return 0; }");
    }
    function test_wordsHaveColours(): void {
        const block = make(blocks, { code: "int int int int int int" });
        waitForRendering(block);
        tryVerify(() => {
            const picture = grabImage(block);
            for (let y = Theme.target; y < block.height; ++y)
                for (let x = 10; x < 120; ++x)
                    if (picture.red(x, y) - picture.green(x, y) > 25)
                        return true; // A keyword, or a type, is no grey.
                    else if (picture.green(x, y) - picture.red(x, y) > 25)
                        return true;
            return false;
        });
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(blocks), 300);
    }
}
