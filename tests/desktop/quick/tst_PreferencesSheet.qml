import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "PreferencesSheet"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 500
            height: 400
            PreferencesSheet {
                id: sheet
                preferences: test.scene.preferences
            }
        }
    }

    function open(): var {
        scene = tell(Scene.Greeting);
        const room = make(rooms);
        room.sheet.open();
        tryVerify(() => room.sheet.opened);
        return room.sheet;
    }
    function choose(sheet: var, question: string, index: int): void {
        Probe.called(sheet.contentItem, question).chosen(index);
    }

    function test_whatIsChosenIsKept(): void {
        const sheet = open();
        choose(sheet, "contrastChoices", 2);
        compare(scene.preferences.contrast, 2);
        choose(sheet, "textSizeChoices", 4);
        compare(scene.preferences.textSize, 200);
        choose(sheet, "languageChoices", 2);
        compare(scene.preferences.language, "de");
        choose(sheet, "themeChoices", 1);
        compare(scene.preferences.theme, 1);
    }
    function test_aTextSizeOfNoChoiceMarksNone(): void {
        const sheet = open();
        scene.preferences.textSize = 110;
        compare(Probe.called(sheet.contentItem, "textSizeChoices").current, -1);
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        const sheet = open();
        verifyFits(sheet.contentItem);
        verify(sheet.height <= test.height);
    }
}
