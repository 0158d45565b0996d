import QtQuick
import Runnel.Ui

Case {
    id: test
    name: "Icon"

    Component {
        id: icons
        Icon { name: "copy" }
    }

    function test_isDrawn(): void {
        const icon = make(icons);
        tryCompare(icon, "status", Image.Ready);
        compare(icon.width, 18);
        compare(icon.height, 18);
    }
    function test_sizeIsThatOfThePicture(): void {
        const icon = make(icons, { size: 32 });
        compare(icon.width, 32);
        tryCompare(icon, "status", Image.Ready);
        compare(icon.implicitWidth, 32);
    }
    function test_colourIsDrawn(): void {
        const icon = make(icons, { name: "square", size: 40, color: "#b42318" });
        tryCompare(icon, "status", Image.Ready);
        const picture = grabImage(icon);
        let reds = 0;
        for (let x = 0; x < 40; ++x)
            reds += picture.red(x, 20) > 150 && picture.green(x, 20) < 90 ? 1 : 0;
        verify(reds > 0);
        icon.color = Theme.accent;
        verify(String(icon.source).endsWith(String(Theme.accent).slice(1)));
    }
    function test_nobodyHearsIt(): void {
        const icon = make(icons);
        verify(icon.Accessible.ignored);
    }
}
