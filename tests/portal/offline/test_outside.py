"""A copy for others: it does not say who reported, unless something allows it."""

import json
from pathlib import Path
from typing import Any

import pytest

from portal.offline.document import Document
from portal.offline.outside import FLAG, IDENTITY, Outside
from portal.policy.fields import FIELDS
from tests.press import REPORT, Open, Press, by_hand, sealed_by_hand, tree

WHO = {
    "handle": "Neo-4711",
    "full_name": "Thea Anderson",
    "company": "Metacortex Ltd",
    "contact_email": "thea@metacortex.example",
    "contact_phone": "+31 20 555 0101",
    "credit": "handle",
}
REPORTER = {"recipient": "age1reporter", "signing_key": "SL-IFKzeMPenrZhw4DPk9aDvHRw6cJJFxR6g"}


def sealed(press: Press, **answers: str) -> Path:
    """Make a bundle with a report of somebody who says who they are."""
    fields = {"title": "XSS", "steps": "Open it."} | WHO | answers
    envelopes = press.sealed(fields=fields, reporter=REPORTER)
    return press.bundle([press.case(envelopes)], envelopes)


def written(folder: Path) -> str:
    """Return all that was written, as one text."""
    return "\n".join((folder / name).read_text("utf-8", "replace") for name in tree(folder))


def named(text: str) -> list[str]:
    """Return what a text gives away."""
    return [one for one in (*WHO.values(), *REPORTER.values()) if one in text and one != "handle"]


@pytest.mark.parametrize("form", ["markdown", "json"])
@pytest.mark.parametrize("audience", ["outside", "authorities"])
def test_by_default_nobody_is_named(
    audience: str, form: str, press: Press, opening: Open, tmp_path: Path
) -> None:
    """S1-19, S1-22: no answer about the reporter, no key of theirs and no credit is in any file."""
    code, out, _ = opening(sealed(press), "--for", audience, "--as", form)
    assert code == 0
    assert named(written(tmp_path / "out")) == []
    assert "This copy does not say who reported it." in out
    assert "share-outside" not in out
    assert json.loads((tmp_path / "out" / REPORT / "report.json").read_text())["fields"] == {
        "title": "XSS",
        "steps": "Open it.",
    }


@pytest.mark.parametrize("basis", ["consent", "law", "court"])
def test_a_basis_allows_it_and_is_to_be_recorded(
    basis: str, press: Press, opening: Open, tmp_path: Path
) -> None:
    """S1-19: consent, a law or a court; the command that logs it is printed."""
    code, out, _ = opening(sealed(press), "--for", "outside", "--basis", basis)
    assert code == 0
    assert set(WHO.values()) - {"handle"} <= set(named(written(tmp_path / "out")))
    assert f"portico report event {REPORT} share-outside --basis {basis} --reason CODE" in out
    assert ("--message N" in out) == (basis == "consent")


@pytest.mark.parametrize("basis", [(), ("--basis", "law"), ("--basis", "consent")])
def test_who_asked_to_be_anonymous_is_never_named_to_an_authority(
    basis: tuple[str, ...], press: Press, opening: Open, tmp_path: Path
) -> None:
    """S3-8: whatever allows it otherwise; and the wish itself is printed and written down."""
    bundle = sealed(press, anonymous_to_authorities="yes")
    code, out, _ = opening(bundle, "--for", "authorities", *basis)
    assert code == 0
    assert named(written(tmp_path / "out")) == []
    assert FLAG in out
    assert FLAG in (tmp_path / "out" / REPORT / "report.md").read_text()
    assert "Stay anonymous to authorities" in (tmp_path / "out" / REPORT / "report.md").read_text()


def test_what_may_say_more_stays_out(press: Press, opening: Open, tmp_path: Path) -> None:
    """Files of the report are there, and the reader is told to look through them."""
    code, out, _ = opening(sealed(press), "--for", "outside")
    assert code == 0
    names = {part for name in tree(tmp_path / "out") for part in Path(name).parts}
    assert "shot.png" in names
    assert not names & {"as-sent", "thread", "thread.md", "notes"}
    assert "look through them" in out


def test_a_report_by_hand_is_not_written_for_others(
    press: Press, opening: Open, tmp_path: Path
) -> None:
    """No program can tell where in it a name stands."""
    packed = by_hand(("report.md", b"I am Thea."))
    alone = sealed_by_hand(press, packed, "sealed")
    bundle = press.bundle([press.case((alone,), verdict=None)], (alone,))
    code, _, err = opening(bundle, "--for", "outside")
    assert code == 1
    assert "sealed by hand" in err
    assert tree(tmp_path / "out") == set()


def test_a_basis_alone_is_refused(press: Press, opening: Open) -> None:
    """Nobody knows whom it would be for."""
    code, _, err = opening(sealed(press), "--basis", "law")
    assert code == 1
    assert "--for outside" in err


def test_every_answer_about_the_reporter_is_one() -> None:
    """A field that is added to that part of the form is left out, too."""
    about = {name for name, field in FIELDS.items() if field.section == "you"}
    assert about == IDENTITY | {"anonymous_to_authorities"}


def test_the_wish_binds_towards_authorities_alone() -> None:
    """S3-8: others may be told who it was, where that is allowed."""
    raw: dict[str, Any] = {"fields": {**WHO, "anonymous_to_authorities": "yes"}}
    document = Document.of(raw)
    assert Outside("outside", "consent").names(document)
    assert not Outside("authorities", "consent").names(document)
    assert not Outside("outside").names(document)


@pytest.mark.parametrize(("words", "told"), [(("--for", "outside"), False), ((), True)])
def test_what_stays_with_the_staff_is_not_in_a_copy_for_others(
    words: tuple[str, ...], told: bool, press: Press, opening: Open, tmp_path: Path
) -> None:
    """Whom else it was passed on to, and what the law asked for, is for staff to read."""
    envelopes = press.sealed()
    names = ("received", "aware", "notified", "shared_with", "resolved")
    events = [{"name": name, "at": "2026-11-22", "actor": "ada", "data": {}} for name in names]
    bundle = press.bundle([press.case(envelopes, events=events)], envelopes)
    assert opening(bundle, *words)[0] == 0
    text = (tmp_path / "out" / REPORT / "report.md").read_text()
    assert "received" in text
    assert "resolved" in text
    assert [name in text for name in names[1:4]] == [told] * 3
