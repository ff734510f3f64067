"""Which version of a policy is asked for."""

import pytest

from portal.cases.editions import chosen
from portal.errors import NoSuchVersion, VersionRefused
from scope.formats.portico import Edition

MANY = [Edition(number, "ab" * 32) for number in range(20, 0, -1)]
LISTED = "https://report.example/shop/scope/versions.json"


def test_without_a_version_the_newest_is_meant() -> None:
    """What is in force is what most people want."""
    assert chosen(MANY, [], listed=LISTED).version == 20
    assert chosen(MANY, ["7"], listed=LISTED).version == 7


@pytest.mark.parametrize("asked", [[""], ["0"], ["07"], ["1.0"], ["²"], ["7", "7"], ["7\n"]])
def test_only_one_whole_number_is_a_version(asked: list[str]) -> None:
    """Anything else is refused, with the place where the versions are listed."""
    with pytest.raises(VersionRefused) as refusal:
        chosen(MANY, asked, listed=LISTED)
    assert LISTED in refusal.value.hint


def test_a_refusal_names_the_newest_of_many() -> None:
    """A policy with a long history does not fill the page, and neither does a long number."""
    with pytest.raises(NoSuchVersion) as refusal:
        chosen(MANY, ["9" * 9000], listed=LISTED)
    assert refusal.value.message == "There is no version 99999999… of this policy."
    assert refusal.value.hint.startswith("Published: … 13, 14, 15, 16, 17, 18, 19, 20. They")
