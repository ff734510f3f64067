"""A path or a port without a host: it excludes on whatever hosts are included."""

import re

from scope.places.region import Region
from scope.reading import limits
from scope.reading.part import Part
from scope.targets import path, url
from scope.targets.paths import Paths

PATH_ALONE = "path-alone"

_PORT = re.compile(r":(\d{1,5})(/[^\s?#]*)?")


def read(text: str) -> Part | None:
    """Read a path or a port alone; None when a text is neither.

    >>> read("/admin").wide.paths.text, read(":8080").wide.port, read("shop.example")
    ('/admin', 8080, None)

    Raises:
        InvalidTarget: The port is none.
    """
    if (text.startswith("/") and not text.startswith("//")) or text.startswith("*/"):
        return _path(text)
    if found := _PORT.fullmatch(text):
        port = url.port_number(found[1], None)
        where = limits.paths(path.normalise(found[2]), wide=True) if found[2] else None
        return Part(Region(None, port, paths=where), None, borrowed=True, why=PATH_ALONE)
    return None


def _path(text: str) -> Part:
    """Read a path without a host: it excludes on whatever hosts are included."""
    where = limits.paths(path.normalise(text.removeprefix("*").partition("?")[0]), wide=True)
    if where and text.startswith("*"):
        where = Paths(f"*{where.text}", wide=True)  # the star may be a host, or folders above
    return Part(Region(None, paths=where), None, borrowed=True, why=PATH_ALONE)
