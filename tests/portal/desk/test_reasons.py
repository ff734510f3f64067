"""Reasons: short lists in plain words, demanded where a reviewer cannot guess."""

import re

import pytest
from sqlalchemy import String

from portal.cases import choices
from portal.cases.steps import STEPS
from portal.cases.tables import approvals
from portal.desk import reasons
from portal.errors import ReasonRefused


def test_every_code_has_words_and_fits_its_column() -> None:
    """A code is short and plain; its words are a sentence without an end, as a list shows it."""
    kept = approvals.c.reason.type
    assert isinstance(kept, String)
    assert kept.length
    for choice in reasons.CHOICES.values():
        assert len(set(choice.codes)) == len(choice.codes)
        for code in choice.codes:
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
            assert len(code) <= kept.length
            assert re.fullmatch(r"[A-Z].*[^.]", reasons.WORDS[code]), code


def test_a_list_that_must_be_chosen_from_has_a_way_out() -> None:
    """Whoever finds no reason of theirs is not made to lie."""
    assert all("other" in one.codes for one in reasons.CHOICES.values() if one.required)


def test_one_code_has_one_meaning() -> None:
    """The log is filtered by codes, whatever act they stand with."""
    told = [pair for codes in choices.REASONS.values() for pair in codes.items()]
    assert len(dict(told)) == len(set(told))
    mine = {code for one in reasons.CHOICES.values() for code in one.codes}
    assert not mine & dict(told).keys()


def test_no_event_has_two_reasons() -> None:
    """One that carries a reason itself, which its own list names, has none beside."""
    carrying = {name for name, step in STEPS.items() if "reason" in (*step.needs, *step.takes)}
    assert not carrying & reasons.CHOICES.keys()


@pytest.mark.parametrize("kind", ["quiet", "declined", "refusal", "export"])
def test_where_one_is_needed_the_refusal_names_the_list(kind: str) -> None:
    """So that whoever calls the address from a program knows what to send."""
    for missing in (None, ""):
        with pytest.raises(ReasonRefused) as refused:
            reasons.parse(kind, missing)
        assert all(code in refused.value.hint for code in reasons.CHOICES[kind].codes)
    assert reasons.parse(kind, None, demanded=False) is None


@pytest.mark.parametrize("kind", ["person", "access"])
def test_shutting_somebody_out_waits_for_no_reason(kind: str) -> None:
    """Neither letting go nor ending sessions, keys and passkeys."""
    assert reasons.parse(kind, None) is None


@pytest.mark.parametrize("odd", ["spam ", "the hole is in /login", 5, ["spam"], True, "done"])
def test_what_is_not_in_the_list_is_refused(odd: object) -> None:
    """No free text gets into the log this way, and no reason for another act."""
    with pytest.raises(ReasonRefused):
        reasons.parse("quiet", odd)


def test_an_act_without_a_list_takes_no_reason() -> None:
    """Rather than dropping in silence what somebody sent."""
    with pytest.raises(ReasonRefused, match="no reason for this act"):
        reasons.parse("acknowledged", "other")
    assert reasons.parse("acknowledged", None) is None
