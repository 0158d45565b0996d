import QtQuick
import Runnel.Core
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ConnectionBadge"

    Component {
        id: badges
        ConnectionBadge {
            connection: ChatSession.Connected
            words: "Connected"
        }
    }

    function test_toneTellsTheState_data() {
        return [
            { tag: "connected", connection: ChatSession.Connected, tone: Theme.headerAccent },
            { tag: "connecting", connection: ChatSession.Connecting, tone: Theme.headerWarning },
            { tag: "reconnecting", connection: ChatSession.Reconnecting, tone: Theme.headerWarning },
            { tag: "offline", connection: ChatSession.Offline, tone: Theme.headerDanger }
        ];
    }
    function test_toneTellsTheState(row) {
        const badge = make(badges);
        badge.connection = row.connection;
        compare(Probe.first(badge, "QQuickRectangle").color, row.tone);
    }
    function test_wordsAreHeardEvenWhereTheyAreNotSeen(): void {
        const badge = make(badges, { wordsShown: false });
        verifyHides(badge, "Connected");
        compare(Probe.nameOf(badge), "Connection: Connected");
        badge.words = "Reconnecting in 4 s";
        compare(Probe.nameOf(badge), "Connection: Reconnecting in 4 s");
        badge.wordsShown = true;
        verifyShows(badge, "Reconnecting in 4 s");
    }
    function test_cutsItsWords(): void {
        const badge = make(badges, { words: "Reconnecting in 24 s" });
        badge.width = 80;
        waitForItemPolished(badge);
        tryVerify(() => Probe.first(badge, "QQuickText").truncated);
        verifyFits(badge);
    }
    function test_growsWithTheText(): void {
        const badge = make(badges);
        const width = badge.implicitWidth;
        Theme.textScale = 2;
        waitForItemPolished(badge);
        tryVerify(() => badge.implicitWidth > width * 1.5);
    }
}
