"""A file with the rules of one program or of many."""

import shlex

import pytest

from portal.commands.scope import listings
from portal.commands.scope.misuse import Misuse
from scope import Rule
from scope.formats import Listing

SHOP, BANK = Listing("Shop", (Rule("shop.example"),)), Listing("Bank", (Rule("bank.example"),))


def test_the_only_program_is_meant() -> None:
    """A file with one program needs no name."""
    assert listings.chosen([SHOP], None) is SHOP


def test_a_program_is_named_in_any_case() -> None:
    """Of many, the one that is named."""
    assert listings.chosen([SHOP, BANK], "BANK") is BANK


@pytest.mark.parametrize(
    ("several", "name", "said"),
    [
        ([SHOP, BANK], None, "2 programs"),
        ([SHOP, BANK], "zoo", "no programs called zoo"),
        ([SHOP, SHOP], "shop", "2 programs called shop"),
        ([], None, "no programs"),
    ],
)
def test_nothing_is_guessed(several: list[Listing], name: str | None, said: str) -> None:
    """Without a name that fits exactly one program, the command says which there are."""
    with pytest.raises(Misuse, match=said) as refusal:
        listings.chosen(several, name)
    assert not several or several[0].name in refusal.value.hint


def test_a_long_list_of_programs_is_cut() -> None:
    """A platform's file has hundreds; a complaint names a few."""
    with pytest.raises(Misuse) as refusal:
        listings.chosen([Listing(f"p{number}") for number in range(900)], None)
    assert refusal.value.hint.splitlines() == [
        "Name one of them:",
        *(f"    --program p{number}" for number in range(5)),
        "    and 895 more, which --report lists",
    ]


def test_a_name_with_commas_is_named_as_a_shell_takes_it() -> None:
    """What the complaint shows can be copied, whatever a program calls itself."""
    with pytest.raises(Misuse) as refusal:
        listings.chosen([Listing("Acorns, Inc."), Listing("it's")], None)
    words = [shlex.split(line) for line in refusal.value.hint.splitlines()[1:]]
    assert words == [["--program", "Acorns, Inc."], ["--program", "it's"]]
