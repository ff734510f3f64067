"""What staff record: with the data it needs, by those who may, with a second person if asked."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update

from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.tables import audit, queue, staff_roles
from portal.cases.tables import staff as people
from tests import letters
from tests.actors import DAY, Answer, Researcher, Staff
from tests.colleagues import Colleague
from tests.conftest import START, Clock

pytestmark = pytest.mark.thorough

Hire = Callable[..., Colleague]


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


@pytest.fixture
def bob(hire: Hire) -> Colleague:
    """Another one."""
    return hire("Bob", example="handler")


def record(colleague: Colleague, report: str, name: str, **data: object) -> Answer:
    """Record an event, with a reason where it takes one."""
    body: dict[str, object] = {"name": name, "data": data}
    if name == "decline":
        body["reason"] = "intended"
    return colleague.post(f"/staff/api/reports/{report}/events", body)


def ask(colleague: Colleague, report: str) -> str:
    """Ask for an act that takes two, and return the name of what was asked."""
    record(colleague, report, "acknowledge")
    asked = record(colleague, report, "decline")
    assert asked.status_code == 202
    return str(asked.json["approval"]["id"])


def decide(colleague: Colleague, report: str, approval: str, *, granted: object = True) -> Answer:
    """Grant what was asked, or refuse it."""
    body = {"granted": granted} | ({} if granted else {"reason": "too-early"})
    return colleague.post(f"/staff/api/reports/{report}/approvals/{approval}", body)


def names(researcher: Researcher) -> list[str]:
    """Return the names of the events that the reporter sees."""
    return [one["name"] for one in researcher.status().json["events"]]


def test_an_event_is_recorded_and_the_queue_follows(
    ada: Colleague, researcher: Researcher, report: str, database: Database
) -> None:
    """Event, queue and audit log change together; the reporter sees it without a name."""
    done = record(ada, report, "acknowledge")
    assert done.status_code == 201
    assert done.json["event"]["actor"] == {"id": ada.id, "name": "Ada"}
    record(ada, report, "assess", expected="2027-01-31")
    assert "2027-01-31" in researcher.status().json["events"][-1]["note"]
    assert "Ada" not in researcher.status().text
    with database.reading() as connection:
        row = connection.execute(select(queue.c.state, queue.c.activity)).one()
        last = connection.execute(select(audit.c.act, audit.c.actor)).all()[-1]
    assert row == ("assessed", 3)
    assert last == ("event assessed", ada.id)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"name": 5}, 400),
        ({"name": "acknowledge", "data": []}, 400),
        ({"name": "explode"}, 409),
        ({"name": "withdrawn"}, 409),
        ({"name": "deletion_asked"}, 409),
        ({"name": "deleted"}, 409),
        ({"name": "received"}, 409),
        ({"name": "resolve"}, 409),
        ({"name": "decline"}, 400),
        ({"name": "decline", "reason": "the hole is in /login"}, 400),
        ({"name": "decline", "data": {"reason": "intended"}, "reason": "intended"}, 409),
        ({"name": "acknowledge", "reason": "other"}, 400),
        ({"name": "update", "data": {"note": "the hole is in /login"}}, 409),
        ({"name": "update", "data": {"approved_by": "0123456789abcdef"}}, 409),
        ({"name": "assess"}, 409),
        ({"name": "propose-publication", "data": {"date": "soon"}}, 409),
    ],
)
def test_bad_input_is_refused(
    ada: Colleague, researcher: Researcher, report: str, body: dict[str, object], status: int
) -> None:
    """What is no event, comes too early, or carries words is not recorded."""
    refused = ada.post(f"/staff/api/reports/{report}/events", body)
    assert refused.status_code == status
    assert refused.json["error"]["hint"]
    assert names(researcher) == ["received"]


def test_a_reader_records_nothing(
    hire: Hire, ada: Colleague, researcher: Researcher, report: str
) -> None:
    """Neither an event, nor the second word on one."""
    rob = hire("Rob", example="reader")
    assert record(rob, report, "acknowledge").status_code == 403
    asked = ask(ada, report)
    assert decide(rob, report, asked).status_code == 403
    assert decide(rob, report, asked, granted=False).status_code == 403
    assert "declined" not in names(researcher)


def test_two_people_decide_what_the_policy_leaves_to_two(
    ada: Colleague, bob: Colleague, researcher: Researcher, report: str, database: Database
) -> None:
    """The first asks, nothing happens; the second grants, and then it is recorded, with both."""
    asked = ask(ada, report)
    assert "declined" not in names(researcher)
    granted = decide(bob, report, asked)
    assert granted.status_code == 200
    assert granted.json["approval"]["granted"] is True
    assert names(researcher)[-1] == "declined"
    shown = ada.get(f"/staff/api/reports/{report}").json
    assert shown["events"][-1]["actor"]["name"] == "Ada"
    assert shown["events"][-1]["data"] == {"approved_by": bob.id}
    (approval,) = shown["approvals"]
    assert (approval["asked_by"]["name"], approval["decided_by"]["name"]) == ("Ada", "Bob")
    with database.reading() as connection:
        acts = connection.execute(select(audit.c.act, audit.c.actor)).all()[-3:]
        state = connection.scalar(select(queue.c.state))
    assert acts == [
        ("approval asked", ada.id),
        ("approval granted", bob.id),
        ("event declined", ada.id),
    ]
    assert state == "declined"


def test_only_what_is_possible_is_asked_for(ada: Colleague, report: str) -> None:
    """What comes too early for one person comes too early for two."""
    assert record(ada, report, "decline").status_code == 409
    assert ada.get(f"/staff/api/reports/{report}").json["approvals"] == []


def test_nobody_is_two_people(ada: Colleague, researcher: Researcher, report: str) -> None:
    """Who asked cannot grant, in whatever way they try; they can take it back."""
    asked = ask(ada, report)
    refused = decide(ada, report, asked)
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "not-allowed")
    assert record(ada, report, "decline").status_code == 409
    assert "declined" not in names(researcher)
    assert decide(ada, report, asked, granted=False).status_code == 200
    assert decide(ada, report, asked).status_code == 409


def test_what_was_refused_is_not_recorded(
    ada: Colleague, bob: Colleague, researcher: Researcher, report: str
) -> None:
    """A refusal ends it; it can be asked for anew, and granted once."""
    asked = ask(ada, report)
    assert decide(bob, report, asked, granted=False).json["approval"]["granted"] is False
    assert decide(bob, report, asked).status_code == 409
    again = record(bob, report, "decline").json["approval"]["id"]
    assert decide(ada, report, again).status_code == 200
    assert decide(ada, report, again).status_code == 409
    assert names(researcher).count("declined") == 1


def demote(database: Database, who: Colleague) -> None:
    """Make somebody a reader."""
    with database.writing() as connection:
        theirs = update(staff_roles).where(staff_roles.c.staff == who.id)
        connection.execute(theirs.values(role="reader"))


def dismiss(database: Database, who: Colleague) -> None:
    """Let somebody leave."""
    with database.writing() as connection:
        connection.execute(update(people).where(people.c.id == who.id).values(left_at=START))


def strip(database: Database, who: Colleague) -> None:
    """Take somebody's role away."""
    with database.writing() as connection:
        connection.execute(delete(staff_roles).where(staff_roles.c.staff == who.id))


