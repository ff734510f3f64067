"""The policy of an organisation without a name, as its pack alone runs it: answers and secrecy."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal import cli
from portal.cases.tables import audit
from tests import letters
from tests.actors import DAY
from tests.towns import Place, Town, pack, record, status

pytestmark = pytest.mark.thorough

Submit = Callable[..., Any]
Found = Callable[..., Town]
PassOn = Callable[..., tuple[str, str]]
Faults = Callable[[Place, dict[str, str]], dict[str, str]]
TARGET = "shop.example.org"
WHOLE = {
    "how_occurs": "By waving.",
    "when_occurs": "Always.",
    "steps": "Wave.",
    "method": "Waving.",
    "investigated_from": "2026-11-20T10:00",
    "investigated_to": "2026-11-20T11:30",
}


@pytest.fixture
def unnamed(town: Town) -> Place:
    """The program, on the day it was published."""
    return town.at("unnamed")


@pytest.fixture
def alone(found: Found) -> Place:
    """The program on an instance of its own, where time may pass."""
    return found("unnamed").at("unnamed")


def test_a_product_or_a_service_is_reported_early(unnamed: Place, submit: Submit) -> None:
    """S1-1: both can be chosen, and two answers are enough to begin with."""
    kind = unnamed.control("f-asset_kind")
    assert 'value="service"' in kind
    assert 'value="product"' in kind
    sent = submit(unnamed, TARGET, [], "--kind", "quick", "--field", "asset_kind=product")
    assert (sent.document.kind, sent.document.fields["asset_kind"]) == ("quick", "product")
    assert "A product or an app" in sent.text


def test_what_the_policy_requires_is_required(unnamed: Place, faults: Faults) -> None:
    """S1-3, S1-4, S1-5: how and when it occurs, steps, method, begin and end, each by itself."""
    assert faults(unnamed, WHOLE) == {}
    found = faults(unnamed, {})
    assert set(found) == set(WHOLE)
    for name in WHOLE:
        missing = faults(unnamed, WHOLE | {name: "  "})
        assert missing == {name: f"“{unnamed.asked[name]['label']}” is required."}
        assert 'aria-required="true"' in unnamed.control(f"f-{name}")


def test_an_investigation_ends_after_it_began(unnamed: Place, faults: Faults) -> None:
    """S1-5: the other way round is a fault of its end."""
    backwards = WHOLE | {"investigated_to": "2026-11-20T09:59"}
    assert faults(unnamed, backwards) == {
        "investigated_to": "This is before the investigation began."
    }
    assert set(faults(unnamed, WHOLE | {"investigated_from": "yesterday"})) == {"investigated_from"}


@pytest.mark.parametrize(
    ("phone", "wrong"), [("", False), ("+31 20 555 0123", False), ("ring me", True)]
)
def test_nobody_has_to_leave_an_address(
    unnamed: Place, faults: Faults, phone: str, wrong: bool
) -> None:
    """S1-10: neither mail nor telephone is required; what is given has the form of one."""
    assert (faults(unnamed, WHOLE | {"contact_phone": phone}) != {}) is wrong
    assert faults(unnamed, WHOLE | {"contact_email": "not an address"}) != {}
    assert {unnamed.asked[one]["strength"] for one in ("contact_email", "contact_phone")} == {
        "optional"
    }
    assert "full_name" not in unnamed.asked


def test_a_way_to_be_reached_is_sealed(unnamed: Place, submit: Submit) -> None:
    """S1-10, S1-18: staff read it in the report; the server has it nowhere."""
    made = submit(unnamed, TARGET, [], "--field", "contact_phone=+31 20 555 0123")
    assert "+31 20 555 0123" in made.text
    assert "555 0123" not in made.reporter.status().text
    assert "555 0123" not in unnamed.handler().get(f"/staff/api/reports/{made.report}").text


def test_anonymous_reports_get_the_same_dates(unnamed: Place, submit: Submit) -> None:
    """S1-11: on the receipt and in the queue; the page says that they are taken seriously."""
    named = ["--field", "handle=Fox", "--field", "contact_email=fox@example.org"]
    both = [submit(unnamed, TARGET, [], *words) for words in ([], named)]
    first, second = (one.reporter.status().json["deadlines"] for one in both)
    assert first == second
    assert first[0]["due"].startswith("2026-11-25T23:59:59")
    listed = unnamed.handler().get("/staff/api/queue").json["reports"]
    due = {one["due_at"] for one in listed if one["id"] in {sent.report for sent in both}}
    assert len(due) == 1
    assert None not in due
    assert "Anonymous reports are taken seriously" in unnamed.part("anonymity")


def test_a_person_confirms_within_three_business_days(alone: Place) -> None:
    """S1-15: the automatic receipt does not; sent on a Sunday, it is due on Wednesday night."""
    reporter, report = alone.sent()
    (ack, _) = reporter.status().json["deadlines"]
    assert (ack["due"], ack["state"]) == ("2026-11-25T23:59:59+01:00", "running")
    assert "not yet confirmed by a person" in status(reporter)
    alone.town.clock.advance(3 * DAY)
    assert record(alone.handler(), report, "acknowledge").status_code == 201
    (ack, _) = reporter.status().json["deadlines"]
    assert (ack["state"], ack["late_by"]) == ("met", None)


def test_an_assessment_follows_the_confirmation(alone: Place) -> None:
    """S1-16: seven business days from then on, with a date; without one it is refused."""
    reporter, report = alone.sent()
    pending = reporter.status().json["deadlines"][1]
    assert (pending["state"], pending["due"]) == ("pending", None)
    alone.town.clock.advance(3 * DAY)
    handler = alone.handler()
    record(handler, report, "acknowledge")
    running = reporter.status().json["deadlines"][1]
    assert (running["state"], running["due"]) == ("running", "2026-12-04T23:59:59+01:00")
    assert record(handler, report, "assess").status_code == 409
    assert record(handler, report, "assess", expected="2027-01-31").status_code == 201
    assert reporter.status().json["deadlines"][1]["state"] == "met"
    assert "expect it to be fixed by 2027-01-31" in status(reporter)


def test_progress_is_told_and_never_late(alone: Place) -> None:
    """S1-17: it is an aim without a number, so there is no clock for it; updates are shown."""
    reporter, report = alone.sent()
    assert "aims to keep you posted" in alone.part("promises")
    record(alone.handler(), report, "acknowledge")
    alone.town.clock.advance(DAY)
    assert record(alone.handler(), report, "update").status_code == 201
    assert "Staff worked on it" in status(reporter)
    assert [one["id"] for one in reporter.status().json["deadlines"]] == ["ack", "assess"]


def test_an_aim_to_tell_news_holds_nobody_to_a_date(found: Found) -> None:
    """S1-17: with a number the reporter sees an aim that each news moves on; the desk, nothing."""
    place = found("example").at("example")
    assert "About 14 calendar days after the last news." in place.part("promises")
    reporter, report = place.sent()
    place.act(report, "acknowledge")
    place.act(report, "assess", expected="2027-01-31")
    place.act(report, "accept")
    for _ in range(2):
        place.town.clock.advance(40 * DAY)
        (news,) = [one for one in reporter.status().json["deadlines"] if one["id"] == "news"]
        assert (news["state"], news["late_by"], news["soft"]) == ("running", None, True)
        assert "This is an aim or a request, not a promise." in status(reporter)
        handler = place.handler()
        assert handler.get("/staff/api/queue", overdue="yes").json["reports"] == []
        assert handler.get(f"/staff/api/reports/{report}").json["due_at"] is None
        assert record(handler, report, "update").status_code == 201
        (anew,) = [one for one in reporter.status().json["deadlines"] if one["id"] == "news"]
        assert anew["due"] > place.town.clock.now.isoformat() > news["due"]


def test_nothing_is_passed_on_without_a_ground(alone: Place) -> None:
    """S1-19: consent is a message of the reporter's; law and court need a reason; all is logged."""
    reporter, report = alone.sent()
    handler = alone.handler()
    reason = {"reason": "authority-request"}
    assert record(handler, report, "share-outside", **reason).status_code == 409
    assert record(handler, report, "share-outside", basis="law").status_code == 409
    assert record(handler, report, "share-outside", basis="wish", **reason).status_code == 409
    assert record(handler, report, "share-outside", basis="consent", **reason).status_code == 409
    assert record(handler, report, "share-outside", basis="court", **reason).status_code == 201
    letters.write(reporter, 1)
    agreed = record(handler, report, "share-outside", basis="consent", message=1, **reason)
    assert agreed.status_code == 201
    with alone.town.database.reading() as connection:
        wanted = select(audit.c.actor, audit.c.data).where(audit.c.act == "event shared_with")
        logged = connection.execute(wanted.order_by(audit.c.sequence)).all()
    assert [one.actor for one in logged] == [handler.id] * 2
    assert [one.data["basis"] for one in logged] == ["court", "consent"]
    assert "passed" not in status(reporter)


