"""security.txt: accepted by a checker that is not ours, and never about to run out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sectxt import Parser

from portal.policy import security_txt
from portal.policy.pack import Policy
from portal.policy.security_txt import SecurityTxt, Subject

POLICIES = Path(__file__).parents[3] / "policies"
NAMES = ("example", "integratpark", "iwelcome", "onefactory", "unnamed")
URL = "https://report.example.org"
START = datetime.fromisoformat("2020-01-01")
END = datetime.fromisoformat("2200-01-01")
WELL_KNOWN = f"{URL}/.well-known/security.txt"


def policy(name: str) -> Policy:
    """Return a shipped policy."""
    return Policy.parse((POLICIES / f"{name}.toml").read_text("utf-8"))


def values(file: SecurityTxt, name: str) -> list[str]:
    """Return the values of a field, in their order."""
    return [value for field, value in file.fields if field == name]


@pytest.fixture
def today() -> datetime:
    """The present time: the checker knows no other."""
    return datetime.now(UTC)


def judged(file: SecurityTxt, address: str) -> list[str]:
    """Return what an independent checker finds, that nobody signed it left out."""
    parser = Parser(file.text.encode(), urls=address)
    found = [*parser.errors, *parser.recommendations, *parser.notifications]
    return [one["code"] for one in found if one["code"] != "not_signed"]


@pytest.mark.parametrize("name", NAMES)
def test_a_checker_finds_nothing_to_complain_of(name: str, today: datetime) -> None:
    """Each shipped program's file is accepted, at its own page and at a host of its own."""
    place = "https://www.shop.com/.well-known/security.txt"
    subject = Subject(policy(name), root="ab" * 32, places=(place,))
    file = security_txt.of_program(subject, url=URL, now=today)
    assert judged(file, f"{URL}/{subject.slug}/security.txt") == []
    assert judged(file, place) == []
    assert judged(file, "https://other.example.org/security.txt") == ["no_canonical_match"]


def test_a_portal_with_several_programs_has_one_contact_each(today: datetime) -> None:
    """The forms of all five, by their names; the checker accepts that, too."""
    file = security_txt.of_operator(map(Subject, map(policy, NAMES)), url=URL, now=today)
    slugs = ["1factory", "example", "integratpark", "iwelcome", "unnamed"]
    assert values(file, "Contact") == [f"{URL}/{slug}/report" for slug in slugs]
    assert values(file, "Policy") == [f"{URL}/{slug}/" for slug in slugs]
    assert judged(file, WELL_KNOWN) == []


@pytest.mark.parametrize(
    ("name", "mail"),
    [
        ("integratpark", "mailto:ResponsibleDisclosure@fullsteam.com"),
        ("onefactory", "mailto:security@1factory.com"),
        ("iwelcome", "mailto:security@iwelcome.com"),
    ],
)
def test_the_form_comes_before_the_mailbox(name: str, mail: str, today: datetime) -> None:
    """S0-1, S2-2, S3-1: the file names the form first, then the mailbox of the policy."""
    subject = Subject(policy(name))
    file = security_txt.of_program(subject, url=URL, now=today)
    assert values(file, "Contact") == [f"{URL}/{subject.slug}/report", mail]


def test_all_contacts_keep_their_order(today: datetime) -> None:
    """Order is preference (RFC 9116 section 2.5.3)."""
    file = security_txt.of_program(Subject(policy("example")), url=URL, now=today)
    assert values(file, "Contact") == [
        f"{URL}/example/report",
        "mailto:security@example.com",
        "https://www.example.com/security",
        "tel:+31205550100",
    ]
    assert values(file, "Preferred-Languages") == ["en, nl"]
    assert values(file, "Encryption") == [f"{URL}/example/keys"]
    assert values(file, "Policy") == [f"{URL}/example/"]


@pytest.mark.parametrize(("name", "thanked"), [("onefactory", True), ("iwelcome", False)])
def test_thanks_are_named_where_there_is_a_page_of_them(
    name: str, thanked: bool, today: datetime
) -> None:
    """S2-26, S3-23: what the policy does not say is no field."""
    subject = Subject(policy(name))
    file = security_txt.of_program(subject, url=URL, now=today)
    found = values(file, "Acknowledgments")
    assert found == ([f"{URL}/{subject.slug}/thanks"] if thanked else [])
    assert values(file, "Preferred-Languages") == []


def test_a_shut_form_is_no_contact(today: datetime) -> None:
    """The other contacts are; where there is none, the policy page says what can be done."""
    for name, expected in (("iwelcome", "mailto:security@iwelcome.com"), ("unnamed", "/unnamed/")):
        subject = Subject(policy(name), takes_reports=False)
        (contact,) = values(security_txt.of_program(subject, url=URL, now=today), "Contact")
        assert contact.endswith(expected)


def test_the_root_key_is_named(today: datetime) -> None:
    """Its fingerprint can be compared with that of the keys page."""
    file = security_txt.of_program(Subject(policy("example"), root="ab" * 32), url=URL, now=today)
    assert f"# Keysets are signed by the root key {'ab' * 32}\n" in file.text


@settings(max_examples=100, deadline=None)
@given(st.datetimes(START, END, timezones=st.just(UTC)))
def test_the_file_never_runs_out_and_never_promises_too_long(now: datetime) -> None:
    """Whenever it is asked for, it holds for 30 to 365 days, and expires at midnight UTC."""
    file = security_txt.of_program(Subject(policy("unnamed")), url=URL, now=now)
    assert timedelta(days=30) < file.expires - now < timedelta(days=365)
    assert f"\nExpires: {file.expires:%Y-%m-%d}T00:00:00Z\n" in file.text


def test_the_file_is_the_same_for_a_day(pack: Callable[[str], str]) -> None:
    """So that whoever keeps it has to fetch it once a day at most."""
    subject = Subject(Policy.parse(pack("example")))
    morning, night = datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 22, 23, tzinfo=UTC)
    first = security_txt.of_program(subject, url=URL, now=morning)
    assert first == security_txt.of_program(subject, url=URL, now=night)
