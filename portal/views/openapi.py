"""The description of every address for programs (OpenAPI 3.1), kept as data beside this module."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _text() -> str:
    return files("portal.views").joinpath("openapi.json").read_text(encoding="utf-8")


def document(url: str) -> dict[str, Any]:
    """Return the description of the portal at an address.

    Args:
        url: Where people reach it, without a trailing slash.
    """
    described: dict[str, Any] = json.loads(_text())
    return described | {"servers": [{"url": url}]}
