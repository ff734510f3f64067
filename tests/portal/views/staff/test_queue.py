"""The queue's addresses: what staff see and do there, and what nobody else gets."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.cases.events import Event
from portal.cases.store import Store
from tests.actors import DAY, Researcher
from tests.colleagues import Colleague
from tests.conftest import START, Clock

pytestmark = pytest.mark.thorough

Hire = Callable[..., Colleague]


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """Somebody who handles reports to the example program."""
    return hire("Ada", example="handler")


def rows(someone: Colleague, **filters: str) -> list[dict[str, Any]]:
    """Return what somebody sees in the queue."""
    answer = someone.get("/staff/api/queue", **filters)
    assert answer.status_code == 200, answer.text
    return list(answer.json["reports"])


def test_a_row_says_what_there_is_to_know(report: str, ada: Colleague) -> None:
    """Facts and dates in words that fit a page; nothing of the contents, no token, no hash."""
    (row,) = rows(ada)
    assert row == {
        "id": report,
        "program": "example",
        "program_name": "Example",
        "kind": "report",
        "kind_label": "Report",
        "exposed": False,
        "exploited": False,
        "state": "received",
        "state_label": "Received, not yet confirmed by a person",
        "ended": False,
        "ruling": "not checked",
        "ruling_label": "Not checked",
        "received_at": "2026-11-22T10:30:00+01:00",
        "due_at": row["due_at"],
        "zone": "Europe/Amsterdam",
        "overdue": False,
        "unread": True,
        "activity": 1,
        "assigned": None,
        "quiet": False,
    }
    assert row["due_at"].endswith("23:59:59+01:00")


def test_a_date_that_passes_shows(report: str, hire: Hire, clock: Clock) -> None:
    """The row turns overdue by the clock alone, and the count says so."""
    assert rows(hire("Ada", example="handler"), overdue="yes") == []
    clock.advance(30 * DAY)
    late = hire("Bob", example="reader")
    assert [(row["id"], row["overdue"]) for row in rows(late, overdue="yes")] == [(report, True)]
    counts = late.get("/staff/api/queue/counts", overdue="yes").json
    one, none = {"count": 1, "more": False}, {"count": 0, "more": False}
    assert counts == {
        "shown": one, "open": one, "overdue": one, "unread": one, "mine": none, "nobody": one,
        "quiet": none, "urgent": none,
    }  # fmt: skip


def test_somebody_reads_and_is_up_to_date(
    report: str, ada: Colleague, hire: Hire, store: Store
) -> None:
    """A mark is one's own, and the next event is news again."""
    reader = hire("Rea", example="reader")
    assert reader.post(f"/staff/api/reports/{report}/seen", {"activity": 1}).json == {"activity": 1}
    assert [rows(one)[0]["unread"] for one in (reader, ada)] == [False, True]
    store.append(report, Event("acknowledged", START, "somebody"))
    assert [row["unread"] for row in rows(reader, unread="yes")] == [True]


def test_a_handler_assigns_and_quietens(report: str, ada: Colleague, hire: Hire) -> None:
    """To a colleague and to nobody; onto the quiet list and off it."""
    bob = hire("Bob", example="reader")
    path = f"/staff/api/reports/{report}"
    assert ada.post(f"{path}/assign", {"to": bob.id}).json == {"assigned": bob.id}
    assert rows(bob, assigned="me")[0]["assigned"] == {"id": bob.id, "name": "Bob"}
    assert ada.post(f"{path}/assign", {"to": None}).json == {"assigned": None}
    assert rows(bob, assigned="me") == []
    aside = {"quiet": True, "reason": "spam"}
    assert ada.post(f"{path}/quiet", aside).json == {"quiet": True}
    assert (rows(ada), rows(ada, quiet="yes")[0]["quiet"]) == ([], True)
    assert ada.post(f"{path}/quiet", {"quiet": False}).json == {"quiet": False}
    assert len(rows(ada)) == 1


@pytest.mark.parametrize("reason", [None, "", "because", 7])
def test_nobody_is_put_aside_without_a_reason(report: str, ada: Colleague, reason: object) -> None:
    """One of the list, which the refusal names."""
    body = {"quiet": True, "reason": reason}
    answer = ada.post(f"/staff/api/reports/{report}/quiet", body)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "reason-refused")
    assert "spam, abuse" in answer.json["error"]["hint"]
    assert len(rows(ada)) == 1


def test_a_quiet_sender_closes_no_door(
    report: str, ada: Colleague, researcher: Researcher, stranger: Researcher, store: Store
) -> None:
    """Others report as before, the sender's own page still works, and what they do stays quiet."""
    aside = {"quiet": True, "reason": "abuse"}
    assert ada.post(f"/staff/api/reports/{report}/quiet", aside).status_code == 200
    assert "abuse" not in researcher.status().text
    assert researcher.status().json["report"] == report
    store.append(report, Event("acknowledged", START, "somebody"))
    other = stranger.send().json["report"]
    assert [row["id"] for row in rows(ada, unread="yes")] == [other]


def test_a_reader_changes_nothing_for_others(report: str, hire: Hire) -> None:
    """Assignment and quiet list take a handler."""
    reader = hire("Rea", example="reader")
    for verb, body in (("assign", {"to": reader.id}), ("quiet", {"quiet": True})):
        answer = reader.post(f"/staff/api/reports/{report}/{verb}", body)
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "not-allowed")
    assert rows(reader)[0]["assigned"] is None


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("assign", {}),
        ("assign", {"to": 7}),
        ("assign", {"to": "f" * 16}),
        ("seen", {"activity": "1"}),
        ("seen", {"activity": True}),
        ("quiet", {"quiet": 1}),
        ("quiet", []),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    report: str, ada: Colleague, verb: str, body: object
) -> None:
    """The answer says what is wanted."""
    answer = ada.post(f"/staff/api/reports/{report}/{verb}", body)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "queue-refused")
    (row,) = rows(ada)
    assert (row["assigned"], row["quiet"], row["unread"]) == (None, False, True)


