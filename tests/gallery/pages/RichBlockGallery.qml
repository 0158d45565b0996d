import QtQuick
import Runnel.Ui

Page {
    title: "RichBlock"
    about: "A paragraph or a heading: selectable, its links open in the browser."

    Sample {
        caption: "A paragraph"
        RichBlock {
            width: parent.width
            html: "A <b>stream</b> gives its words <i>one by one</i>: the first is read while the last is not yet written. It is not <code>std::istream</code>, though the idea is <a href=\"https://example.org\">the same</a>."
            plain: "A stream gives its words one by one."
        }
    }
    Sample {
        caption: "Headings"
        Column {
            width: parent.width
            spacing: Theme.space8
            RichBlock {
                width: parent.width
                html: "The first"
                plain: html
                headingLevel: 1
            }
            RichBlock {
                width: parent.width
                html: "The second"
                plain: html
                headingLevel: 2
            }
            RichBlock {
                width: parent.width
                html: "The third, and all below it"
                plain: html
                headingLevel: 5
            }
        }
    }
    Sample {
        caption: "Right to left"
        RichBlock {
            width: parent.width
            html: "النيل هو أطول نهر في العالم، ويليه الأمازون."
            plain: html
        }
    }
    Sample {
        caption: "A word without an end"
        RichBlock {
            width: parent.width
            html: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurfsvorlage"
            plain: html
        }
    }
}
