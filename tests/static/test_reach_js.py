"""Who is warned that nobody could answer them."""

from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

REACH = """
const { isOutOfReach } = await load("js/reach.js")
return isOutOfReach(input.values, input.token)
"""
HIDDEN = {"anonymous_to_authorities": "yes"}


@pytest.mark.parametrize(
    ("values", "token", "warned"),
    [
        (HIDDEN, False, True),
        (HIDDEN | {"contact_email": "  "}, False, True),
        (HIDDEN, True, False),
        (HIDDEN | {"contact_email": "fox@example.org"}, False, False),
        (HIDDEN | {"contact_phone": "+31 20 555 0100"}, False, False),
        ({"anonymous_to_authorities": "no"}, False, False),
        ({}, False, False),
    ],
)
def test_who_hides_and_leaves_no_way_back_is_warned(
    node: Node, values: dict[str, str], token: bool, warned: bool
) -> None:
    """S3-9: a token that opens answers is enough, and so is an address; with neither, a warning."""
    assert node(REACH, {"values": values, "token": token}) is warned
