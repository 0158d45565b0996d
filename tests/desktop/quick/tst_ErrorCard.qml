import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ErrorCard"

    Component {
        id: cards
        ErrorCard {
            width: 600
            message: "The model is busy. Try again in a minute."
            code: "model_overloaded"
        }
    }

    function test_saysWhatHappened(): void {
        const card = make(cards);
        verifyShows(card, "The model is busy. Try again in a minute.");
        verifyShows(card, "model_overloaded");
        compare(Probe.roleOf(card), Accessible.AlertMessage);
        compare(Probe.nameOf(card), "The model is busy. Try again in a minute.");
        card.code = "";
        verifyHides(card, "model_overloaded");
    }
    function test_retry(): void {
        const card = make(cards);
        const retried = spy(card, "retried");
        const discarded = spy(card, "discarded");
        const retry = Probe.called(card, "retryButton");
        mouseClick(retry);
        tabTo(retry);
        keyClick(Qt.Key_Space);
        compare(retried.count, 2);
        compare(discarded.count, 0);
        card.ready = false;
        verify(!retry.enabled);
        mouseClick(retry);
        compare(retried.count, 2);
    }
    function test_discardIsThereWhereItMayBe(): void {
        const card = make(cards);
        const discarded = spy(card, "discarded");
        compare(Probe.all(card, "TextButton").length, 1);
        card.discardable = true;
        compare(Probe.all(card, "TextButton").length, 2);
        waitForItemPolished(card);
        const discard = Probe.all(card, "TextButton").find(one => one.text === "Discard");
        tryVerify(() => discard.mapToItem(card, 0, 0).x < Probe.called(card, "retryButton").mapToItem(card, 0, 0).x);
        mouseClick(discard);
        compare(discarded.count, 1);
    }
    function test_buttonsStandBelowWhereThereIsLittleRoom(): void {
        const card = make(cards, { discardable: true });
        const top = () => Probe.called(card, "retryButton").mapToItem(card, 0, 0).y;
        waitForItemPolished(card);
        const beside = top();
        card.width = 320;
        waitForItemPolished(card);
        tryVerify(() => top() > beside + 20);
        verifyFits(card);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(make(cards, { discardable: true }), 420);
    }
    function test_tagsAreText(): void {
        const card = make(cards, { message: "<img src=x> & more" });
        verifyShows(card, "<img src=x> & more");
    }
}
