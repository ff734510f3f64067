"""A place in the queue survives an address, and nothing else passes for one."""

import base64
import json

import pytest

from portal.cases.kinds import Urgency
from portal.desk.place import Place
from portal.errors import QueueRefused
from tests.conftest import START


def test_a_place_comes_back_as_it_went_in() -> None:
    """Through the letters that an address may hold."""
    place = Place(Urgency.NOW, START, START, "7k2m9-qx4dw")
    assert Place.parse(place.text) == place
    assert place.text.strip("=").replace("-", "").replace("_", "").isalnum()


def packed(value: object) -> str:
    """Write any value as places are written."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "é",
        "e30=",
        packed([]),
        packed([1, "2026-11-22", "2026-11-22", "a"]),
        packed([3, "2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00", "a"]),
        packed([True, "2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00", "a"]),
        packed(["2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00", "a"]),
        packed([1, "2026-11-22T09:30:00", "2026-11-22T09:30:00+00:00", "a"]),
        packed([1, "0001-01-01T00:00:00+14:00", "2026-11-22T09:30:00+00:00", "a"]),
        packed([1, "2026-11-22T09:30:00+00:00", "9999-12-31T23:59:59-14:00", "a"]),
        packed([1, "2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00", "\ud800"]),
        packed([1, "2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00", "\0"]),
        packed([1, "2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00", 1]),
        packed([1, 2, 3]),
        packed({"due": 1}),
        "[" * 20_000,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """With a way back to the beginning."""
    with pytest.raises(QueueRefused):
        Place.parse(text)
