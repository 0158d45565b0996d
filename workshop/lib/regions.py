"""Named regions of sources, as Qt's own documentation has them: what stands between two comments with the same name.

    //! [ask]          in C++, QML and JavaScript
    #! [ask]           in nginx.conf, YAML, shell, Python and CMake
    /*! [ask] */       in CSS
    <!-- ! [ask] -->   in HTML
"""
import re
import textwrap

MARKER = re.compile(r"^\s*(?://!|#!|/\*!|<!-- !) \[([A-Za-z0-9_-]+)\](?: \*/| -->)?\s*$")


class RegionError(Exception):
    """What is wrong with the regions of a source, with its file and line."""


def region(path, name, shown=None):
    """The lines of a region, without indentation that all of them have and without the markers of others."""
    shown = shown or path
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise RegionError(f"{shown}: there is no such file, or it is no text") from None
    marks = [(number, found[1]) for number, line in enumerate(lines, 1) if (found := MARKER.match(line))]
    places = [number for number, marked in marks if marked == name]
    if not places:
        others = ", ".join(sorted({marked for _, marked in marks})) or "none"
        raise RegionError(f"{shown}: there is no region [{name}] (there are: {others})")
    if len(places) == 1:
        raise RegionError(f"{shown}:{places[0]}: the region [{name}] begins and does not end")
    if len(places) > 2:
        raise RegionError(f"{shown}:{places[2]}: the name [{name}] stands here again; it may stand twice, "
                          "where the region begins and where it ends")
    inside = [line for line in lines[places[0]:places[1] - 1] if not MARKER.match(line)]
    if not any(line.strip() for line in inside):
        raise RegionError(f"{shown}:{places[0]}: the region [{name}] is empty")
    return textwrap.dedent("\n".join(inside)).split("\n")
