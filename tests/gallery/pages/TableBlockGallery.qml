import QtQuick
import Runnel.Ui

Page {
    title: "TableBlock"
    about: "A table with hairlines; one that is too wide scrolls in its own frame."

    Sample {
        caption: "Left, right, middle"
        TableBlock {
            width: parent.width
            height: implicitHeight
            alignments: [Qt.AlignLeft, Qt.AlignRight, Qt.AlignHCenter]
            cells: ["River", "Length", "Continent", "Nile", "6,650 km", "Africa", "Amazon", "6,400 km", "South America"]
            plain: "River Length Continent"
        }
    }
    Sample {
        caption: "Too wide"
        TableBlock {
            width: parent.width
            height: implicitHeight
            alignments: [Qt.AlignLeft, Qt.AlignLeft, Qt.AlignLeft, Qt.AlignLeft]
            cells: ["River", "Where it comes from", "Where it goes", "What it is called", "Nile", "The lakes of East Africa, most say", "The Mediterranean Sea, through a delta of two arms", "Iteru, the river, by those who lived at it"]
            plain: "River Where it comes from"
        }
    }
    Sample {
        caption: "With formats and links"
        TableBlock {
            width: parent.width
            height: implicitHeight
            alignments: [Qt.AlignLeft, Qt.AlignLeft]
            cells: ["Name", "Kind", "<code>int</code>", "<b>a number</b>", "<a href=\"https://example.org\">QString</a>", "a text"]
            plain: "Name Kind"
        }
    }
    Sample {
        caption: "The head alone, while it comes"
        TableBlock {
            width: parent.width
            height: implicitHeight
            alignments: [Qt.AlignLeft, Qt.AlignRight]
            cells: ["River", "Length"]
            plain: "River Length"
        }
    }
}
