import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AnswerEnd"

    Component {
        id: ends
        AnswerEnd {
            width: 500
            outcomeText: "Stopped"
            continuable: true
            ready: true
        }
    }

    function test_goesOn(): void {
        const end = make(ends);
        const continued = spy(end, "continued");
        const button = Probe.called(end, "continueButton");
        mouseClick(button);
        tabTo(button);
        keyClick(Qt.Key_Space);
        compare(continued.count, 2);
    }
    function test_notWhileSomethingElseGoesOn(): void {
        const end = make(ends, { ready: false });
        const continued = spy(end, "continued");
        mouseClick(Probe.called(end, "continueButton"));
        compare(continued.count, 0);
    }
    function test_buttonIsThereWhereThereIsAWayOn(): void {
        const end = make(ends, { continuable: false });
        verifyShows(end, "Stopped");
        compare(Probe.called(end, "continueButton"), null);
        end.continuable = true;
        verify(Probe.called(end, "continueButton"));
    }
    function test_anAnswerThatIsSimplyDoneHasNoEnd(): void {
        const end = make(ends);
        end.outcomeText = "";
        verify(!end.visible);
    }
    function test_buttonStandsBelowALongReason(): void {
        const end = make(ends, { width: 240, outcomeText: "The connection to the model was lost while the answer came." });
        waitForItemPolished(end);
        verify(Probe.called(end, "continueButton").y > 0);
        verifyFits(end);
        verifyBearsLargeText(end, 260);
    }
}
