import QtQuick
import Runnel.Ui

Case {
    id: test
    name: "FocusRing"

    Component {
        id: rings
        Rectangle {
            x: 20
            y: 20
            width: 100
            height: 40
            property alias ring: ring
            FocusRing {
                id: ring
                shown: true
            }
        }
    }

    function test_standsTwoPixelsAway(): void {
        const ring = make(rings).ring;
        compare(ring.x, -4);
        compare(ring.width, 108);
        compare(ring.height, 48);
        compare(ring.border.width, 2);
        compare(ring.border.color, Theme.accent);
        ring.ink = Theme.headerAccent;
        compare(ring.border.color, Theme.headerAccent);
    }
    function test_isOnlyThereWhenShown(): void {
        const ring = make(rings).ring;
        verify(ring.visible);
        ring.shown = false;
        verify(!ring.visible);
    }
    function test_followsTheCornersOfWhatItIsAround(): void {
        const ring = make(rings).ring;
        compare(ring.radius, Theme.radiusControl + 4);
        ring.around = Theme.radiusCard;
        compare(ring.radius, Theme.radiusCard + 4);
    }
    function test_takesTheColourOfTheTheme(): void {
        const ring = make(rings).ring;
        const light = String(ring.border.color);
        Theme.preference = Theme.Dark;
        verify(String(ring.border.color) !== light);
        compare(ring.border.color, Theme.accent);
    }
}
