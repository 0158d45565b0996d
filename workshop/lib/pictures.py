"""Pictures from text, for guides: the same text gives the same bytes on every machine.

A text has a line `title:` (what a screen reader says) and one of two kinds of picture.

    kind: sequence                     who says what to whom, from above to below
    actors: Browser | nginx | …
    1 -> 2: {"message":"Hello"}        an arrow from the first actor to the second; `quote` marks what is on the wire
    4 <- 5: text                       the same, from right to left; `-->` and `<--` are dashed
    3: Session::take                   what an actor does by itself
    = upgraded once                    a line across, with words

    kind: boxes                        boxes in rows, arrows between them
    row: page "Page" "in the browser" ; nginx "nginx"
    page -> nginx: WebSocket           an arrow between neighbours, and what goes along it; `<->` has two heads
    around: page nginx "one machine"   a frame around boxes

The colours are CSS in the picture, by the reader's light or dark scheme. Widths are those of the table below and not of
a font, so that nothing depends on what is installed.
"""
import re
import shlex
from html import escape

STYLE = """\
    text { font: 14px ui-sans-serif, system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: #1f2328 }
    .name { font-weight: 600; font-size: 15px }
    .small { font-size: 12.5px; fill: #57606a }
    .wire { font: 12.5px ui-monospace, "SF Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace; fill: #0b4f8a }
    .step { font-size: 11px; font-weight: 600; fill: #ffffff }
    .paper { fill: #ffffff }
    .box { fill: #f1f5fa; stroke: #7c8ba1; stroke-width: 1.25 }
    .around { fill: none; stroke: #9aa7b8; stroke-width: 1.25; stroke-dasharray: 5 4 }
    .life { stroke: #c4ccd6; stroke-width: 1.25 }
    .line { stroke: #46566b; stroke-width: 1.5; fill: none }
    .dashed { stroke-dasharray: 5 4 }
    .head { fill: #46566b }
    .dot { fill: #0b62a8 }
    .note { fill: #fff6dd; stroke: #c79a2b; stroke-width: 1 }
    .mask { fill: #ffffff }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .small { fill: #a3adb8 }
      .wire { fill: #8cc7ff }
      .step { fill: #0d1117 }
      .paper { fill: #0d1117 }
      .box { fill: #1a222d; stroke: #6c7a8d }
      .around { stroke: #566375 }
      .life { stroke: #323c49 }
      .line { stroke: #a9b6c6 }
      .head { fill: #a9b6c6 }
      .dot { fill: #79b8ff }
      .note { fill: #2d2716; stroke: #8d7331 }
      .mask { fill: #0d1117 }
    }"""

NARROW, WIDE = set("iljft.,:;'|!()[] "), set("mwMWQO@%")


class PictureError(Exception):
    """What cannot be read, with its line."""


def width(text, size=14.0, mono=False):
    """About how wide a text is, on the generous side."""
    if mono:
        return len(text) * size * 0.61
    return sum(0.33 if c in NARROW else 0.88 if c in WIDE else 0.67 if c.isupper() else 0.57 for c in text) * size


def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Canvas:
    def __init__(self):
        self.parts = []

    def add(self, tag, text=None, **attributes):
        words = "".join(f' {name.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
                        for name, value in attributes.items())
        self.parts.append(f"  <{tag}{words}/>" if text is None else f"  <{tag}{words}>{escape(text, False)}</{tag}>")

    def text(self, x, y, text, class_="", anchor="middle"):
        # Wire and code keep the spaces that they have.
        self.add("text", text, x=x, y=y, **({"class_": class_} if class_ else {}), text_anchor=anchor)

    def box(self, x, y, w, h, class_="box", radius=8):
        self.add("rect", x=x, y=y, width=w, height=h, rx=radius, class_=class_)

    def arrow(self, x1, y1, x2, y2, dashed=False):
        """A line with a head at its second end, along one axis."""
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        self.add("path", d=f"M{number(x1)} {number(y1)}L{number(x2 - 6 * dx)} {number(y2 - 6 * dy)}",
                 class_="line dashed" if dashed else "line")
        ax, ay = x2 - 9 * dx, y2 - 9 * dy
        self.add("path", d=f"M{number(x2)} {number(y2)}L{number(ax - 4.5 * dy)} {number(ay - 4.5 * dx)}"
                           f"L{number(ax + 4.5 * dy)} {number(ay + 4.5 * dx)}Z", class_="head")

    def svg(self, w, h, title):
        head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(w)} {number(h)}" width="{number(w)}" '
                f'height="{number(h)}" role="img" aria-label="{escape(title)}">')
        return "\n".join([head, f"  <title>{escape(title, False)}</title>", "  <style>", STYLE, "  </style>",
                          f'  <rect class="paper" width="{number(w)}" height="{number(h)}" rx="6"/>',
                          *self.parts, "</svg>", ""])