def test_a_copy_for_others_does_not_name_the_reporter(
    unnamed: Place, submit: Submit, pass_on: PassOn
) -> None:
    """S1-19, S1-22: neither name, address nor wish; with a law behind it, and that is recorded."""
    who = {"contact_email": "fox@example.org", "handle": "Fox-4711", "credit": "handle"}
    words = [word for name, value in who.items() for word in ("--field", f"{name}={value}")]
    made = submit(unnamed, TARGET, [], *words, "--field", "steps=1. Push")
    said, copy = pass_on(unnamed, made, "outside")
    assert "This copy does not say who reported it." in said
    assert "1. Push" in copy
    assert not any(one in copy for one in ("fox@example.org", "Fox-4711", "### Credit"))
    assert str(made.document.raw["reporter"]["recipient"]) not in copy


def test_both_sides_decide_on_publication_after_the_fix(alone: Place) -> None:
    """S1-20, S1-21: not before it is resolved, and then not by one side alone."""
    reporter, report = alone.sent()
    for verb in ("acknowledge", "accept"):
        assert alone.act(report, verb).status_code == 201
    assert alone.act(report, "propose-publication", date="2026-11-23").status_code == 201
    letters.write(reporter, 1)
    early = alone.act(report, "publish", date="2026-11-22")
    assert "nothing is published before" in early.json["error"]["message"]
    assert alone.act(report, "resolve").status_code == 201
    alone.town.clock.advance(DAY)
    one_sided = alone.act(report, "publish", date="2026-11-23")
    assert "both sides together" in one_sided.json["error"]["message"]
    assert alone.act(report, "agree-publication").status_code == 409
    assert alone.act(report, "agree-publication", message=1).status_code == 201
    assert reporter.status().json["publication"]["state"] == "agreed"
    assert alone.act(report, "publish", date="2026-11-23").status_code == 201
    assert "It was published on Monday 23 November 2026." in status(reporter)


