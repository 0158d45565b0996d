#!/usr/bin/env python3
"""The Debian package as a user has it: made by the documented command, installed and started in a fresh Debian, removed.

test_package.py           for the release of this machine, made here
test_package.py trixie    for another release, made in a chroot of its own: Qt's libraries have other names there

Needs root, debootstrap and lintian. While you work on the test, RUNNEL_PACKAGE may name a package that is there already, and
RUNNEL_DEBOOTSTRAPPED a folder with a system for each release.
"""

import asyncio
import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from chroot import Chroot, own_release
from deployment import BINARY_DIR, SOURCE_DIR, Process, Server, ask, chat, frame, new_session

NOBODY = "65534:65534"
MAKE = ("cmake", "--workflow", "--preset", "package")

# What apt, dpkg and the tools that packages call at the end of an installation write for themselves.
THEIR_OWN = ("/var/lib/apt", "/var/lib/dpkg", "/var/cache", "/var/log", "/tmp")

release = own_release()
directory = machine = package = None


def report(what, started):
    print(f"  [{time.monotonic() - started:6.1f} s] {what}", flush=True)


def package_lists():
    """The packages that a build of the window needs, of what ./run installs."""
    listed = subprocess.run(
        ["bash", "-c", "source scripts/packages.sh && printf '%s\\n' \"${packages_desktop[@]}\" \"${packages_package[@]}\""],
        cwd=SOURCE_DIR, capture_output=True, text=True, check=True, timeout=20,
    )
    return listed.stdout.split()


def made_here(make):
    if make.popen.wait(1800):
        raise AssertionError(f"{shlex.join(MAKE)} failed:\n{make.log.read_text()[-6000:]}")
    return the_package_in(SOURCE_DIR / "build/package")


def made_in(chroot):
    chroot.apt("install", *package_lists())
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=SOURCE_DIR, check=True, capture_output=True
    )
    source = chroot.root / "home/builder/runnel"
    for name in listed.stdout.decode().split("\0"):
        if name and (SOURCE_DIR / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SOURCE_DIR / name, source / name)
    chroot.run("sh", "-c", f"cd /home/builder/runnel && {shlex.join(MAKE)}", timeout=3000)
    return the_package_in(source / "build/package")


def the_package_in(folder):
    found = list(folder.glob("*.deb"))
    if len(found) != 1:
        raise AssertionError(f"{folder} has {len(found)} packages: {found}")
    return Path(shutil.copy(found[0], directory))


def setUpModule():
    global directory, machine, package
    directory = Path(tempfile.mkdtemp(prefix="runnel-package-", dir="/var/tmp"))
    unittest.addModuleCleanup(shutil.rmtree, directory)
    started = time.monotonic()
    here, there = release == own_release(), os.environ.get("RUNNEL_PACKAGE")
    if here and not there:
        # The one waits for the network, the other for the processor.
        make = Process(MAKE, log=directory / "make.log", cwd=SOURCE_DIR)
        unittest.addModuleCleanup(make.stop)
    machine = Chroot.bootstrap(release, directory / "machine")
    unittest.addModuleCleanup(machine.close)
    machine.apt("update")
    report(f"a fresh {release}", started)
    if there:
        package = Path(shutil.copy(there, directory))
    elif here:
        package = made_here(make)
    else:
        with contextlib.closing(machine.copy(directory / "builder")) as builder:
            package = made_in(builder)
    report(f"{package.name}, {package.stat().st_size / 1e6:.1f} MB", started)


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