@pytest.mark.parametrize("change", [demote, dismiss, strip])
def test_who_may_no_longer_counts_no_longer(
    change: Callable[[Database, Colleague], None],
    ada: Colleague,
    bob: Colleague,
    researcher: Researcher,
    report: str,
    database: Database,
) -> None:
    """What somebody asked for who is no handler any more is not granted, nor can they grant."""
    asked = ask(ada, report)
    change(database, ada)
    assert decide(bob, report, asked).status_code == 409
    assert decide(bob, report, asked, granted=False).status_code == 200
    mine = record(bob, report, "decline").json["approval"]["id"]
    assert decide(ada, report, mine).status_code in {401, 403, 404}
    assert "declined" not in names(researcher)


def test_an_approval_belongs_to_its_report(
    ada: Colleague, bob: Colleague, report: str, stranger: Researcher
) -> None:
    """Its name opens nothing at another report, nor does a name that nobody gave."""
    other, asked = stranger.send().json["report"], ask(ada, report)
    record(ada, other, "acknowledge")
    assert decide(bob, other, asked).status_code == 409
    assert decide(bob, other, asked, granted=False).status_code == 409
    assert names(stranger) == ["received", "acknowledged"]
    assert decide(bob, report, "0" * 16).status_code == 409
    assert decide(bob, report, asked, granted="yes").status_code == 400


def test_what_became_impossible_meanwhile_is_not_granted(
    ada: Colleague, bob: Colleague, researcher: Researcher, report: str
) -> None:
    """The history is asked again when the second person speaks; the question stays open."""
    asked = ask(ada, report)
    record(ada, report, "close")
    assert decide(bob, report, asked).status_code == 409
    assert names(researcher)[-1] == "closed"
    (approval,) = ada.get(f"/staff/api/reports/{report}").json["approvals"]
    assert approval["granted"] is None


