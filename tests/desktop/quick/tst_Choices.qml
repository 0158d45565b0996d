import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Choices"

    Component {
        id: questions
        Choices {
            width: 300
            label: "Theme"
            words: ["As the system", "Light", "Dark"]
            current: 1
        }
    }

    function test_saysWhichOneWasChosen(): void {
        const choices = make(questions);
        const chosen = spy(choices, "chosen");
        const buttons = Probe.all(choices, "ChoiceButton");
        compare(buttons.length, 3);
        mouseClick(buttons[2]);
        compare(chosen.count, 1);
        compare(chosen.signalArguments[0][0], 2);
    }
    function test_marksTheOneThatCounts(): void {
        const choices = make(questions);
        const buttons = Probe.all(choices, "ChoiceButton");
        compare(buttons.map(button => button.checked), [false, true, false]);
        choices.current = 0;
        compare(buttons.map(button => button.checked), [true, false, false]);
    }
    function test_isAGroupWithAName(): void {
        const choices = make(questions);
        compare(Probe.roleOf(choices), Accessible.Grouping);
        compare(Probe.nameOf(choices), "Theme");
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        verifyFits(make(questions));
    }
}
