"""The assets: stylesheets, scripts and drawings, under addresses that name the build."""

import hashlib
from functools import cache
from pathlib import Path

from portal import house


def folder() -> Path:
    """Return where the assets stand."""
    return house.folder("static")


@cache
def build() -> str:
    """Return the name of this build: a hash over every asset, so any change changes it."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder().rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder()).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def address(path: str) -> str:
    """Return the address of an asset.

    Raises:
        FileNotFoundError: There is no such asset; better said by the first page than by a browser.
    """
    if not (folder() / path).is_file():
        raise FileNotFoundError(path)
    return f"/static/{build()}/{path}"