# ---- sequences

PAD, HEAD_HEIGHT, STEP_HEIGHT, NOTE_HEIGHT = 24, 40, 46, 34


def parse_step(line, place):
    if line.startswith("="):
        return ("across", line[1:].strip())
    found = re.match(r"(\d+) (<-->|-->|<--|->|<-) (\d+): (.+)$", line)
    if found:
        left, arrow, right, text = found.groups()
        first, last = int(left) - 1, int(right) - 1
        return ("arrow", *((first, last) if arrow.endswith(">") else (last, first)), "--" in arrow, text)
    if found := re.match(r"(\d+): (.+)$", line):
        return ("note", int(found[1]) - 1, found[2])
    raise PictureError(f"{place}: this is no step: {line}")


def label_width(text):
    return width(text[1:-1], 12.5, mono=True) if text.startswith("`") else width(text, 13)


def note_side(text):
    return (width(text, 13.5) + 44) / 2


def sequence(title, actors, steps):
    canvas = Canvas()
    half = [max(width(name, 16) + 32, 96) / 2 for name in actors]
    gaps = [half[i] + half[i + 1] + 28 for i in range(len(actors) - 1)]
    left, right = half[0], half[-1]
    for step in steps:
        if step[0] == "arrow":
            low, high = sorted(step[1:3])
            need = label_width(step[4]) + 60 - sum(gaps[low:high])
            for gap in range(low, high):
                gaps[gap] += max(0, need) / (high - low)
        elif step[0] == "note":
            side = note_side(step[2])
            at = step[1]
            if at == 0:
                left = max(left, side)
            else:
                gaps[at - 1] = max(gaps[at - 1], side + 20)
            if at == len(actors) - 1:
                right = max(right, side)
            else:
                gaps[at] = max(gaps[at], side + 20)
    xs = [PAD + left]
    for gap in gaps:
        xs.append(xs[-1] + gap)
    total = xs[-1] + right + PAD
    heights = [STEP_HEIGHT if step[0] == "arrow" else NOTE_HEIGHT + 12 for step in steps]
    bottom = PAD + HEAD_HEIGHT + 12 + sum(heights) + 12
    for x in xs:
        canvas.add("path", d=f"M{number(x)} {PAD + HEAD_HEIGHT}V{number(bottom)}", class_="life")
    for x, name, side in zip(xs, actors, half):
        canvas.box(x - side, PAD, 2 * side, HEAD_HEIGHT)
        canvas.text(x, PAD + 25.5, name, "name")
    y, count = PAD + HEAD_HEIGHT + 12, 0
    for step in steps:
        if step[0] == "arrow":
            y += STEP_HEIGHT
            count += 1
            arrow_step(canvas, xs, y - 8, count, *step[1:])
        elif step[0] == "note":
            y += NOTE_HEIGHT + 12
            count += 1
            side = note_side(step[2])
            canvas.box(xs[step[1]] - side, y - NOTE_HEIGHT, 2 * side, NOTE_HEIGHT - 6, "note", 6)
            canvas.text(xs[step[1]] + 5, y - NOTE_HEIGHT + 18.5, step[2])
            badge(canvas, xs[step[1]] - side, y - NOTE_HEIGHT + 14, count)
        else:
            y += NOTE_HEIGHT + 12
            canvas.add("path", d=f"M{PAD}{' '}{number(y - 18)}H{number(total - PAD)}", class_="life dashed")
            side = width(step[1], 12.5) / 2 + 12
            canvas.box(total / 2 - side, y - 28, 2 * side, 20, "mask", 0)
            canvas.text(total / 2, y - 13.5, step[1], "small")
    return canvas.svg(total, bottom + PAD - 8, title)


