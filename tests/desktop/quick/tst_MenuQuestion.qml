import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "MenuQuestion"

    Component {
        id: questions
        MenuQuestion {
            width: 300
            text: "Take “At home” out of the list? What this computer keeps of it goes too."
            agreeText: "Take out"
        }
    }

    function test_enterChangesNothing(): void {
        const question = make(questions);
        const declined = spy(question, "declined");
        const agreed = spy(question, "agreed");
        question.takeFocus();
        verify(hasRing(question));
        keyClick(Qt.Key_Space);
        compare(declined.count, 1);
        compare(agreed.count, 0);
    }
    function test_agreedByKeyboardAndPointer(): void {
        const question = make(questions);
        const agreed = spy(question, "agreed");
        question.takeFocus();
        const agree = Probe.called(question, "questionAgree");
        compare(agree.text, "Take out");
        tabTo(agree);
        keyClick(Qt.Key_Space);
        mouseClick(agree);
        compare(agreed.count, 2);
    }
    function test_questionIsSaidWithTheAnswer(): void {
        const question = make(questions);
        compare(Probe.descriptionOf(Probe.called(question, "questionKeep")), question.text);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(questions), 200);
    }
}