@pytest.mark.parametrize(
    "query",
    [
        "state=asleep", "sate=open", "overdue=no", "after=nowhere", "limit=0", "limit=101",
        "limit=1e2", "limit=-1", "limit=٣", "state=open&state=ended", "assigned=Ada",
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_refused(ada: Colleague, query: str) -> None:
    """Never answered with something else."""
    for path in ("/staff/api/queue", "/staff/api/queue/counts"):
        answer = ada.client.get(f"{path}?{query}")
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "queue-refused")


def test_pages_follow_each_other(researcher: Researcher, ada: Colleague) -> None:
    """From the first to the last, each report once."""
    sent = {
        Researcher(researcher.client, researcher.program).send().json["report"] for _ in range(5)
    }
    found: list[str] = []
    after: str | None = ""
    for _ in range(3):
        answer = ada.get("/staff/api/queue", limit="2", after=after or "").json
        found += [row["id"] for row in answer["reports"]]
        after = answer["next"]
    assert (set(found), len(found), after) == (sent, 5, None)


def test_another_program_does_not_exist(report: str, hire: Hire) -> None:
    """Its reports look like reports that never were, whatever is asked of them."""
    stranger = hire("Tom", other="admin")
    assert rows(stranger) == []
    for name in (report, "00000-00000"):
        for verb, body in (
            ("assign", {"to": None}), ("seen", {"activity": 1}), ("quiet", {"quiet": True})
        ):  # fmt: skip
            answer = stranger.post(f"/staff/api/reports/{name}/{verb}", body)
            assert (answer.status_code, answer.json["error"]["code"]) == (404, "no-such-report")
    for slug in ("example", "no-such-one"):
        answer = stranger.get("/staff/api/queue", program=slug)
        assert (answer.status_code, answer.json["error"]["code"]) == (404, "no-such-program")


def test_choices_are_those_of_ones_own_programs(
    ada: Colleague, hire: Hire, program: object
) -> None:
    """States and verdicts in words, programs with one's role, and the people to assign to."""
    bob = hire("Bob", example="reader", other="admin")
    hire("Tom", other="admin")
    found = ada.get("/staff/api/queue/choices").json
    assert found["programs"] == [{"slug": "example", "name": "Example", "role": "handler"}]
    assert found["people"] == [
        {"id": ada.id, "name": "Ada", "programs": {"example": "handler"}},
        {"id": bob.id, "name": "Bob", "programs": {"example": "reader"}},
    ]
    assert {"value": "received", "label": "Received, not yet confirmed by a person"} in found[
        "states"
    ]
    assert {"value": "not checked", "label": "Not checked"} in found["rulings"]


def test_views_are_kept_for_their_owner(ada: Colleague, hire: Hire) -> None:
    """Saved, listed and removed; a colleague sees none of it."""
    view = {"name": "Late and mine", "filters": {"overdue": "yes", "assigned": "me"}}
    assert ada.post("/staff/api/views", view).json == {"views": [view]}
    assert ada.get("/staff/api/views").json == {"views": [view]}
    assert hire("Bob", example="admin").get("/staff/api/views").json == {"views": []}
    assert ada.post("/staff/api/views/remove", {"name": view["name"]}).json == {"views": []}


@pytest.mark.parametrize("body", [[], {}, {"name": "a"}, {"name": "a", "filters": {"x": "y"}}])
def test_a_view_that_cannot_be_read_is_refused(ada: Colleague, body: object) -> None:
    """And nothing is kept."""
    answer = ada.post("/staff/api/views", body)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "queue-refused")
    assert ada.get("/staff/api/views").json == {"views": []}


PATHS = ("/staff/api/queue", "/staff/api/queue/counts", "/staff/api/queue/choices")


def test_nobody_learns_anything_without_a_session(report: str, client: FlaskClient) -> None:
    """Every address answers that nobody is signed in, whether or not the report exists."""
    asked = [client.get(path) for path in (*PATHS, "/staff/api/views")]
    for name in (report, "00000-00000"):
        asked += [client.post(f"/staff/api/reports/{name}/{verb}", json={})
                  for verb in ("assign", "seen", "quiet")]  # fmt: skip
    asked += [client.post(f"/staff/api/views{path}", json={}) for path in ("", "/remove")]
    assert {(one.status_code, one.get_json()["error"]["code"]) for one in asked} == {
        (401, "sign-in-needed")
    }


def test_another_site_changes_nothing(report: str, ada: Colleague) -> None:
    """Without the cross-site token a change is refused, though the cookie is there."""
    for verb, body in (("assign", {"to": ada.id}), ("seen", {"activity": 1}), ("quiet", {})):
        answer = ada.client.post(f"/staff/api/reports/{report}/{verb}", json=body)
        assert answer.status_code == 403
    assert ada.client.post("/staff/api/views", json={"name": "a", "filters": {}}).status_code == 403
    assert rows(ada)[0]["unread"]


def test_the_page_itself_holds_nothing(report: str, client: FlaskClient, ada: Colleague) -> None:
    """The same bytes for everybody, signed in or not: `portico desk` can serve them as well."""
    page = client.get("/staff/")
    assert page.status_code == 200
    assert page.data == ada.client.get("/staff/").data
    assert report not in page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers
