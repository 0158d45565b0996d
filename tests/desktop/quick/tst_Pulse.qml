import QtQuick
import Runnel.Ui

Case {
    id: test
    name: "Pulse"

    Component {
        id: pulses
        Pulse {}
    }

    function test_pulses(): void {
        Theme.motion = true;
        const pulse = make(pulses);
        tryVerify(() => pulse.opacity < 0.9, 2000);
        compare(pulse.width, 8);
        compare(pulse.color, Theme.accent);
    }
    function test_isStillWhereNoMotionIsWanted(): void {
        const pulse = make(pulses);
        const changes = spy(pulse, "opacityChanged");
        const clock = createTemporaryQmlObject("import QtQuick; Timer { interval: 100; running: true }", test);
        tryVerify(() => !clock.running);
        compare(changes.count, 0);
        compare(pulse.opacity, 1);
    }
}
