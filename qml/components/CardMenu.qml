import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// A menu in the look of the window; its lines are RowMenuItems.
Menu {
    id: menu

    // A menu is not as wide as its lines by itself.
    function widestItem(): real {
        let widest = 0;
        for (let i = 0; i < count; ++i)
            widest = Math.max(widest, itemAt(i).implicitWidth);
        return widest;
    }

    width: Math.min(Math.max(236, widestItem() + 2 * padding), parent ? parent.Window.width - 2 * margins : 236)
    margins: Theme.space8
    // The item that has the keyboard first is the menu's own.
    onAboutToShow: contentItem.parent.Accessible.name = title
    padding: Theme.space4
    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: 1
        border.color: Theme.hairline
    }
}
