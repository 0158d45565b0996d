import QtQuick
import QtTest
import Runnel.Fixtures
import Runnel.Ui

// What the tests of components have in common: each test starts with the look as it is by default,
// and every warning of QML fails it.
TestCase {
    id: testCase

    width: 640
    height: 480
    visible: true
    when: windowShown

    Component {
        id: spies
        SignalSpy {}
    }
    Component {
        id: scenes
        Scene {}
    }

    // They outlive the components that show them.
    property var told: []

    function init(): void {
        for (const scene of told)
            scene.destroy();
        told = [];
        failOnWarning(/.?/);
        Theme.preference = Theme.Light;
        Theme.textScale = 1;
        Theme.motion = false;
        Theme.touch = false;
        Theme.wrapsCode = false;
        // The pointer is nowhere near: a component that is made below it would be hovered.
        mouseMove(testCase, width - 1, height - 1);
    }
    // An item of that component, until the test has ended.
    function make(component: Component, properties = {}): var {
        const item = createTemporaryObject(component, testCase, properties);
        verify(item);
        waitForItemPolished(item);
        return item;
    }
    // The models of a window in which that was told, a Scene.Story.
    function tell(story: int): Scene {
        const scene = scenes.createObject(testCase, { story: story }) as Scene;
        told.push(scene);
        // tryVerify() looks every 50 ms: with a hundred scenes that is a wait of its own.
        for (let i = 0; i < 2500 && !scene.ready; ++i)
            wait(2);
        verify(scene.ready);
        return scene;
    }
    function spy(target: QtObject, signalName: string): SignalSpy {
        const made = createTemporaryObject(spies, testCase, { target: target, signalName: signalName });
        verify(made.valid, signalName);
        return made;
    }
    // The arguments of the only time that it was emitted.
    function said(spy: SignalSpy): var {
        compare(spy.count, 1, spy.signalName);
        return Array.from(spy.signalArguments[0]);
    }
    // Nothing of it is cut, reaches out of it or stands on something else.
    function verifyFits(item: Item): void {
        for (let i = 0; i < 20 && Probe.faults(item).length > 0; ++i)
            wait(20);
        compare(Probe.faults(item).join("\n"), "");
    }
    // Neither does anything with letters twice as large and little room.
    function verifyBearsLargeText(item: Item, width: real): void {
        Theme.textScale = 2;
        item.width = width;
        waitForItemPolished(item);
        verifyFits(item);
        verify(item.height > 0);
    }
    // Presses Tab until the item has the keyboard, at most 20 times.
    function tabTo(item: Item): void {
        for (let i = 0; i < 20 && !item.activeFocus; ++i)
            keyClick(Qt.Key_Tab);
        verify(item.activeFocus, "Tab does not reach " + item);
    }
    // The ring of focus is seen around it.
    function hasRing(item: Item): bool {
        return Probe.first(item, "FocusRing") !== null;
    }
    function verifyShows(item: Item, text: string): void {
        const shown = Array.from(Probe.texts(item));
        verify(shown.some(one => one.includes(text)), "“" + text + "” is not in: " + shown.join(" | "));
    }
    function verifyHides(item: Item, text: string): void {
        // A view takes its rows away at its next polish.
        tryVerify(() => !Array.from(Probe.texts(item)).some(one => one.includes(text)), 5000, "“" + text + "” is still there");
    }
}
