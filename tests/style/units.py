#!/usr/bin/env python3
"""units.py BUILD-DIRECTORY NAME: joins the product's sources to units for clang-tidy and clazy; prints their folder.

Nearly all that these tools read are Qt's headers, once for every source: 136 times. So the sources of one target are
joined to units of up to 12, in BUILD-DIRECTORY/style/NAME: `unit.cpp`, `unit.cpp.sources` with the paths of what is in
it, and a compile_commands.json that knows the units and the sources alone. The texts themselves are joined, since the
analyser follows only what stands in the file that it was given. Precompiled headers are left out: clang cannot read
g++'s.

The tests are formatted alike, but their lambdas and temporaries live as long as a test does, which these tools cannot
know: they are left out.
"""
import collections
import json
import os
import shlex
import shutil
import sys

SOURCES_A_UNIT = 12


def flags_of(command):
    """The compiler and its flags, without what concerns one source or g++'s precompiled headers."""
    words, flags = iter(shlex.split(command)), []
    for word in words:
        if word in ("-o", "-c", "-MT", "-MF", "-include"):
            next(words)
        elif word not in ("-MD", "-Winvalid-pch"):
            flags.append(word)
    return tuple(flags)


# A check of the workshop is a test, and one of them compiles only when its exercise is solved.
NOT_OURS = ("build/", "tests/", "cmake/", "workshop/exercises/", "..")


def sources_of(path):
    """The sources that CMake joined in a unit of its own, or the source itself."""
    if not os.path.basename(path).startswith("unity_"):
        return [path]
    with open(path, encoding="utf-8") as unit:
        return [line.split('"')[1] for line in unit if line.startswith("#include")]


def main():
    build = os.path.abspath(sys.argv[1])
    targets = collections.defaultdict(set)
    seen = set()
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            for path in sources_of(os.path.abspath(os.path.join(entry["directory"], entry["file"]))):
                if path not in seen and not os.path.relpath(path).startswith(NOT_OURS):
                    seen.add(path)
                    targets[flags_of(entry["command"])].add(path)

    folder = os.path.join(build, "style", sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    commands = []

    def add_command(path, flags):
        commands.append({"directory": build, "file": path, "arguments": [*flags, "-c", path]})

    units = 0
    for flags, paths in targets.items():
        paths = sorted(paths)
        for first in range(0, len(paths), SOURCES_A_UNIT):
            part = paths[first : first + SOURCES_A_UNIT]
            room = os.path.relpath(os.path.dirname(part[0])).replace(os.sep, "-")
            unit = os.path.join(folder, f"{room}-{units}.cpp")
            units += 1
            with open(unit, "w", encoding="utf-8") as text:
                for path in part:
                    with open(path, encoding="utf-8") as source:
                        text.write(f'#line 1 "{path}"\n{source.read()}\n')
                    add_command(path, flags)
            with open(unit + ".sources", "w", encoding="utf-8") as names:
                names.writelines(path + "\n" for path in part)
            add_command(unit, flags)
    if units == 0:
        sys.exit("No source is compiled in " + build)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(commands, file, indent=1)
    print(folder)


main()
