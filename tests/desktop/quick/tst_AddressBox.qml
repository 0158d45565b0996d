import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "AddressBox"

    Component {
        id: boxes
        AddressBox {
            width: 300
            before: "https://a.example@"
            lead: "other.example"
            after: "/x?<b>&amp;"
        }
    }

    function test_leadStandsByItselfAndTheAddressAsItIs(): void {
        const box = make(boxes);
        compare(Probe.called(box, "addressLead").text, "other.example");
        verify(Probe.texts(box).includes("https://a.example@other.example/x?<b>&amp;"), Probe.texts(box));
    }
    function test_whatStandsAroundTheLeadDoesNotHideIt(): void {
        const box = make(boxes, { before: "https://" + "a".repeat(3000) + "@" });
        const lead = Probe.called(box, "addressLead");
        verify(lead.mapToItem(box, 0, lead.height).y < 60);
        verify(box.implicitHeight < 220);
        verifyFits(box);
    }
    function test_longLeadIsWhole(): void {
        const box = make(boxes, { lead: "a".repeat(253) });
        verify(!Probe.called(box, "addressLead").truncated);
        verifyBearsLargeText(box, 300);
    }
    function test_noteIsShownWhereThereIsOne(): void {
        const box = make(boxes);
        const height = box.implicitHeight;
        box.note = "This name is written “x”.";
        verifyShows(box, "This name is written “x”.");
        tryVerify(() => box.implicitHeight > height);
    }
}