class ThePackage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = directory / "tree"
        output_of("dpkg-deb", "--extract", package, cls.tree)
        cls.program = cls.tree / "usr/bin/runnel-desktop"

    def test_is_without_fault_to_lintian(self):
        done = subprocess.run(
            ["lintian", "--no-cfg", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", package],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
        )
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_has_what_a_desktop_looks_for(self):
        files = {path.relative_to(self.tree).as_posix() for path in self.tree.rglob("*") if not path.is_dir()}
        name = "org.runnel.Runnel"
        self.assertEqual(
            files,
            {
                "usr/bin/runnel-desktop",
                f"usr/share/applications/{name}.desktop",
                f"usr/share/metainfo/{name}.metainfo.xml",
                f"usr/share/icons/hicolor/scalable/apps/{name}.svg",
                *(f"usr/share/icons/hicolor/{size}x{size}/apps/{name}.png" for size in (16, 22, 24, 32, 48, 64, 128, 256)),
                "usr/share/man/man1/runnel-desktop.1.gz",
                "usr/share/doc/runnel-desktop/changelog.gz",
                "usr/share/doc/runnel-desktop/copyright",
            },
        )

    def test_holds_nothing_of_who_built_it(self):
        for file in self.tree.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                for folder in (SOURCE_DIR, BINARY_DIR, "/home/", "/tmp/"):
                    self.assertNotIn(str(folder).encode(), content, file)

    def test_program_is_hardened_stripped_and_finds_libraries_only_where_the_system_has_them(self):
        sections = output_of("readelf", "--wide", "--sections", "--segments", "--dynamic", self.program)
        self.assertIn("DYN (", output_of("readelf", "--file-header", self.program))
        for wanted in ("GNU_RELRO", "BIND_NOW", ".dynsym"):
            self.assertIn(wanted, sections)
        for unwanted in (".symtab", ".debug_info", "RPATH", "RUNPATH"):
            self.assertNotIn(unwanted, sections)
        self.assertRegex(sections, r"GNU_STACK.* RW ", "the stack is not to be executed")
        symbols = output_of("readelf", "--wide", "--dyn-syms", self.program)
        self.assertIn("__stack_chk_fail", symbols)


class AFreshMachine(unittest.TestCase):
    """In order: what is installed by the first test is removed by the last."""

    helpers = "desktop-file-utils", "libglib2.0-bin"

    def who_takes_addresses(self):
        return machine.run("gio", "mime", "x-scheme-handler/runnel")

    def test_1_takes_the_package(self):
        started = time.monotonic()
        cls = type(self)
        cls.before = machine.packages(), machine.files(*THEIR_OWN)
        shutil.copy(package, machine.root / "tmp")
        machine.apt("install", f"/tmp/{package.name}")
        report("installed with all that it needs", started)
        came = machine.packages() - cls.before[0]
        self.assertIn("runnel-desktop", came)
        print(f"    {len(came)} packages: {' '.join(sorted(name for name in came if re.match('qml6|runnel', name)))}", flush=True)

    def test_2_starts_it_as_a_plain_user_and_shows_a_conversation(self):
        home = machine.root / "tmp/home"
        home.mkdir(0o700)
        os.chown(home, 65534, 65534)
        session = new_session()
        with tempfile.TemporaryDirectory(dir=directory) as place, Server(place, LOG_LEVEL="debug") as server:
            settings = {
                "HOME": "/tmp/home", "XDG_RUNTIME_DIR": "/tmp/home", "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
                "QT_LOGGING_RULES": "qt.scenegraph.time.renderloop=true",
            }
            command = machine.command(
                "runnel-desktop", "--server", f"http://{server.address}", "--session", session, user=NOBODY, **settings
            )
            with Process(command, log=directory / "desktop.log") as desktop:
                self.until(lambda: f"Session {session}: a client came" in server.log.read_text(), desktop)

                async def talk():
                    # Beside the window, in its conversation: so it makes all that an answer is shown with.
                    async with chat(server.address, session) as client:
                        await frame(client, "snapshot")
                        return [await ask(client, question) for question in ("Hello", "Explain quantum computing in simple terms")]

                for _, end in asyncio.run(talk()):
                    self.assertEqual(end["type"], "complete", end)
                with self.assertRaises(subprocess.TimeoutExpired, msg=desktop.log.read_text()):
                    desktop.popen.wait(3)  # It goes on.
                self.assertEqual(desktop.stop(signal.SIGTERM), -signal.SIGTERM)
                self.assert_shown(desktop.log.read_text())

    def until(self, holds, desktop, seconds=60):
        deadline = time.monotonic() + seconds
        while not holds():
            ended = desktop.popen.poll()
            if ended is not None or time.monotonic() > deadline:
                self.fail(f"the window did not connect (exit code {ended}):\n{desktop.log.read_text()}")
            time.sleep(0.05)

    def assert_shown(self, log):
        """Qt says of each frame that it was drawn. All else that it says would be a complaint."""
        frames = "qt.scenegraph.time.renderloop: Frame rendered"
        self.assertIn(frames, log)
        self.assertEqual([line for line in log.splitlines() if not line.startswith(frames)], [])

    def test_3_hands_it_the_addresses_of_conversations(self):
        # What desktops have beside it: the first keeps the list of who takes which address, the second asks it.
        machine.apt("install", *self.helpers)
        self.assertIn("org.runnel.Runnel.desktop", self.who_takes_addresses())

    def test_4_keeps_nothing_of_it(self):
        packages, files = self.before
        machine.apt("purge", "runnel-desktop")
        self.assertNotIn("org.runnel.Runnel.desktop", self.who_takes_addresses())
        # What came with it goes as well, even what something that was there before would recommend or suggest: libc6 does.
        alone = [f"--option=APT::AutoRemove::{kind}Important=false" for kind in ("Recommends", "Suggests")]
        machine.apt("purge", "--autoremove", *alone, *self.helpers)
        self.assertEqual(machine.packages(), packages)
        self.assertEqual(sorted(machine.files(*THEIR_OWN) - files), [])
        left = [path for path in machine.files("/tmp", "/var/lib/apt", "/var/log") if "runnel" in path.lower()]
        self.assertEqual(left, [])


if __name__ == "__main__":
    if len(sys.argv) > 1 and re.fullmatch("[a-z]+", sys.argv[1]):
        release = sys.argv.pop(1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and so clean up
    unittest.main(verbosity=2)
