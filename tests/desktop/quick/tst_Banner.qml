import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Banner"

    Component {
        id: banners
        Banner {
            width: 600
            iconName: "info"
            message: "Built-in demo model."
        }
    }

    function test_withoutAMessageItTakesNoRoom(): void {
        const banner = make(banners);
        verify(banner.visible);
        verify(banner.implicitHeight >= 44);
        banner.message = "";
        verify(!banner.visible);
        compare(banner.implicitHeight, 0);
    }
    function test_isDismissed(): void {
        const banner = make(banners);
        const dismissed = spy(banner, "dismissed");
        const acted = spy(banner, "acted");
        const hide = Probe.first(banner, "IconButton");
        compare(Probe.nameOf(hide), "Hide this notice");
        mouseClick(hide);
        compare(dismissed.count, 1);
        tabTo(hide);
        keyClick(Qt.Key_Space);
        compare(dismissed.count, 2);
        compare(acted.count, 0);
    }
    function test_actionStandsInThePlaceOfTheCross(): void {
        const banner = make(banners, { actionText: "Try now" });
        const acted = spy(banner, "acted");
        compare(Probe.first(banner, "IconButton"), null);
        mouseClick(Probe.first(banner, "TextButton"));
        compare(acted.count, 1);
    }
    function test_isHeardAsAnAlert(): void {
        const banner = make(banners);
        compare(Probe.roleOf(banner), Accessible.AlertMessage);
        compare(Probe.nameOf(banner), "Built-in demo model.");
    }
    function test_longTextWraps(): void {
        const banner = make(banners, { message: "The server’s certificate is of another host. ".repeat(4), actionText: "Try now" });
        const height = banner.implicitHeight;
        banner.width = 300;
        tryVerify(() => banner.implicitHeight > height);
        verifyFits(banner);
        verifyBearsLargeText(banner, 320);
    }
}
