"""The level of disclose.io: what the pack states, and what the next one takes."""

from pathlib import Path

import pytest

from portal.policy.pack import Policy
from portal.policy.terms_level import level

POLICIES = Path(__file__).parents[3] / "policies"
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
SCOPE = "[[scope.in]]\npattern = 'shop.com'\n"
HARBOUR = "[safe_harbour]\ntext = 'We do not sue.'\n"
COVERS = "covers = ['testing', 'hacking-law', 'circumvention-law', 'terms-of-use']\n"
WINDOW = "[disclosure]\ntext = 'Wait.'\nmaximum = '90 calendar days'\n"


@pytest.mark.parametrize(
    ("pack", "number"),
    [
        (SMALLEST, 1),
        (SMALLEST + SCOPE, 2),
        (SMALLEST + SCOPE + HARBOUR, 3),
        (SMALLEST + HARBOUR, 1),
        (SMALLEST + SCOPE + WINDOW, 2),
        (SMALLEST + SCOPE + HARBOUR + COVERS, 4),
        (SMALLEST + SCOPE + HARBOUR + COVERS.replace("'hacking-law', ", ""), 3),
        (SMALLEST + SCOPE + HARBOUR + COVERS + WINDOW, 5),
        (SMALLEST + SCOPE + HARBOUR + COVERS + WINDOW + "agreement = 'both'\n", 4),
        (SMALLEST + "[scope]\ntext = 'All.'\n" + HARBOUR + COVERS + WINDOW, 3),
    ],
)
def test_each_level_needs_all_below_it(pack: str, number: int) -> None:
    """A safe harbour for nobody knows what, or a window without one, lifts no policy."""
    found = level(Policy.parse(pack))
    assert found.number == number
    assert bool(found.missing) is (number < 5)


def test_nobody_to_write_to_is_level_0() -> None:
    """Without a contact, and with the form shut, the best text reaches nobody."""
    policy = Policy.parse(SMALLEST + SCOPE + HARBOUR + COVERS + WINDOW)
    assert level(policy, form=False).number == 0
    contact = "[[contact]]\nkind = 'mail'\naddress = 'a@shop.com'\n"
    reachable = Policy.parse(SMALLEST + SCOPE + HARBOUR + COVERS + WINDOW + contact)
    assert level(reachable, form=False).number == 5


def test_what_the_next_level_takes_is_named() -> None:
    """One line for each thing that is missing, and no more."""
    found = level(Policy.parse(SMALLEST + SCOPE + HARBOUR + "covers = ['testing']\n"))
    assert found.missing == (
        "a waiver of the laws against hacking",
        "a waiver of the laws against circumventing protection",
        "a waiver of the terms of use, as far as testing needs it",
    )


@pytest.mark.parametrize(
    ("name", "number"),
    [("integratpark", 2), ("unnamed", 2), ("onefactory", 3), ("iwelcome", 3)],
)
def test_the_published_policies_stand_where_their_words_put_them(name: str, number: int) -> None:
    """S0-19, S1-24: two promise nothing in law; two promise not to act, and permit no test."""
    assert level(Policy.parse((POLICIES / f"{name}.toml").read_text("utf-8"))).number == number
