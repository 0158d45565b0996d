"""Where figures were taken; without that they mean nothing."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path


def _cpu_model() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    return found.group(1).strip() if found else platform.machine()


def _system() -> str:
    found = re.search(r'^PRETTY_NAME="?([^"\n]+)', Path("/etc/os-release").read_text(), re.M)
    return found.group(1) if found else "Linux"


def qt_version(loaded_by: Path) -> str:
    """The version of the Qt library that a program would load."""
    listing = subprocess.run(["ldd", str(loaded_by)], capture_output=True, text=True, timeout=30)
    found = re.search(r"libQt6Core\S* => (\S+)", listing.stdout)
    if not found:
        return "unknown"
    return os.path.basename(os.path.realpath(found.group(1))).removeprefix("libQt6Core.so.")


def _priority() -> str:
    """How the bench itself is scheduled; what it starts inherits that."""
    if os.sched_getscheduler(0) in (os.SCHED_FIFO, os.SCHED_RR):
        return ", all of it with real-time priority"
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    return f", all of it with niceness {niceness}" if niceness else ""


def describe(qt_program: Path) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores ({_cpu_model()}), {memory:.0f} GiB, {_system()}, "
            f"Linux {platform.release()}, Qt {qt_version(qt_program)}, "
            f"{datetime.date.today().isoformat()}{_priority()}")
