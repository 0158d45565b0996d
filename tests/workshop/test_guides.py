#!/usr/bin/env python3
"""The checker of the workshop's guides, on small repositories in temporary folders: each kind of drift is found."""
import contextlib
import io
import os
import re
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

SOURCE_DIR = Path(os.environ.get("RUNNEL_SOURCE_DIR", Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True
sys.path.insert(0, str(SOURCE_DIR / "workshop/lib"))

import journey  # noqa: E402
from guides import main, matches  # noqa: E402
from guidetext import slug  # noqa: E402
from regions import RegionError, region  # noqa: E402

SOURCE = """\
int before();

//! [ask]
    if (!question)
        return;
    //! [inner]
    answer(question);
    //! [inner]
//! [ask]
"""

# Stands for the server: serves, says its settings and its flags, writes a line for each request.
SERVER = """\
#!/usr/bin/env python3
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"model %s\\n" % os.environ.get("DEFAULT_MODEL", "none").encode())
    def log_message(self, *_):
        print("asked for", self.path, flush=True)
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print("flags", *sys.argv[1:], flush=True)
print("Listening on http://127.0.0.1:%d" % server.server_port, flush=True)
server.serve_forever()
"""


class RepositoryCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.put("server/ask.cpp", SOURCE)
        self.put(".env.example", "# The model.\n#DEFAULT_MODEL=gemini-flash-latest\n#PORT=8000\n")
        for program in ("runnel-server", "runnel-emulator"):
            self.put("build/release/bin/" + program, SERVER).chmod(0o755)

    def put(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def guide(self, text, name="workshop/1-chat.md"):
        return self.put(name, textwrap.dedent(text))

    def check(self, *arguments):
        """The exit code, and what was printed."""
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
            code = main(list(arguments), "", root=self.root)
        return code, out.getvalue()

    def assert_fine(self, *arguments):
        code, said = self.check(*arguments)
        self.assertEqual(code, 0, said)
        return said

    def assert_says(self, wanted, *arguments):
        code, said = self.check(*arguments)
        self.assertIn(wanted, said)
        self.assertEqual(code, 1)


class Regions(RepositoryCase):
    def region_of(self, text, name="ask", file="a.cpp"):
        return region(self.put(file, text), name, file)

    def assert_wrong(self, wanted, *arguments):
        with self.assertRaises(RegionError) as raised:
            self.region_of(*arguments)
        self.assertIn(wanted, str(raised.exception))

    def test_a_region_is_dedented_and_has_no_markers_of_others(self):
        self.assertEqual(self.region_of(SOURCE), ["if (!question)", "    return;", "answer(question);"])

    def test_a_region_within_another_stands_for_itself(self):
        self.assertEqual(self.region_of(SOURCE, "inner"), ["answer(question);"])

    def test_each_language_has_its_comment(self):
        for text in ("#! [ask]\nlisten 80;\n#! [ask]\n", "/*! [ask] */\nlisten 80;\n/*! [ask] */\n",
                     "  <!-- ! [ask] -->\nlisten 80;\n  <!-- ! [ask] -->\n"):
            with self.subTest(text):
                self.assertEqual(self.region_of(text), ["listen 80;"])

    def test_a_region_that_does_not_end_is_named_with_file_and_line(self):
        self.assert_wrong("a.cpp:2: the region [ask] begins and does not end", "x\n//! [ask]\ny\n")

    def test_a_region_that_is_not_there_is_named_with_those_that_are(self):
        self.assert_wrong("a.cpp: there is no region [tell] (there are: ask, inner)", SOURCE, "tell")

    def test_a_name_that_stands_a_third_time_is_named_with_file_and_line(self):
        self.assert_wrong("a.cpp:10: the name [ask] stands here again", SOURCE + "//! [ask]\n//! [ask]\n")

    def test_an_empty_region_is_named(self):
        self.assert_wrong("a.cpp:1: the region [ask] is empty", "//! [ask]\n\n//! [ask]\n")

    def test_a_comment_of_documentation_is_no_marker(self):
        self.assertEqual(self.region_of("//! [ask]\n//! [a, b] is a range.\n//! [ask]\n"), ["//! [a, b] is a range."])


class Code(RepositoryCase):
    GOOD = """\
        Look:

        <!-- code: server/ask.cpp ask -->
        ```cpp
        if (!question)
            return;
        answer(question);
        ```
        """

    def test_equal_code_is_fine(self):
        self.guide(self.GOOD)
        self.assert_fine()

    def test_other_code_is_found_and_shown(self):
        self.guide(self.GOOD.replace("answer(", "reply("))
        code, said = self.check()
        self.assertEqual(code, 1)
        self.assertIn("workshop/1-chat.md:5: the code is not what is in [ask] of server/ask.cpp", said)
        self.assertIn("-reply(question);", said)
        self.assertIn("+answer(question);", said)

    def test_write_mends_the_code_and_nothing_else(self):
        path = self.guide(self.GOOD)
        good = path.read_text(encoding="utf-8")
        for bad in (good.replace("answer(", "reply("), good.replace("    return;\n", ""),
                    good.replace("answer(question);\n", "answer(question);\nand_more();\n")):
            path.write_text(bad, encoding="utf-8")
            self.assert_fine("--write")
            self.assertEqual(path.read_text(encoding="utf-8"), good)

    def test_code_within_a_list_keeps_its_indentation(self):
        self.guide("""\
            1. Look:

               <!-- code: server/ask.cpp inner -->
               ```cpp
               answer(question);
               ```
            """)
        self.assert_fine()

    def test_a_source_that_has_gone_is_named(self):
        self.guide(self.GOOD.replace("server/ask.cpp", "server/tell.cpp"))
        self.assert_says("workshop/1-chat.md:4: server/tell.cpp: there is no such file")

    def test_a_comment_without_a_block_is_named(self):
        self.guide("<!-- code: server/ask.cpp ask -->\nNothing.\n")
        self.assert_says("workshop/1-chat.md:1: no block of code follows on <!-- code -->")

    def test_a_comment_that_nobody_knows_is_named(self):
        self.guide("<!-- cod: server/ask.cpp ask -->\n")
        self.assert_says("workshop/1-chat.md:1: nobody knows the comment <!-- cod -->")

    def test_a_block_that_does_not_end_is_named(self):
        self.guide("Text.\n\n```cpp\nint a;\n")
        self.assert_says("workshop/1-chat.md:3: this block of code does not end")

    def test_exercises_are_looked_at_too(self):
        self.guide("# Exercise 1.1: Colour\n\n**Time.** 5 minutes\n\n`server/tell.cpp`\n", "workshop/exercises/1.1-colour/README.md")
        self.assert_says("workshop/exercises/1.1-colour/README.md:5: there is no server/tell.cpp")

    def test_no_guide_at_all_is_no_success(self):
        self.assert_says("There are no guides")


class Links(RepositoryCase):
    def test_a_link_to_a_file_and_a_heading_is_fine(self):
        self.guide("## What's *next*?\n\n[a](#whats-next) [b](2-tools.md#the-end) [c](../server/ask.cpp)\n"
                   "[d](https://doc.qt.io/qt-6/)\n")
        self.guide("# The end\n", "workshop/2-tools.md")
        self.assert_fine()

    def test_a_link_that_leads_nowhere_is_found(self):
        self.guide("\n[a](2-tools.md)\n")
        self.assert_says("workshop/1-chat.md:2: the link leads nowhere: 2-tools.md")

    def test_a_picture_that_is_not_there_is_found(self):
        self.guide("![a](pictures/a.svg)\n")
        self.assert_says("workshop/1-chat.md:1: the link leads nowhere: pictures/a.svg")

    def test_an_anchor_without_a_heading_is_found(self):
        self.guide("# One\n\n[a](#two)\n")
        self.assert_says("workshop/1-chat.md:3: there is no heading #two in workshop/1-chat.md")

    def test_an_anchor_in_another_guide_without_a_heading_is_found(self):
        self.guide("[a](2-tools.md#two)\n")
        self.guide("# One\n", "workshop/2-tools.md")
        self.assert_says("workshop/1-chat.md:1: there is no heading #two in workshop/2-tools.md")

    def test_other_addresses_are_found(self):
        for address in ("http://doc.qt.io/qt-6/", "https://blog.example/best-chat"):
            with self.subTest(address):
                self.guide(f"[a]({address})\n")
                self.assert_says(f"{address} is no https address of documentation")

    def test_what_stands_in_code_is_no_link(self):
        self.guide("`[a](b)`\n\n```\n[a](b)\n```\n")
        self.assert_fine()

    def test_anchors_are_made_as_on_the_web(self):
        self.assertEqual(slug("Component 3: `ChatServer`, [the door](x.md)"), "component-3-chatserver-the-door")


class Paths(RepositoryCase):
    def test_paths_that_are_there_are_fine(self):
        self.guide("`server/ask.cpp`, `server/`, `server/*.cpp`, `server/{ask,ask}.cpp`, `ask.cpp`, "
                   "`./server/ask.cpp 1`\n")
        self.assert_fine()

    def test_what_is_no_path_of_the_repository_is_left_alone(self):
        self.guide("`/ws/chat/{id}`, `text/event-stream`, `a/b`, `build/release/bin/x`, `frame.type`\n")
        self.assert_fine()

    def test_a_path_that_is_not_there_is_found(self):
        for path in ("server/tell.cpp", "server/*.qml", "server/{ask,tell}.cpp", "server/tell 1.2"):
            with self.subTest(path):
                self.guide(f"\nLook into `{path}`.\n")
                self.assert_says(f"workshop/1-chat.md:2: there is no {path.split()[0]} in the repository")

    def test_a_file_name_that_no_file_has_is_found(self):
        self.guide("`tell.cpp`\n")
        self.assert_says("workshop/1-chat.md:1: no file of the repository is called tell.cpp")

    def test_a_file_that_the_reader_makes_may_be_missing(self):
        self.guide("<!-- new: server/tell.cpp -->\nMake `server/tell.cpp`.\n")
        self.assert_fine()


class Settings(RepositoryCase):
    def test_settings_of_the_server_are_fine(self):
        self.guide("`DEFAULT_MODEL=x` `PORT=1`, `Q_EMIT`, `RUNNEL_URL`\n\n<!-- start -->\n```sh\nPORT=1 ./run\n```\n")
        self.assert_fine()

    def test_a_setting_that_the_server_has_not_is_found(self):
        self.guide("\nSet `MODEL_DEFAULT`.\n")
        self.assert_says("workshop/1-chat.md:2: the server has no setting MODEL_DEFAULT")

    def test_a_setting_of_one_word_is_found_where_it_is_set(self):
        self.guide("`GET` is fine, `COLOUR=blue` is not.\n")
        self.assert_says("workshop/1-chat.md:1: the server has no setting COLOUR")

    def test_a_setting_in_a_command_is_found(self):
        self.guide("<!-- start -->\n```sh\nMODEL_DEFAULT=x ./run\n```\n")
        self.assert_says("workshop/1-chat.md:3: the server has no setting MODEL_DEFAULT")


class Functions(RepositoryCase):
    def test_a_function_that_is_there_is_fine(self):
        self.guide("# Chat\n\n`Session::take` is called, then `Session::isIdle()`, then `std::visit`.\n")
        self.guide("class Session\n{\n    bool isIdle() const { return true; }\n};\n", "server/session.h")
        self.guide("void Session::take() {}\n", "server/session.cpp")
        self.assert_fine()

    def test_a_function_that_has_another_name_now_is_found(self):
        self.guide("# Chat\n\n`Session::ask` is called.\n")
        self.guide("void Session::take() {}\n", "server/session.cpp")
        self.assert_says("workshop/1-chat.md:3: there is no Session::ask in the sources")


class Sentences(RepositoryCase):
    def test_a_sentence_of_many_lines_that_is_too_long_is_found_where_its_paragraph_begins(self):
        self.guide("# Chat\n\nShort. " + "and then it goes on\n" * 6 + "and so to its end.\n")
        self.assert_says("workshop/1-chat.md:3: a sentence of 35 words, which is hard to read aloud")

    def test_items_rows_and_code_are_no_part_of_the_sentence_before(self):
        item = "- which goes on for ten words and not one more\n"
        row = "| " + "word " * 40 + "|\n"
        self.guide("# Chat\n\nThere are three things\n" + 3 * item + row + "```sh\necho " + "word " * 40 + "\n```\n")
        self.assert_fine()


class Lists(RepositoryCase):
    EXERCISES = ("1.10 Back-pressure", 40), ("1.2 A timestamp", 15), ("1.1 Colour", 5), ("2.1 A tool", 30)
    LISTED = """\
        <!-- exercises: 1 -->
        | exercise | time |
        |---|---|
        | [1.1 Colour](exercises/1.1-colour/README.md) | 5 min |
        | [1.2 A timestamp](exercises/1.2-a-timestamp/README.md) | 15 min |
        | [1.10 Back-pressure](exercises/1.10-back-pressure/README.md) | 40 min |
        <!-- /exercises -->
        """
    TIMED = """\
        <!-- timing: 75 -->
        | at | min | what |
        |---|---|---|
        | 0:00 | 10 | welcome |
        | 0:10 | 20 | exercises 1.1 and 1.2 |
        | 0:30 | 5 | a pause |
        | 0:35 | 40 | exercise 1.10 |
        | 1:15 | | end |
        <!-- /timing -->
        """

    def setUp(self):
        super().setUp()
        for title, minutes in self.EXERCISES:
            folder = "workshop/exercises/" + title.lower().replace(" ", "-")
            number, _, name = title.partition(" ")
            self.guide(f"# Exercise {number}: {name}\n\n**Time.** {minutes} minutes\n", folder + "/README.md")

    def test_the_list_and_the_times_that_the_folders_say_are_fine(self):
        self.guide(self.LISTED + self.TIMED)
        self.assert_fine()

    def test_another_list_is_found_and_mended(self):
        path = self.guide(self.LISTED)
        good = path.read_text(encoding="utf-8")
        row = "| [1.1 Colour](exercises/1.1-colour/README.md) | 5 min |\n"
        for bad in (good.replace("15 min", "20 min"), good.replace(row, "")):
            path.write_text(bad, encoding="utf-8")
            self.assert_says("workshop/1-chat.md:2: the list of exercises is not what the folders say")
            self.assert_fine("--write")
            self.assertEqual(path.read_text(encoding="utf-8"), good)

    def test_times_that_do_not_follow_are_found_and_mended(self):
        path = self.guide(self.TIMED)
        good = path.read_text(encoding="utf-8")
        for bad in (good.replace("| 0:10 | 20 |", "| 0:10 | 25 |"), good.replace("| 0:35 |", "| 0:40 |")):
            path.write_text(bad, encoding="utf-8")
            self.assert_says("the times do not follow from the rows")
            self.assert_fine("--write")
            self.assertEqual(path.read_text(encoding="utf-8"), good)

    def test_a_wrong_sum_is_found_and_left_to_people(self):
        self.guide(self.TIMED.replace("| 0:30 | 5 |", "| 0:30 | 10 |"))
        self.assert_says("workshop/1-chat.md:1: the rows take 80 minutes together, and 75 are promised", "--write")

    def test_what_is_said_of_each_exercise_keeps_its_words(self):
        path = self.guide("""\
            <!-- taught: 1 -->
            | exercise | time | what they learn |
            |---|---|---|
            | [1.1 Colour](exercises/1.1-colour/README.md) | 5 min | where it is |
            | [1.2 A timestamp](exercises/1.2-a-timestamp/README.md) | 15 min | what `append` does |
            | [1.10 Back-pressure](exercises/1.10-back-pressure/README.md) | 40 min | who waits |
            <!-- /taught -->
            """)
        good = path.read_text(encoding="utf-8")
        self.assert_fine()
        path.write_text(good.replace("15 min", "20 min"), encoding="utf-8")
        self.assert_says("workshop/1-chat.md:2: the exercises are not what the folders say")
        self.assert_fine("--write")
        self.assertEqual(path.read_text(encoding="utf-8"), good)
        path.write_text(good.replace("who waits", ""), encoding="utf-8")
        self.assert_says("workshop/1-chat.md:1: nothing is said of exercise 1.10", "--write")

    def test_an_exercise_that_is_not_there_is_found(self):
        self.guide(self.TIMED.replace("1.1 and", "1.1, 1.7 and"))
        self.assert_says("workshop/1-chat.md:5: there is no exercise 1.7")

    def test_an_exercise_that_cannot_be_read_is_found_and_the_others_are_read(self):
        self.guide(self.LISTED)
        for text in ("# Exercise 1.3: Clear\n", "# 1.3 Clear\n\n**Time.** 15 minutes\n",
                     "# Exercise 1.4: Clear\n\n**Time.** 15 minutes\n"):
            self.guide(text, "workshop/exercises/1.3-clear/README.md")
            code, said = self.check()
            self.assertEqual((code, said), (1, "workshop/exercises/1.3-clear/README.md: It is to begin with '# Exercise 1.3: TITLE' and "
                                               "to have a line '**Time.** N minutes'.\n1 to mend\n"))
        (self.root / "workshop/exercises/1.3-clear/README.md").unlink()
        self.assert_says("workshop/exercises/1.3-clear: There is no README.md.")

    def test_a_list_that_does_not_end_is_found(self):
        self.guide("\n<!-- exercises: 1 -->\n")
        self.assert_says("workshop/1-chat.md:2: <!-- exercises --> is not ended")


class Journey(RepositoryCase):
    TRACE = {
        "steps": [{"station": name, "at_ns": at, **more} for name, at, more in (
            ("received", -3000, {"bytes": 20}), ("decoded", -2000, {}), ("taken", -1000, {}), ("begun", 0, {}),
            ("agent", 20_000, {}), ("asked", 30_000, {"bytes": 1039}), ("sent", 40_000, {}),
            ("answered", 50_000, {"number": 200}),
            ("first_bytes", 1_500_000, {"bytes": 349}), ("ended", 9_000_000, {}))],
        "frames": [
            {"seq": 1, "type": "user", "appended_ns": 10_000, "stored_ns": 35_000, "bytes": 0},
            {"seq": 3, "type": "chunk", "parsed_ns": 1_510_000, "appended_ns": 1_520_000, "stored_ns": 1_530_000,
             "written_ns": 1_540_000, "bytes": 52},
            {"seq": 4, "type": "chunk", "parsed_ns": 2_000_000, "appended_ns": 2_000_001, "stored_ns": 2_000_002,
             "written_ns": 2_000_003, "bytes": 60},
            {"seq": 5, "type": "complete", "appended_ns": 9_001_000, "stored_ns": 9_002_000,
             "written_ns": 9_003_000, "bytes": 37}],
    }
    TIMES = {"sent": -10_000, "first": 1_550_000, "last": 9_010_000}

    def test_the_table_counts_from_the_sending_in_the_order_of_time(self):
        lines = journey.table(self.TRACE, self.TIMES)
        self.assertEqual(lines[2], "| 0.00 | 0.00 | The frame with the message is sent | the client |")
        self.assertEqual(lines[3], "| 0.01 | 0.01 | Its text has arrived, 20 bytes | `ChatConnection::onText` |")
        self.assertIn("| 1.55 | 0.01 | It is written to the socket, 52 bytes | `ChatConnection::pump` |", lines)
        self.assertEqual(lines[-1], "| 9.02 | 0.01 | The end has arrived | the client |")
        self.assertEqual(len(lines), 2 + len(journey.ROWS))

    def table_in_guide(self, change=lambda lines: lines):
        lines = change(journey.table(self.TRACE, self.TIMES))
        self.guide("<!-- trace -->\n" + "\n".join(lines) + "\n<!-- /trace -->\n")
        self.put("server/all.cpp", "\n".join(re.findall(r"\w+::\w+", "\n".join(lines))))

    def test_other_figures_are_fine(self):
        self.table_in_guide(lambda lines: [line.replace("1.55", "1,234.50") for line in lines])
        self.assert_fine()

    def test_a_step_that_nobody_measures_is_found(self):
        self.table_in_guide(lambda lines: [line.replace("It is a checked value", "It is blessed") for line in lines])
        self.assert_says("workshop/1-chat.md:1: workshop/journey knows no step “It is blessed”")

    def test_a_step_that_is_left_out_is_found(self):
        self.table_in_guide(lambda lines: [line for line in lines if "checked value" not in line])
        self.assert_says("workshop/1-chat.md:1: the table of the journey lacks “It is a checked value”")

    def test_an_empty_place_is_found(self):
        self.guide("<!-- trace -->\n<!-- /trace -->\n")
        self.assert_says("workshop/1-chat.md:1: the table of the journey has another head")

    def test_a_server_without_traces_is_named(self):
        self.guide("<!-- trace -->\n<!-- /trace -->\n")
        self.put("build/release/bin/runnel-server", "#!/bin/sh\necho 'TRACE_TURNS is no setting'\nexit 1\n")
        self.assert_says("runnel-server did not start: TRACE_TURNS is no setting", "--trace")


class Commands(RepositoryCase):
    ASK = """\
        <!-- run -->
        ```sh
        python3 -c 'import urllib.request as r; print(r.urlopen("http://127.0.0.1:8000/x").read().decode(), end="")'
        ls server; echo "$RUNNEL_URL"; touch left-behind
        ```
        """
    ANSWER = """\
        <!-- prints -->
        ```
        model none
        ask.cpp
        http://127.0.0.1:8000
        ```
        <!-- logs -->
        ```
        flags --port 0
        asked for /x
        ```
        """

    def test_commands_run_beside_the_sources_and_reach_a_server(self):
        self.guide(self.ASK + self.ANSWER)
        self.assertIn("1 blocks of commands ran", self.assert_fine("--run"))
        self.assertFalse((self.root / "left-behind").exists())

    def test_a_start_gives_settings_and_flags(self):
        self.guide("<!-- start -->\n```sh\nDEFAULT_MODEL=mine ./run --verbose\n```\n" + textwrap.dedent(self.ASK)
                   + "<!-- prints -->\n```\nmodel mine\n…\n```\n<!-- logs -->\n```\nflags --verbose …\n```\n")
        self.assert_fine("--run")

    def test_an_emulator_runs_beside_the_server_which_is_told_its_address(self):
        self.guide("<!-- start -->\n```sh\nbuild/release/bin/runnel-emulator --port 8080 --seed 7\n```\n"
                   "<!-- start -->\n```sh\nDEFAULT_MODEL=127.0.0.1:8080 ./run\n```\n" + textwrap.dedent(self.ASK)
                   + "<!-- prints -->\n```\nmodel 127.0.0.1:8080\n…\n```\n")
        self.assert_fine("--run")

    def test_another_start_is_found(self):
        self.guide("<!-- start -->\n```sh\n./test\n```\n")
        self.assert_says("workshop/1-chat.md:3: a start is one line")

    def test_a_command_that_fails_is_found(self):
        self.guide("<!-- run -->\n```sh\necho so; false; echo on\n```\n")
        self.assert_says("workshop/1-chat.md:2: this ends with 1; it printed:\n    so", "--run")

    def test_a_failure_within_a_pipe_is_found(self):
        self.guide("<!-- run -->\n```sh\nfalse | cat\n```\n")
        self.assert_says("workshop/1-chat.md:2: this ends with 1", "--run")

    def test_another_print_is_found(self):
        self.guide(self.ASK + self.ANSWER.replace("model none", "model some"))
        self.assert_says("workshop/1-chat.md:7: what is printed is not this, but:\n    model none", "--run")

    def test_a_line_that_the_server_did_not_write_is_found(self):
        self.guide(self.ASK + self.ANSWER.replace("asked for /x", "asked for /y"))
        self.assert_says("workshop/1-chat.md:15: the server did not write this line", "--run")

    def test_write_fills_in_what_is_printed(self):
        path = self.guide("<!-- run -->\n```sh\necho a; echo b\n```\n<!-- prints -->\n```\n```\n")
        self.assert_fine("--run", "--write")
        self.assertIn("```\na\nb\n```\n", path.read_text(encoding="utf-8"))
        self.assert_fine("--run")

    def test_a_server_that_does_not_start_is_named(self):
        self.put("build/release/bin/runnel-server", "#!/bin/sh\necho 'PORT is wrong'\nexit 1\n")
        self.guide(self.ASK)
        self.assert_says("runnel-server did not start: PORT is wrong", "--run")

    def test_a_build_that_is_not_there_is_named(self):
        self.guide(self.ASK)
        self.assert_says("runnel-server is not there", "--run", "--build", str(self.root / "nowhere"))

    def test_nothing_to_run_is_no_success(self):
        self.guide("Text.\n")
        self.assert_says("nothing was tried", "--run")

    def test_what_varies_is_left_out_within_a_line_or_in_lines(self):
        self.assertTrue(matches(["a … c"], "a b c\n"))
        self.assertTrue(matches(["a", "…", "d"], "a\nb\nc\nd"))
        self.assertTrue(matches(["a", "…", "d"], "a\nd"))
        self.assertFalse(matches(["a … c"], "a b\n c"))
        self.assertFalse(matches(["a"], "a\nb"))
        self.assertFalse(matches(["a.c"], "abc"))
        self.assertFalse(matches(["a", "…"], "b\na"))


if __name__ == "__main__":
    unittest.main()
