pragma Singleton
import QtQuick

// The tokens of the look, the same as the page's frontend/css/tokens.css: a test holds the two equal.
QtObject {
    id: theme

    enum Preference { System, Light, Dark }

    property int preference: Theme.System
    // Qt 6.4 has no colour scheme in its style hints; the palette says it as well, and in later ones too.
    readonly property bool systemIsDark: system.window.hslLightness < 0.5
    readonly property bool dark: preference === Theme.Dark || (preference === Theme.System && systemIsDark)
    enum Contrast { AsSystem, Normal, High }

    property int contrast: Theme.AsSystem
    // Qt has no word for it; see SystemContrast.
    property bool systemWantsContrast: false
    // Letters have at least 7 : 1, every edge of a control or a card 3 : 1.
    readonly property bool high: contrast === Theme.High || (contrast === Theme.AsSystem && systemWantsContrast)
    // False where somebody asked for no motion.
    property bool motion: true
    // How large letters are, 1 as everywhere; spaces and targets stay.
    property real textScale: 1
    // There is a finger, which does not hover.
    property bool touch: false
    // The window stands the other way round: its language is written from the right.
    // What is compiled ahead finds no application in Qt 6.4, so this expression is one that is not, and which qmllint
    // does not know either.
    readonly property bool mirrored: Qt.application.layoutDirection === Qt.RightToLeft // qmllint disable
    // Before words that are put together, so that they stand in the window's order whatever they begin with.
    readonly property string directionMark: mirrored ? "\u200f" : ""
    // A part of such words, whose own order that does not change.
    function apart(text: string): string {
        return mirrored ? String.fromCharCode(0x2068) + text + String.fromCharCode(0x2069) : text;
    }
    // Long lines of code are wrapped, in every block.
    property bool wrapsCode: false

    readonly property SystemPalette system: SystemPalette {}

    readonly property color canvas: dark ? (high ? "#000000" : "#0F1418") : high ? "#FFFFFF" : "#FFFFFF"
    readonly property color sunken: dark ? (high ? "#000000" : "#0A0E11") : high ? "#FFFFFF" : "#F6F7F8"
    readonly property color raised: dark ? (high ? "#000000" : "#171E24") : high ? "#FFFFFF" : "#FFFFFF"
    readonly property color text: dark ? (high ? "#FFFFFF" : "#E7ECF0") : high ? "#000000" : "#17202A"
    readonly property color muted: dark ? (high ? "#D5DCE3" : "#9AA7B3") : high ? "#343C46" : "#56616E"
    readonly property color hairline: dark ? (high ? "#8B96A1" : "#2A333B") : high ? "#6B7480" : "#E3E6EA"
    readonly property color outline: dark ? (high ? "#D5DCE3" : "#66727E") : high ? "#2B323B" : "#8A94A0"
    readonly property color accent: dark ? (high ? "#5EEAD4" : "#2DD4BF") : high ? "#0A4F49" : "#0F766E"
    readonly property color accentInk: dark ? (high ? "#000000" : "#06231F") : high ? "#FFFFFF" : "#FFFFFF"
    readonly property color bubble: dark ? (high ? "#06302B" : "#14302D") : high ? "#DDF3F0" : "#E3F2F0"
    readonly property color header: high ? "#000000" : "#0F172A"
    readonly property color headerInk: "#FFFFFF"
    readonly property color danger: dark ? (high ? "#FFB4AB" : "#F97066") : high ? "#8A1A12" : "#B42318"
    readonly property color warning: dark ? (high ? "#FFD37A" : "#FDB022") : high ? "#5E3C00" : "#8A5A00"
    readonly property color code: dark ? (high ? "#000000" : "#0A0E11") : high ? "#FFFFFF" : "#F2F4F6"

    // The parts of code.
    readonly property color codeKeyword: dark ? (high ? "#DCC8F7" : "#C4A7E7") : high ? "#5B2A78" : "#7A3E9D"
    readonly property color codeString: dark ? (high ? "#A9E6B9" : "#8BD5A0") : high ? "#0A4D2B" : "#0F6B3C"
    readonly property color codeNumber: dark ? (high ? "#FFD8A0" : "#F4BF75") : high ? "#683705" : "#8A4B08"
    readonly property color codeTitle: dark ? (high ? "#B5D0FF" : "#8AB4F8") : high ? "#15379E" : "#1D4ED8"
    readonly property color codeType: dark ? (high ? "#8FF3E2" : "#5EEAD4") : high ? "#074E48" : "#0B6B64"

    // What stands on the header, which is dark in both.
    readonly property color headerMuted: high ? "#E3E8EE" : "#B6C0CE"
    readonly property color headerAccent: high ? "#5EEAD4" : "#2DD4BF"
    readonly property color headerWarning: high ? "#FFD37A" : "#FDB022"
    readonly property color headerDanger: high ? "#FFB4AB" : "#F97066"
    readonly property color headerHover: Qt.rgba(1, 1, 1, high ? 0.3 : 0.12)
    // Over any ground.
    readonly property color hover: high ? (dark ? "#242B32" : "#E4E9EE") : dark ? Qt.rgba(231 / 255, 236 / 255, 240 / 255, 0.08) : Qt.rgba(23 / 255, 32 / 255, 42 / 255, 0.06)

    readonly property int size12: Math.round(12 * textScale)
    readonly property int size14: Math.round(14 * textScale)
    readonly property int size16: Math.round(16 * textScale)
    readonly property int size18: Math.round(18 * textScale)
    readonly property int size22: Math.round(22 * textScale)
    readonly property int size28: Math.round(28 * textScale)
    readonly property int line12: Math.round(18 * textScale) // 1.5
    readonly property int line14: Math.round(21 * textScale) // 1.5
    readonly property int line16: Math.round(26 * textScale) // 1.6
    readonly property int normal: Font.Normal
    readonly property int strong: Font.DemiBold
    readonly property string mono: "monospace"

    // How what has a width of its own grows with the letters: not as much, or a small window has no room for it.
    readonly property real widthScale: Math.min(1.5, Math.max(1, textScale))

    readonly property int space4: 4
    readonly property int space8: 8
    readonly property int space12: 12
    readonly property int space16: 16
    readonly property int space24: 24
    readonly property int space32: 32
    readonly property int space48: 48

    readonly property int radiusControl: 6
    readonly property int radiusCard: 12
    readonly property int radiusBubble: 18

    readonly property int quick: motion ? 120 : 0
    readonly property int calm: motion ? 180 : 0

    readonly property int headerHeight: Math.max(56, Math.round(36 * textScale))
    readonly property int column: Math.round(760 * Math.max(1, textScale))
    readonly property int sideBar: Math.round(280 * Math.min(1.4, Math.max(1, textScale)))
    // Lines of prose end here; code and tables may use the whole column.
    readonly property real measure: Math.floor(72 * body.averageCharacterWidth)
    readonly property FontMetrics body: FontMetrics { font.pixelSize: theme.size16 }
    // Rich text puts all of a line's leading above it; half of it belongs below.
    readonly property int halfLeading: Math.round((line16 - body.height) / 2)
    readonly property int target: 40
    readonly property int denseTarget: 32
    readonly property int scrollStep: 48 // of an arrow key: two lines, nearly

    // The frame of every rich text: what b, code and a look like. Only our own tags ever stand in it.
    readonly property string richTextHead: "<style>p{margin:0}b{font-weight:600}"
        + "a{color:" + accent + "}code{font-family:'" + mono + "';background-color:" + code + ";white-space:pre-wrap}</style>"

    // Any text as it stands, blanks and all, in lines of that height: a TextEdit has none for plain text. A line is a
    // paragraph, so that each finds its own direction.
    function plainText(text: string, lineHeight: int): string {
        const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
        const style = "white-space:pre-wrap;line-height:" + lineHeight + "px";
        return richTextHead + escaped.split(/\r\n?|\n/).map(line => line === ""
            ? "<p style=\"-qt-paragraph-type:empty;" + style + "\"><br/></p>"
            : "<p style=\"" + style + "\">" + line + "</p>").join("");
    }
    // Lines are lineHeight px high; a proportion would be one of the font's own height, not of its size.
    function richText(html: string, lineHeight: int): string {
        return richTextHead + "<p style=\"line-height:" + lineHeight + "px\">" + html + "</p>";
    }
}
