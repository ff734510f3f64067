"""What the tests of the formats share: the files in ``tests/vectors/formats``."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scope.formats import Listing, read

FILES = Path(__file__).parents[2] / "vectors" / "formats"


@pytest.fixture
def listing() -> Callable[[str, str], Listing]:
    """Reads a file that has one program."""

    def read_one(form: str, name: str) -> Listing:
        (found,) = read(form, (FILES / name).read_text(encoding="utf-8"))
        return found

    return read_one