def test_a_new_version_of_the_policy_drops_no_promise(
    ada: Colleague, report: str, catalogue: Catalogue, pack: Callable[[str], str]
) -> None:
    """What took two people when the report was made takes two for good."""
    text = pack("example").replace('two_people = ["decline"]', 'two_people = ["close"]')
    catalogue.publish_policy(text, actor="test", now=START)
    record(ada, report, "acknowledge")
    assert record(ada, report, "decline").status_code == 202
    assert record(ada, report, "close").status_code == 202


def test_a_duplicate_tells_the_reporter_the_day_and_nothing_else(
    hire: Hire, report: str, stranger: Researcher, clock: Clock
) -> None:
    """The link shows to staff on both reports; the reporter reads when the first one came."""
    clock.advance(3 * DAY)
    later, ada = stranger.send().json["report"], hire("Ada", example="handler")
    assert record(ada, later, "duplicate", of=report).status_code == 201
    seen = stranger.status()
    assert seen.json["events"][-1]["note"] == "That report was received on Sunday 22 November 2026."
    assert report not in seen.text
    first, second = (ada.get(f"/staff/api/reports/{one}").json for one in (report, later))
    assert [one["id"] for one in first["duplicates"]] == [later]
    assert second["duplicate_of"]["id"] == report
    assert second["state"] == "duplicate"


def test_a_duplicate_leads_to_a_report_that_one_may_read(
    ada: Colleague, hire: Hire, report: str, publish: Callable[[str, Staff], Program]
) -> None:
    """Neither to itself, nor to nothing, nor into a program that is not theirs."""
    other = Researcher(ada.client, publish("unnamed", Staff("hybrid")))
    theirs = other.send().json["report"]
    hidden, absent = (record(ada, report, "duplicate", of=one) for one in (theirs, "00000-00000"))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text.replace(theirs, "00000-00000") == absent.text
    assert record(ada, report, "duplicate", of=report).status_code == 409
    assert record(ada, report, "duplicate", of=5).status_code == 409
    both = hire("Cem", example="handler", unnamed="reader")
    assert record(both, report, "duplicate", of=theirs).status_code == 201
    seen = ada.get(f"/staff/api/reports/{report}")
    assert theirs not in seen.text
    assert seen.json["duplicate_of"]["received_at"]
    assert both.get(f"/staff/api/reports/{report}").json["duplicate_of"]["id"] == theirs
    original = f"/staff/api/reports/{theirs}"
    assert [one["id"] for one in both.get(original).json["duplicates"]] == [report]
    assert report not in hire("Eve", unnamed="reader").get(original).text


def test_duplicates_do_not_go_round_in_circles(
    ada: Colleague, report: str, stranger: Researcher
) -> None:
    """The original of a duplicate is a report that is none itself."""
    later = stranger.send().json["report"]
    record(ada, later, "duplicate", of=report)
    assert record(ada, report, "duplicate", of=later).status_code == 409


def test_an_agreement_names_the_message_that_says_so(
    ada: Colleague, researcher: Researcher, report: str
) -> None:
    """Staff record an agreement with the number of a message that the reporter wrote."""
    record(ada, report, "propose-publication", date="2027-01-31")
    assert "31 January 2027" in researcher.status().json["events"][-1]["note"]
    letters.reply(ada, report, 1, letters.sealed(researcher))
    letters.write(researcher, 2)
    for number in (1, 3):
        assert record(ada, report, "agree-publication", message=number).status_code == 409
    assert record(ada, report, "agree-publication", message=2).status_code == 201
    assert names(researcher)[-1] == "publication_agreed"


def test_a_reason_is_for_colleagues_and_the_log_alone(
    ada: Colleague, bob: Colleague, researcher: Researcher, report: str, database: Database
) -> None:
    """It goes from who asks to who decides and into the log, and never to the reporter."""
    asked = ask(ada, report)
    (waiting,) = bob.get(f"/staff/api/reports/{report}").json["approvals"]
    assert waiting["reason"] == "It works as intended"
    assert decide(bob, report, asked).status_code == 200
    assert "reason" not in ada.get(f"/staff/api/reports/{report}").json["events"][-1]["data"]
    assert "intended" not in researcher.status().text
    with database.reading() as connection:
        entries = connection.execute(select(audit.c.act, audit.c.data)).all()
    told = {act: data.get("reason") for act, data in entries if act.startswith(("app", "event d"))}
    assert told == {
        "approval asked": "intended",
        "approval granted": None,
        "event declined": "intended",
    }


