"""What the tests of the thread share: the vectors that both languages are held to."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from portal.offline.thread.chain import Ground, Place
from portal.policy.keyset import Keyset

VECTORS = Path(__file__).resolve().parents[3] / "vectors" / "messages.json"


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """Fixed keys, what was signed with them, and whole threads with what is wrong in them."""
    return dict(json.loads(VECTORS.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def ground(vectors: dict[str, Any]) -> Ground:
    """What the reader of every vector knows."""
    keysets = {
        int(version): Keyset.read(text, root=vectors["root"])
        for version, text in vectors["keysets"].items()
    }
    return Ground(keysets=keysets, **vectors["ground"])


@pytest.fixture(scope="session")
def threads(vectors: dict[str, Any]) -> Mapping[str, tuple[Place, ...]]:
    """The threads of the vectors, by name."""
    return {
        thread["name"]: tuple(placed(one) for one in thread["places"])
        for thread in vectors["threads"]
    }


def placed(raw: Mapping[str, Any]) -> Place:
    """Read a place of a thread."""
    files = raw["files"]
    held = None if files is None else {name: text.encode() for name, text in files.items()}
    return Place(raw["sequence"], raw["author"], raw["payload_sha256"], held)
