"""Exclusions of other tools win, unless they say what they spare."""

import json

import pytest

from scope.formats import read


@pytest.mark.parametrize(
    ("excluded", "ruling"),
    [
        ([r"^.*\.old\.example\.com$"], "out"),
        ([r"^(?!api\.old\.example\.com$).*\.old\.example\.com$"], "in"),
        ([r"^(?!www\.old\.example\.com$).*\.old\.example\.com$"], "out"),
    ],
)
def test_a_permit_inside_an_exclusion_has_to_be_spared(excluded: list[str], ruling: str) -> None:
    """Burp lets no smaller entry win, and neither do the rules read from it."""
    include = [r"^api\.old\.example\.com$", r"^(?:.*\.)?example\.com$"]
    sides = {"include": include, "exclude": excluded}
    text = json.dumps({side: [{"host": each} for each in hosts] for side, hosts in sides.items()})
    scope = read("burp", text)[0].scope()
    assert scope.check("https://api.old.example.com/").ruling.value == ruling
