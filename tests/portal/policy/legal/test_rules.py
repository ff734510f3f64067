"""The rules of law: whole, sourced, dated, and proposals kept apart from them."""

from datetime import date, timedelta
from typing import get_args

import pytest

from portal.policy.authorities import REGIMES
from portal.policy.legal import Rule, rulebook
from portal.policy.legal.rules import Anchor, Counting

BOOK = rulebook()


def test_every_regime_a_pack_can_name_has_rules() -> None:
    """A policy that names a law gets its dates; no rule is without its law."""
    assert {rule.regime for rule in BOOK.rules} == set(REGIMES)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: f"{rule.regime} {rule.stage}")
def test_every_rule_can_be_reckoned_and_looked_up(rule: Rule) -> None:
    """It says where it stands, and it counts in a way and from an event that are known."""
    assert rule.source
    assert rule.anchor in get_args(Anchor)
    assert rule.counting in get_args(Counting)
    assert (rule.after in BOOK.stages(rule.regime)) == (rule.anchor == "notified")


def test_a_rule_holds_from_its_first_day_on() -> None:
    """Reporting under the Cyber Resilience Act starts on 2026-09-11, and not a day before."""
    first = date(2026, 9, 11)
    regimes = ("cra-14-vulnerability", "cra-14-incident")
    assert BOOK.applying(regimes, first - timedelta(days=1)) == ()
    assert len(BOOK.applying(regimes, first)) == 6


def test_a_rule_holds_until_the_day_before_its_end() -> None:
    """The day on which another rule takes over is that one's."""
    rule = Rule(
        *("gdpr-33", "notification", "Notice", "aware", 72, "hours", date(2018, 5, 25), "Art."),
        until=date(2028, 1, 1),
    )
    assert rule.applies(date(2027, 12, 31))
    assert not rule.applies(date(2028, 1, 1))


def test_a_proposal_is_no_rule() -> None:
    """Ninety-six hours for a breach of personal data are written down as proposed; 72 is law."""
    (proposal,) = BOOK.proposals
    assert (proposal.regime, proposal.within) == ("gdpr-33", 96)
    (rule,) = BOOK.applying(["gdpr-33"], date(2036, 1, 1))
    assert (rule.within, rule.counting) == (72, "hours")


def test_a_law_has_one_rule_per_stage_and_day() -> None:
    """No two rules about the same stage hold at the same time."""
    for day in {rule.since for rule in BOOK.rules}:
        stages = [(rule.regime, rule.stage) for rule in BOOK.applying(REGIMES, day)]
        assert len(stages) == len(set(stages))


def test_the_stages_of_a_law_are_named_in_order() -> None:
    """Staff record what was submitted by these names."""
    assert BOOK.stages("nis2-23") == ("early-warning", "notification", "final-report")
    assert BOOK.stages("unknown") == ()
