import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// Code with its language and Copy above it; long lines scroll in the block's own frame, or
// are wrapped.
Rectangle {
    id: block

    required property string code
    required property string language

    // Where it stands among what is selected together; without a selection it is selected alone.
    property TextSelection selection: null
    property int message: 0
    property int number: 0

    signal copied(string code)

    implicitHeight: head.height + area.height
    radius: Theme.radiusCard
    color: Theme.code
    border.width: 1
    border.color: Theme.hairline

    onCodeChanged: listing.show(code)
    Component.onCompleted: listing.show(code)

    Accessible.role: Accessible.Section
    Accessible.name: language === "" ? qsTr("Code") : qsTr("Code in %1").arg(language)

    Item {
        id: head
        width: parent.width
        height: Theme.target

        Text {
            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            text: block.language === "" ? qsTr("code") : block.language
            textFormat: Text.PlainText
            color: Theme.muted
            font.pixelSize: Theme.size12
        }
        IconButton {
            objectName: "wrapCode"
            anchors.right: copy.left
            anchors.verticalCenter: parent.verticalCenter
            dense: true
            checkable: true
            checked: Theme.wrapsCode
            iconName: "text-wrap"
            ink: Theme.wrapsCode ? Theme.accent : Theme.muted
            name: qsTr("Wrap long lines")
            Accessible.checkable: true
            Accessible.checked: checked
            onClicked: Theme.wrapsCode = !Theme.wrapsCode
        }
        IconButton {
            id: copy
            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            dense: true
            iconName: done.running ? "check" : "copy"
            name: done.running ? qsTr("Copied") : qsTr("Copy code")
            onClicked: {
                block.copied(block.code);
                done.restart();
            }

            Timer {
                id: done
                interval: 1500
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.hairline
        }
    }

    Flickable {
        id: area
        anchors.top: head.bottom
        width: parent.width
        height: listing.implicitHeight + (interactive ? Theme.space8 : 0)
        // Not the implicit width: whoever reads that for the first time changes it.
        contentWidth: Theme.wrapsCode ? width : Math.max(width, Math.ceil(listing.contentWidth) + 2 * listing.padding)
        contentHeight: height
        clip: true
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentWidth > width

        ScrollBar.horizontal: ScrollBar {
            leftPadding: block.radius
            rightPadding: block.radius
            policy: area.contentWidth > area.width ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
        }

        TextEdit {
            id: listing

            property string shown: ""

            // What grows at its end is appended: a text that is set is laid out from its first line.
            function show(code: string): void {
                if (!code.startsWith(shown)) {
                    remove(0, length);
                    shown = "";
                }
                insert(length, code.slice(shown.length));
                shown = code;
            }

            width: area.contentWidth
            wrapMode: Theme.wrapsCode ? TextEdit.WrapAtWordBoundaryOrAnywhere : TextEdit.NoWrap
            padding: Theme.space12
            horizontalAlignment: TextEdit.AlignLeft
            LayoutMirroring.enabled: false
            textFormat: TextEdit.PlainText
            readOnly: true
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.family: Theme.mono
            font.pixelSize: Theme.size14
            Accessible.role: Accessible.StaticText
            Accessible.name: block.code

            HoverHandler { cursorShape: Qt.IBeamCursor }

            SelectableText {
                selection: block.selection
                target: listing
                message: block.message
                block: block.number
            }
            CodeColours {
                target: listing.textDocument
                language: block.language
                keyword: Theme.codeKeyword
                string: Theme.codeString
                number: Theme.codeNumber
                title: Theme.codeTitle
                type: Theme.codeType
                comment: Theme.muted
                removed: Theme.danger
            }
        }
    }
}