def badge(canvas, x, y, count):
    canvas.add("circle", cx=x, cy=y, r=9, class_="dot")
    canvas.text(x, y + 4, str(count), "step")


def arrow_step(canvas, xs, y, count, first, last, dashed, text):
    x1, x2 = xs[first], xs[last]
    direction = 1 if x2 > x1 else -1
    canvas.arrow(x1 + 9 * direction, y, x2 - 1 * direction, y, dashed)
    badge(canvas, x1, y, count)
    middle, size = (x1 + x2) / 2, label_width(text)
    # The words cover the lifelines that they cross, so that they can be read.
    canvas.box(middle - size / 2 - 4, y - 23, size + 8, 18, "mask", 0)
    if text.startswith("`"):
        canvas.text(middle, y - 9.5, text.strip("`"), "wire")
    else:
        canvas.text(middle, y - 9.5, text)


# ---- boxes

ROW_GAP, COLUMN_GAP, LINE_HEIGHT = 58, 66, 18
FRAME_SIDE, FRAME_TOP, FRAME_BOTTOM = 18, 28, 18  # from the boxes to the frame around them


class Box:
    def __init__(self, name, lines):
        self.name, self.lines = name, lines
        self.w = max([width(lines[0], 16), *(width(line, 12.5) for line in lines[1:])]) + 36
        self.h = 24 + LINE_HEIGHT * len(lines)
        self.x = self.y = 0.0

    def draw(self, canvas):
        canvas.box(self.x, self.y, self.w, self.h)
        for index, line in enumerate(self.lines):
            canvas.text(self.x + self.w / 2, self.y + 26 + index * LINE_HEIGHT, line, "small" if index else "name")


def parse_row(text, place):
    boxes = []
    for part in text.split(";"):
        words = shlex.split(part)
        if len(words) < 2:
            raise PictureError(f'{place}: a box is NAME "Title" "line" …')
        boxes.append(Box(words[0], words[1:]))
    return boxes


def crosses(frames, first, last):
    """Whether an arrow goes into a frame or out of one."""
    return any((first in names) != (last in names) for names, _ in frames)


def boxes_picture(title, rows, arrows, frames):
    """Rows and columns as in a table: what stands in one column has one width, so arrows are upright or level."""
    by_name = {box.name: box for row in rows for box in row}
    where = {box.name: (r, c) for r, row in enumerate(rows) for c, box in enumerate(row)}
    widths = [max(row[c].w for row in rows if c < len(row)) for c in range(max(map(len, rows)))]
    heights = [max(box.h for box in row) for row in rows]
    across, down = [COLUMN_GAP] * (len(widths) - 1), [ROW_GAP] * (len(rows) - 1)
    beside = 0  # how far to the right of a column's middle words reach
    for first, last, _, label in arrows:
        (r1, c1), (r2, c2) = where[first], where[last]
        extra = crosses(frames, first, last)
        if r1 == r2 and abs(c1 - c2) == 1:
            gap = min(c1, c2)
            across[gap] = max(across[gap], label_width(label) + 40 + extra * FRAME_SIDE)
        elif c1 == c2 and abs(r1 - r2) == 1:
            down[min(r1, r2)] = max(down[min(r1, r2)], ROW_GAP + extra * FRAME_TOP)
            beside = max(beside, sum(widths[:c1]) + sum(across[:c1]) + widths[c1] / 2 + label_width(label) + 12)
        else:
            raise PictureError(f"{first} and {last} are no neighbours: an arrow would cross a box")
    margin = PAD + (FRAME_SIDE if frames else 0)
    total = max(sum(widths) + sum(across), beside)
    y = PAD + (FRAME_TOP if any(rows[0][0].name in names for names, _ in frames) else 0)
    for r, row in enumerate(rows):
        x = margin
        for c, box in enumerate(row):
            box.x, box.y, box.w, box.h = x, y, widths[c], heights[r]
            x += widths[c] + (across[c] if c < len(across) else 0)
        y += heights[r] + (down[r] if r < len(down) else 0)
    canvas = Canvas()
    for names, label in frames:
        draw_frame(canvas, [by_name[name] for name in names], label)
    for first, last, both, label in arrows:
        draw_arrow(canvas, by_name[first], by_name[last], both, label, crosses(frames, first, last))
    for row in rows:
        for box in row:
            box.draw(canvas)
    return canvas.svg(total + 2 * margin, y + margin, title)


