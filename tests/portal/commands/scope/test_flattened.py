"""Lists of many programs' domains that are taken for plain rules."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.commands.scope.flattened import notice


@pytest.mark.parametrize(
    ("include", "exclude", "said"),
    [
        (["shop.example", "github.com"], [], "permits all of github.com. If"),
        (["x.com", "t.me", "medium.com", "npmjs.com"], [], "medium.com, npmjs.com, t.me …. If"),
        (["github.com/shop", "shop.example"], [], ""),
        (["github.com"], ["gist.github.com"], ""),
        ([], [], ""),
    ],
)
def test_hosts_of_many_owners_are_pointed_out(
    include: list[str], exclude: list[str], said: str
) -> None:
    """Only where a file permits such a host whole; and such lists have no exclusions."""
    found = notice("rules\x1b[2J", include, exclude)
    assert bool(found) is bool(said)
    assert said in found
    assert "\x1b" not in found


def test_a_check_points_them_out(tmp_path: Path, portico: Callable[..., Any]) -> None:
    """The ruling is that of the file; what may be wrong with the file stands beside it."""
    path = tmp_path / "domains.txt"
    path.write_text("shop.example\ngithub.com\n", encoding="utf-8")
    words = ("scope", "check", "--rules", str(path), "github.com")
    said = portico(*words)
    assert said.code == 0
    assert "--from domains" in said.err
    assert portico(*words, "--from", "text").err == ""
    assert portico(*words, "--from", "domains").code == 3
