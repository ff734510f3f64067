"""What the caller knows of a target: read once, and refused when it cannot be."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from scope import FactRefused, Facts


def test_facts_have_one_spelling() -> None:
    """Conditions compare normal forms, however a tool prints them."""
    facts = Facts(
        ips=["::ffff:192.0.2.7", "2001:DB8:0::1", "fe80::1%eth0"],
        cnames=["Shop.Example.", "B\u00fccher.example"],
        tags=[" Production "],
        date=date(2026, 11, 22),
    )
    assert facts.ips == ("192.0.2.7", "2001:db8::1", "fe80::1")
    assert facts.cnames == ("shop.example", "xn--bcher-kva.example")
    assert facts.tags == ("production",)


def test_not_known_is_not_the_same_as_none() -> None:
    """A name that resolves to nothing is known to."""
    assert Facts().ips is None
    assert Facts(ips=[]).ips == ()
    assert Facts() != Facts(ips=[])


@pytest.mark.parametrize(
    "given",
    [
        {"ips": ["192.0.2.0/24"]},
        {"ips": ["shop.example"]},
        {"ips": [7]},
        {"ips": "192.0.2.1"},
        {"cnames": ["a..b"]},
        {"cnames": ["192.0.2.1"]},
        {"cnames": [None]},
        {"tags": [""]},
        {"tags": "production"},
        {"date": datetime(2026, 11, 22, tzinfo=UTC)},
        {"date": "2026-11-22"},
    ],
)
def test_a_fact_that_cannot_be_read_is_refused(given: Any) -> None:
    """Left out in silence, it could permit what it would have forbidden."""
    with pytest.raises(FactRefused) as refusal:
        Facts(**given)
    assert refusal.value.code == "bad-fact"
    assert refusal.value.message.endswith(".")
    assert refusal.value.hint.endswith(".")
