"""The assets, from the package."""

import mimetypes
from collections.abc import Mapping
from urllib.parse import unquote

from portal import assets
from portal.defence import MUTE, MUTE_POLICY


def asset(path: str) -> tuple[bytes, Mapping[str, str]] | None:
    """Return an asset and its headers; None when there is none.

    Args:
        path: Of its address: `/static/`, the build, and where it stands below the assets.
    """
    name = unquote(path).split("/", 3)[-1]
    file = (assets.folder() / name).resolve()
    if not file.is_relative_to(assets.folder().resolve()) or not file.is_file():
        return None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    text = "; charset=utf-8" if kind.startswith("text/") else ""
    policy = {"Content-Security-Policy": MUTE_POLICY} if name in MUTE else {}
    return file.read_bytes(), {"Content-Type": kind + text} | policy
