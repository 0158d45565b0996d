#!/usr/bin/env python3
"""The guides' pictures are what their texts say, and their maker says what it cannot read."""
import os
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

SOURCE_DIR = Path(os.environ.get("RUNNEL_SOURCE_DIR", Path(__file__).resolve().parents[2]))
PICTURES = SOURCE_DIR / "workshop/pictures"
sys.dont_write_bytecode = True
sys.path.insert(0, str(SOURCE_DIR / "workshop/lib"))

from pictures import PictureError, picture  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
SEQUENCE = "title: A talk.\nkind: sequence\nactors: A | B\n1 -> 2: hello\n2: thinks\n2 --> 1: `{}`\n= end\n"
BOXES = ('title: Two.\nkind: boxes\nrow: a "A" "one" ; b "B"\nrow: c "C"\na -> b: to\nc <-> a: both\n'
         'around: a c "frame"\n')


def of(tree, tag, class_):
    return [node for node in tree.iter(SVG + tag) if class_ in node.get("class", "").split()]


class Committed(unittest.TestCase):
    def test_the_pictures_are_what_their_texts_say(self):
        made = subprocess.run([PICTURES / "make", "--check"], capture_output=True, text=True, check=False)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)

    def test_they_can_be_read_in_the_dark_and_by_a_screen_reader_and_need_nothing_else(self):
        for path in sorted(PICTURES.glob("*.svg")):
            with self.subTest(path.name):
                text = path.read_text(encoding="utf-8")
                root = xml.fromstring(text)
                self.assertIn("prefers-color-scheme: dark", text)
                self.assertEqual(root.find(SVG + "title").text, root.get("aria-label"))
                self.assertIsNone(re.search(r"https?://(?!www\.w3\.org/2000/svg)|url\(|<script|@import", text))

    def test_colours_have_contrast(self):
        style = (PICTURES / "architecture.svg").read_text(encoding="utf-8")
        light, dark = style.split("@media")[0], style.split("@media")[1]

        def colour(css, selector, attribute="fill"):
            return re.search(r"%s \{[^}]*\b%s: #([0-9a-f]{6})" % (re.escape(selector), attribute), css)[1]

        def luminance(hexes):
            parts = [int(hexes[i:i + 2], 16) / 255 for i in (0, 2, 4)]
            parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

        for name, css in (("light", light), ("dark", dark)):
            for words in ("text", ".small", ".wire"):
                for ground in (".paper", ".box", ".note"):
                    with self.subTest(f"{name}: {words} on {ground}"):
                        pair = sorted(luminance(colour(css, one)) for one in (words, ground))
                        self.assertGreaterEqual((pair[1] + 0.05) / (pair[0] + 0.05), 4.5)


class Making(unittest.TestCase):
    def test_the_same_text_gives_the_same_bytes(self):
        self.assertEqual(picture(SEQUENCE, "a"), picture(SEQUENCE, "a"))

    def test_a_sequence_has_its_actors_arrows_and_notes(self):
        tree = xml.fromstring(picture(SEQUENCE, "a"))
        self.assertEqual([node.text for node in of(tree, "text", "name")], ["A", "B"])
        self.assertEqual(len(of(tree, "path", "head")), 2)
        self.assertEqual(len(of(tree, "rect", "note")), 1)
        self.assertEqual([node.text for node in of(tree, "text", "wire")], ["{}"])
        self.assertEqual([node.text for node in of(tree, "text", "step")], ["1", "2", "3"])

    def test_boxes_of_a_column_stand_below_each_other_and_nothing_leaves_the_paper(self):
        tree = xml.fromstring(picture(BOXES, "a"))
        a, b, c = of(tree, "rect", "box")
        self.assertEqual(a.get("x"), c.get("x"))
        self.assertEqual(a.get("y"), b.get("y"))
        self.assertEqual(len(of(tree, "path", "head")), 3)
        for node in tree.iter(SVG + "rect"):
            right = float(node.get("x", 0)) + float(node.get("width"))
            bottom = float(node.get("y", 0)) + float(node.get("height"))
            self.assertLessEqual(right, float(tree.get("width")))
            self.assertLessEqual(bottom, float(tree.get("height")))

    def test_what_cannot_be_read_is_named_with_its_line(self):
        for text, wanted in ((SEQUENCE + "1 => 2: x\n", "a:8: this is no step"),
                             (BOXES + "a -> b\n", "a:8: this is no line of a picture"),
                             (SEQUENCE + "1 -> 3: x\n", "names an actor that is not there"),
                             (BOXES + "a -> d: x\n", "there is no box d"),
                             (BOXES + "b -> c: x\n", "b and c are no neighbours"),
                             (SEQUENCE.replace("title", "# title"), "a picture has a title"),
                             ("title: x\nkind: pie\n", "a picture is of kind")):
            with self.subTest(wanted):
                with self.assertRaisesRegex(PictureError, re.escape(wanted)):
                    picture(text, "a")


if __name__ == "__main__":
    unittest.main()