def test_nobody_is_named_who_does_not_wish_it(alone: Place, town: Town, submit: Submit) -> None:
    """S1-22: none is the first choice; only the reporter's own message changes that, and back."""
    credit = alone.control("f-credit")
    assert credit.index('value="none"') < credit.index('value="handle"') < credit.index('"name"')
    assert "selected" not in credit
    assert "credit" not in submit(town.at("unnamed"), TARGET, []).document.fields
    reporter, report = alone.sent()
    handler = alone.handler()
    assert record(handler, report, "credit").status_code == 409
    assert record(handler, report, "drop-credit").status_code == 409
    letters.write(reporter, 1)
    assert record(handler, report, "credit", message=1).status_code == 201
    assert "Staff will name you as you wish" in status(reporter)
    assert record(handler, report, "drop-credit").status_code == 201
    assert "Staff will not name you" in status(reporter)
    assert (
        alone.town.client.get("/unnamed/thanks").status_code == 404
    )  # the policy has no such page


def test_rules_that_a_text_says_twice_are_found(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """S1-23: of ten bullets, `portico policy check` finds the five that repeat; ours has none."""
    source = pack("unnamed")
    clauses = source.split("[[conduct]]")[1:6]
    again = "".join(f"[[conduct]]{one}".replace('id = "', 'id = "again-') for one in clauses)
    (tmp_path / "unnamed.toml").write_text(f"{source}\n{again}")
    assert cli.main(["policy", "check", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("says word for word what") == 5
    (tmp_path / "unnamed.toml").write_text(source)
    assert cli.main(["policy", "check", str(tmp_path)]) == 0
    assert "word for word" not in capsys.readouterr().out