def draw_frame(canvas, boxes, label):
    left, top = min(box.x for box in boxes) - FRAME_SIDE, min(box.y for box in boxes) - FRAME_TOP
    right = max(box.x + box.w for box in boxes) + FRAME_SIDE
    bottom = max(box.y + box.h for box in boxes) + FRAME_BOTTOM
    canvas.box(left, top, right - left, bottom - top, "around", 12)
    size = width(label, 12.5)
    canvas.box(right - size - 34, top - 9, size + 12, 18, "mask", 0)
    canvas.text(right - 28, top + 4.5, label, "small", "end")


def draw_arrow(canvas, first, last, both, label, crossing):
    class_ = "wire" if label.startswith("`") else ""
    label = label.strip("`")
    if first.y == last.y:
        y, forward = first.y + first.h / 2, first.x < last.x
        x1, x2 = (first.x + first.w, last.x) if forward else (first.x, last.x + last.w)
        canvas.arrow(x1, y, x2, y)
        if both:
            canvas.arrow(x2, y, x1, y)
        canvas.text((x1 + x2 + crossing * FRAME_SIDE) / 2, y - 8, label, class_)
        return
    x, down = first.x + first.w / 2, first.y < last.y
    y1, y2 = (first.y + first.h, last.y) if down else (first.y, last.y + last.h)
    canvas.arrow(x, y1, x, y2)
    if both:
        canvas.arrow(x, y2, x, y1)
    canvas.text(x + 12, (y1 + y2 - crossing * FRAME_TOP) / 2 + 4.5, label, class_, "start")


# ---- texts

def picture(text, name):
    """The SVG that a text describes."""
    title = kind = actors = None
    steps, rows, arrows, frames = [], [], [], []
    for index, line in enumerate(text.splitlines(), 1):
        line, place = line.strip(), f"{name}:{index}"
        key, _, rest = line.partition(":")
        rest = rest.strip()
        if not line or line.startswith("#"):
            continue
        if key == "title":
            title = rest
        elif key == "kind":
            kind = rest
        elif key == "actors":
            actors = [actor.strip() for actor in rest.split("|")]
        elif key == "row":
            rows.append(parse_row(rest, place))
        elif key == "around":
            words = shlex.split(rest)
            frames.append((words[:-1], words[-1]))
        elif kind == "sequence":
            steps.append(parse_step(line, place))
        elif found := re.match(r"(\w+) (->|<->) (\w+): (.+)$", line):
            arrows.append((found[1], found[3], found[2] == "<->", found[4]))
        else:
            raise PictureError(f"{place}: this is no line of a picture: {line}")
    known = {box.name for row in rows for box in row}
    for name_of_box in [box for arrow in arrows for box in arrow[:2]] + [box for frame in frames for box in frame[0]]:
        if name_of_box not in known:
            raise PictureError(f"{name}: there is no box {name_of_box}")
    if any(place >= len(actors or []) for step in steps for place in step[1:3] if isinstance(place, int)
           and not isinstance(place, bool)):
        raise PictureError(f"{name}: a step names an actor that is not there")
    if not title:
        raise PictureError(f"{name}: a picture has a title")
    if kind == "sequence" and actors and steps:
        return sequence(title, actors, steps)
    if kind == "boxes" and rows:
        return boxes_picture(title, rows, arrows, frames)
    raise PictureError(f"{name}: a picture is of kind sequence, with actors and steps, or of kind boxes, with rows")