def test_a_refusal_says_why_to_who_asked(
    ada: Colleague, bob: Colleague, report: str, database: Database
) -> None:
    """A colleague's act is not refused without a reason; one's own is taken back without."""
    asked = ask(ada, report)
    address = f"/staff/api/reports/{report}/approvals/{asked}"
    refused = bob.post(address, {"granted": False})
    assert (refused.status_code, refused.json["error"]["code"]) == (400, "reason-refused")
    assert "too-early" in refused.json["error"]["hint"]
    assert bob.post(address, {"granted": True, "reason": "other"}).status_code == 400
    assert ada.post(address, {"granted": False}).status_code == 200
    assert decide(bob, report, ask(ada, report), granted=False).status_code == 200
    with database.reading() as connection:
        wanted = select(audit.c.data).where(audit.c.act == "approval refused")
        data = connection.scalars(wanted.order_by(audit.c.sequence)).all()
    assert [one.get("reason") for one in data] == [None, "too-early"]


def test_publication_goes_to_and_fro(
    ada: Colleague, hire: Hire, researcher: Researcher, report: str, clock: Clock
) -> None:
    """S1-20: a date is proposed, countered and accepted, and both sides read where it stands."""
    record(ada, report, "propose-publication", date="2027-01-31")
    letters.write(researcher, 1)
    early = record(ada, report, "accept-publication", message=1)
    assert (early.status_code, early.json["error"]["code"]) == (409, "event-refused")
    assert (
        record(ada, report, "counter-publication", date="2026-12-01", message=1).status_code == 201
    )
    assert researcher.status().json["publication"]["state"] == "countered"
    assert record(ada, report, "agree-publication", message=1).status_code == 409
    assert record(ada, report, "accept-publication", message=1).status_code == 201
    seen = researcher.status().json["publication"]
    assert (seen["state"], seen["date"]) == ("agreed", "2026-12-01")
    assert "You and staff agreed" in seen["told"][0]
    shown = ada.get(f"/staff/api/reports/{report}").json["publication"]
    assert "The reporter and staff agreed" in shown["told"][0]
    clock.advance(8 * DAY)
    later = hire("Cyd", example="handler")
    assert record(later, report, "publish", date="2026-11-30").status_code == 409


def test_the_policy_is_asked_again_when_it_is_granted(
    ada: Colleague,
    bob: Colleague,
    report: str,
    researcher: Researcher,
) -> None:
    """What two people do passes the same gates: when it is asked for, and when it is granted."""
    asked = ask(ada, report)
    record(ada, report, "note-data-held")
    refused = decide(bob, report, asked)
    assert refused.status_code == 409
    assert "still holds data" in refused.json["error"]["message"]
    assert "declined" not in names(researcher)
    again = record(ada, report, "decline", reason="intended")
    assert again.status_code == 409


def test_whose_message_it_is_makes_a_difference(
    ada: Colleague, researcher: Researcher, report: str
) -> None:
    """S3-13, S3-14: a confirmation is the reporter's message, a decision letter one of staff."""
    letters.reply(ada, report, 1, letters.sealed(researcher))
    letters.write(researcher, 2)
    assert record(ada, report, "confirm-data-deletion", message=1).status_code == 409
    assert record(ada, report, "confirm-data-deletion", message=2).status_code == 201
    weights = {"impact": "high", "report": "low"}
    wrong = record(ada, report, "reward", answer="yes", factors=weights, message=2)
    right = record(ada, report, "reward", answer="yes", factors=weights, message=1)
    assert (wrong.status_code, right.status_code) == (409, 201)
    assert researcher.status().json["data"]["state"] == "deleted"
    assert "high" not in researcher.status().text


def test_sharing_outside_is_logged_with_its_ground(
    ada: Colleague, researcher: Researcher, report: str, database: Database
) -> None:
    """S1-19: who passed it on, on what basis and why is in the log, and not with the reporter."""
    grounds = {"basis": "law", "reason": "authority-request"}
    assert record(ada, report, "share-outside", **grounds).status_code == 201
    with database.reading() as connection:
        last = connection.execute(select(audit.c.act, audit.c.actor, audit.c.data)).all()[-1]
    assert (last.act, last.actor, last.data) == ("event shared_with", ada.id, grounds)
    assert names(researcher) == ["received"]
    (event,) = ada.get(f"/staff/api/reports/{report}").json["events"][1:]
    assert event["codes"] == {"basis": "The law demands it", "reason": "An authority asked for it"}
