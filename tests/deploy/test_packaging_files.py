#!/usr/bin/env python3
"""What a desktop is told about the window agrees with itself, with the program and with what checks it in distributions."""

import configparser
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

import yaml

from deployment import BINARY_DIR, CLEAN, SOURCE_DIR

APPLICATION = "org.runnel.Runnel"
PACKAGING = SOURCE_DIR / "desktop/packaging"
ENTRY = PACKAGING / f"{APPLICATION}.desktop"
METAINFO = PACKAGING / f"{APPLICATION}.metainfo.xml"
MANIFEST = PACKAGING / f"flatpak/{APPLICATION}.yml"

# Libraries that the KDE runtime 6.8 has …
LIBRARIES_IN_THE_RUNTIME = {"SQLite3"}
# … and of Qt, as far as it could be asked for here.
IN_THE_RUNTIME = {"Core", "Gui", "Network", "Qml", "Quick", "QuickControls2", "Sql", "Svg", "WebSockets", "DBus", "Widgets",
                  "LinguistTools"}


def silent(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def desktop_entry():
    parser = configparser.RawConfigParser(delimiters=("=",), strict=True)
    parser.optionxform = str
    parser.read(ENTRY, encoding="utf-8")
    return parser


def options_of_the_program():
    """Every option that `runnel-desktop --help` lists, short ones too."""
    done = subprocess.run([BINARY_DIR / "bin/runnel-desktop", "--help"], env=CLEAN, capture_output=True, text=True, timeout=60, check=True)
    listed = re.findall(r"^  ((?:-\w|--[\w-]+)(?:, --?[\w-]+)*)", done.stdout, re.MULTILINE)
    return {option for line in listed for option in line.split(", ")}


class TheName(unittest.TestCase):
    def test_is_the_same_everywhere(self):
        main = (SOURCE_DIR / "desktop/app/main.cpp").read_text()
        metainfo = ElementTree.parse(METAINFO)
        entry = desktop_entry()
        manifest = yaml.safe_load(MANIFEST.read_text())
        names = {
            "the window's": re.search(r'setDesktopFileName\(QStringLiteral\("(.+?)"\)', main)[1],
            "the window's icon": re.search(r'setWindowIcon\(QIcon\(QStringLiteral\(":/(.+?)\.svg"', main)[1],
            "AppStream's": metainfo.findtext("id"),
            "AppStream's icon": metainfo.findtext("icon"),
            "the entry that AppStream launches": metainfo.findtext("launchable").removesuffix(".desktop"),
            "Flatpak's": manifest["id"],
            **{f"the icon of [{section}]": entry[section]["Icon"] for section in entry.sections()},
        }
        self.assertEqual(names, {name: APPLICATION for name in names})
        self.assertTrue((PACKAGING / f"{APPLICATION}.svg").is_file())

    def test_of_the_release_is_the_one_that_is_built(self):
        version = re.search(r"project\(runnel VERSION (\S+)", (SOURCE_DIR / "CMakeLists.txt").read_text())[1]
        newest = ElementTree.parse(METAINFO).find("releases/release")
        self.assertEqual(newest.get("version"), version)


class TheEntry(unittest.TestCase):
    def test_is_valid(self):
        self.assertEqual(silent("desktop-file-validate", ENTRY), "")

    def test_speaks_german_and_french_wherever_it_speaks(self):
        entry = desktop_entry()
        for section in entry.sections():
            for key in ("Name", "GenericName", "Comment", "Keywords"):
                if key not in entry[section] or (section, key) == ("Desktop Entry", "Name"):
                    continue
                for language in ("de", "fr"):
                    self.assertIn(f"{key}[{language}]", entry[section], section)

    def test_has_its_actions_and_starts_only_what_the_program_knows(self):
        entry = desktop_entry()
        known = options_of_the_program()
        actions = [action for action in entry["Desktop Entry"]["Actions"].split(";") if action]
        self.assertEqual([f"Desktop Action {action}" for action in actions], entry.sections()[1:])
        for section in entry.sections():
            program, *arguments = entry[section]["Exec"].split()
            self.assertEqual(program, "runnel-desktop")
            self.assertLessEqual({argument for argument in arguments if argument != "%u"}, known, section)


class TheMetainfo(unittest.TestCase):
    def test_is_valid(self):
        silent("appstreamcli", "validate", "--no-net", METAINFO)

    def test_names_the_addresses_that_the_entry_takes(self):
        types = ElementTree.parse(METAINFO).findall("provides/mediatype")
        self.assertEqual([each.text for each in types], desktop_entry()["Desktop Entry"]["MimeType"].rstrip(";").split(";"))


class TheManPage(unittest.TestCase):
    page = PACKAGING / "runnel-desktop.1.in"

    def test_has_every_option_of_the_program_and_no_other(self):
        known = options_of_the_program()
        self.assertLessEqual({"--server", "--help", "-h", "--version"}, known)
        page = self.page.read_text().replace("\\-", "-")
        headings = re.findall(r"^\.TP\n(\.B.*)$", page.partition(".SH OPTIONS")[2].partition(".SH EXIT")[0], re.MULTILINE)
        named = {option for heading in headings for option in re.findall(r"(?<![\w-])--?[a-z][\w-]*", heading)}
        self.assertEqual(named, known)


class TheFlatpak(unittest.TestCase):
    def test_builds_each_library_that_cmake_asks_for_and_no_other(self):
        asked, qt = set(), set()
        for folder in ("cmake", "shared", "qml", "desktop"):
            for file in sorted((SOURCE_DIR / folder).rglob("*")):
                if file.name != "CMakeLists.txt" and file.suffix != ".cmake":
                    continue
                text = file.read_text()
                for call in re.findall(r"pkg_check_modules\(([^)]*)\)", text):
                    asked |= {word.removeprefix("lib") for word in call.split()[1:] if word not in ("REQUIRED", "IMPORTED_TARGET")}
                for package, rest in re.findall(r"find_package\((\S+)([^)]*)\)", text):
                    if package == "Qt6":
                        qt |= set(rest.partition("COMPONENTS")[2].split())
                    elif package != "PkgConfig":
                        asked.add(package)
        manifest = yaml.safe_load(MANIFEST.read_text())
        modules = [module["name"] for module in manifest["modules"]]
        self.assertEqual(modules[-1], manifest["command"])
        self.assertEqual(set(modules[:-1]), {re.sub("-extensions$", "", library) for library in asked - LIBRARIES_IN_THE_RUNTIME})
        self.assertLessEqual(qt, IN_THE_RUNTIME)

    def test_names_what_it_takes_from_elsewhere_by_its_sum(self):
        for module in yaml.safe_load(MANIFEST.read_text())["modules"]:
            for source in module["sources"]:
                if source["type"] != "dir":
                    self.assertRegex(source["sha256"], "^[0-9a-f]{64}$")

    def test_may_do_no_more_than_it_needs(self):
        granted = set(yaml.safe_load(MANIFEST.read_text())["finish-args"])
        needed = {"--share=network", "--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri"}
        names = {f"--talk-name=org.freedesktop.{service}" for service in ("Notifications", "secrets")}
        names.add("--talk-name=org.kde.StatusNotifierWatcher")  # the tray
        self.assertEqual(granted, needed | names)


if __name__ == "__main__":
    unittest.main(verbosity=2)
