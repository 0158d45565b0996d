import QtQuick
import Runnel.Ui

// How an answer ended that is not simply done, and the way on where there is one.
Flow {
    id: end

    required property string outcomeText
    required property bool continuable
    required property bool ready

    signal continued

    visible: outcomeText !== ""
    spacing: Theme.space12

    Text {
        width: Math.min(implicitWidth, parent.width)
        height: Math.max(implicitHeight, Theme.denseTarget)
        text: end.outcomeText
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.muted
        font.pixelSize: Theme.size14
    }
    TextButton {
        objectName: "continueButton"
        visible: end.continuable
        enabled: end.ready
        iconName: "play"
        text: qsTr("Continue")
        onClicked: end.continued()
    }
}
