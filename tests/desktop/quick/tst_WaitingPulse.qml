import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "WaitingPulse"

    Component {
        id: pulses
        WaitingPulse { words: "default is answering" }
    }

    function test_saysWhoAnswers(): void {
        const pulse = make(pulses);
        verifyShows(pulse, "default is answering");
        pulse.words = "poet is answering";
        verifyShows(pulse, "poet is answering");
        verify(Probe.first(pulse, "Pulse"));
    }
    function test_pulseStandsBesideTheMiddleOfTheWords(): void {
        const pulse = make(pulses);
        const dot = Probe.first(pulse, "Pulse");
        const words = Probe.first(pulse, "QQuickText");
        verify(words.x >= dot.x + dot.width + Theme.space8);
        fuzzyCompare(dot.y + dot.height / 2, words.y + words.height / 2, 1);
    }
    function test_growsWithTheText(): void {
        const pulse = make(pulses);
        const height = pulse.implicitHeight;
        Theme.textScale = 2;
        tryVerify(() => pulse.implicitHeight > height * 1.5);
        verifyFits(pulse);
    }
    function test_tagsAreText(): void {
        const pulse = make(pulses, { words: "<b>x</b> is answering" });
        compare(Probe.first(pulse, "QQuickText").text, "<b>x</b> is answering");
        compare(Probe.first(pulse, "QQuickText").textFormat, Text.PlainText);
    }
}
