"""A guide's text in parts: blocks of code with what the comment above says of them, comments, and prose."""
import re
from typing import NamedTuple

FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})\s*([A-Za-z0-9_+-]*)\s*$")
COMMENT = re.compile(r"^\s*<!-- (/?[a-z]+)(?:: (.*?))? -->\s*$")
HEADING = re.compile(r"^#{1,6} +(.*?)\s*$")
NEW_SENTENCE = re.compile(r"(?<=[.?!:])\s+")
NEW_PARAGRAPH = re.compile(r"\s*(?:[-*#]|\d+\. )")
ABOVE_A_BLOCK = {"code", "start", "run", "prints", "logs"}
AROUND = {"exercises", "taught", "timing", "trace"}


class Problem(NamedTuple):
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


class Block(NamedTuple):
    """A fenced block: the lines of its fences, counted from 1, and what the comment above says."""
    first: int
    last: int
    indent: str
    lines: list
    word: str
    rest: str


def slug(heading):
    """The anchor that a heading gets."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


class Guide:
    def __init__(self, path, root):
        self.path = path
        self.shown = str(path.relative_to(root))
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.blocks, self.comments, self.prose = [], [], []
        self.problems = []
        self._parse()

    def problem(self, line, text):
        self.problems.append(Problem(self.shown, line, text))

    def _parse(self):
        """Parts the lines into blocks, comments and prose, which is what is left."""
        above, fence, inside = None, None, []
        for number, line in enumerate(self.lines, 1):
            found = FENCE.match(line)
            if fence:
                if found and found[2].startswith(fence[2]) and not found[3]:
                    word, rest = (above[1], above[2]) if above else ("", "")
                    indent = fence[1]
                    own = [text[len(indent):] if text.startswith(indent) else text for text in inside]
                    self.blocks.append(Block(fence_line, number, indent, own, word, rest))
                    above, fence, inside = None, None, []
                else:
                    inside.append(line)
            elif found:
                fence, fence_line = found, number
            elif comment := COMMENT.match(line):
                if above:
                    self.problem(above[0], f"no block of code follows on <!-- {above[1]} -->")
                above = None
                self.comments.append((number, comment[1], comment[2] or ""))
                if comment[1] in ABOVE_A_BLOCK:
                    above = (number, comment[1], comment[2] or "")
                elif comment[1].lstrip("/") not in AROUND | {"new"}:
                    self.problem(number, f"nobody knows the comment <!-- {comment[1]} -->")
            else:
                if line.strip() and above:
                    self.problem(above[0], f"no block of code follows on <!-- {above[1]} -->")
                    above = None
                self.prose.append((number, line))
        if fence:
            self.problem(fence_line, "this block of code does not end")

    def sentences(self):
        """The sentences of the prose, but for tables: the line where the paragraph of each begins, and its text."""
        paragraphs = [[0, 0, ""]]  # first line, last line, text
        for number, line in self.prose:
            if not line.strip() or line.lstrip().startswith(("|", "<")):
                continue
            if NEW_PARAGRAPH.match(line) or number != paragraphs[-1][1] + 1:
                paragraphs.append([number, number, ""])
            paragraphs[-1][1:] = number, paragraphs[-1][2] + " " + line.strip()
        for first, _, text in paragraphs:
            for sentence in NEW_SENTENCE.split(text.strip()):
                yield first, sentence

    def between(self, word):
        """What is between <!-- word --> and <!-- /word -->: first line, last line, what the comment says."""
        opened = None
        for number, name, rest in self.comments:
            if name == word:
                if opened:
                    self.problem(number, f"<!-- {word} --> stands here again before <!-- /{word} -->")
                opened = (number, rest)
            elif name == "/" + word:
                if not opened:
                    self.problem(number, f"<!-- /{word} --> ends what does not begin")
                    continue
                yield opened[0] + 1, number - 1, opened[1]
                opened = None
        if opened:
            self.problem(opened[0], f"<!-- {word} --> is not ended by <!-- /{word} -->")

    def anchors(self):
        seen = {}
        for _, line in self.prose:
            if found := HEADING.match(line):
                name = slug(found[1])
                seen[name] = seen.get(name, -1) + 1
                yield f"{name}-{seen[name]}" if seen[name] else name
