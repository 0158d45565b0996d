import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Announcer"

    Component {
        id: announcers
        Announcer {}
    }

    function test_saysItAMomentLater(): void {
        const announcer = make(announcers);
        announcer.say("The answer is there.");
        compare(announcer.Accessible.name, "");
        tryCompare(announcer.Accessible, "name", "The answer is there.");
        compare(Probe.nameOf(announcer), "The answer is there.");
        compare(Probe.roleOf(announcer), Accessible.AlertMessage);
    }
    function test_sameOnceMoreIsAChange(): void {
        const announcer = make(announcers);
        announcer.say("Again");
        tryCompare(announcer.Accessible, "name", "Again");
        announcer.say("Again");
        compare(announcer.Accessible.name, "");
        tryCompare(announcer.Accessible, "name", "Again");
    }
    function test_twoAtOnceAreBothSaid(): void {
        const announcer = make(announcers);
        announcer.say("One");
        announcer.say("Two");
        tryCompare(announcer.Accessible, "name", "One\nTwo");
    }
    function test_nobodySeesIt(): void {
        const announcer = make(announcers);
        compare(announcer.opacity, 0);
        verify(announcer.visible);
        compare(announcer.width, 1);
    }
}
