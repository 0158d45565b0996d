"""A fresh Debian in a folder, with root's rights: what is installed and started there finds nothing of this machine."""

import os
import shutil
import subprocess
from pathlib import Path


def own_release():
    """The code name of the Debian that the test runs on."""
    for line in Path("/etc/os-release").read_text().splitlines():
        name, _, value = line.partition("=")
        if name == "VERSION_CODENAME":
            return value.strip('"')
    raise AssertionError("/etc/os-release names no release: this test needs Debian")


def debian_mirror():
    """Where this machine's own apt takes Debian from; the repository names no host."""
    if chosen := os.environ.get("DEBIAN_MIRROR"):
        return chosen
    # apt itself reads whatever form its sources have.
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout
    for line in listed.splitlines():
        address, release, component = line.split()
        if (release, component) == (own_release(), "main"):
            return address
    raise AssertionError("apt's sources name no mirror of this Debian")


class Chroot:
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
    }

    def __init__(self, root):
        self.root = Path(root)
        for name in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{name}", self.root / "etc" / name)
        # No package starts a service, and none waits for the disk: the folder goes when the test ends.
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        (self.root / "etc/dpkg/dpkg.cfg.d/test").write_text("force-unsafe-io\n")
        subprocess.run(["mount", "-t", "proc", "proc", self.root / "proc"], check=True)

    @classmethod
    def bootstrap(cls, release, root):
        # While you work on a test: what debootstrap made once, RELEASE below this folder.
        if kept := os.environ.get("RUNNEL_DEBOOTSTRAPPED"):
            _run(["cp", "--archive", Path(kept) / release, root], timeout=300)
            return cls(root)
        try:
            _run(["debootstrap", "--variant=minbase", release, root, debian_mirror()], timeout=1200)
        finally:
            # It may leave them mounted when it is interrupted.
            for folder in ("proc", "sys"):
                subprocess.run(["umount", "-q", Path(root) / folder], check=False)
        return cls(root)

    def copy(self, root):
        """Another one, as this one is now."""
        _run(["cp", "--archive", "--one-file-system", self.root, root], timeout=300)
        return Chroot(root)

    def close(self):
        subprocess.run(["umount", self.root / "proc"], check=True)
        _run(["rm", "-rf", "--one-file-system", self.root], timeout=300)

    def command(self, *command, user=None, **environment):
        """The arguments by which this machine starts a command in there."""
        settings = [f"{name}={value}" for name, value in {**self.environment, **environment}.items()]
        return ["chroot", *([f"--userspec={user}"] if user else []), self.root, "env", "-i", *settings, *command]

    def run(self, *command, timeout=300, **environment):
        return _run(self.command(*command, **environment), timeout)

    def apt(self, *arguments, timeout=1200):
        return self.run("apt-get", "-qq", "--yes", "--no-install-recommends", *arguments, timeout=timeout)

    def packages(self):
        return set(self.run("dpkg-query", "--show", "--showformat=${binary:Package}\n").split())

    def files(self, *without):
        """Every path, but for those below the folders `without`."""
        pruned = [word for folder in ("/proc", *without) for word in ("-path", folder, "-prune", "-o")]
        return set(self.run("find", "/", "-xdev", *pruned, "-print").splitlines())


def _run(command, timeout):
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-6000:]}")
    return done.stdout
