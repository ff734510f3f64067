"""The page of thanks: whoever asked to be named, for as long as they want it, and nobody else."""

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import rows
from portal.cases.database import Database
from portal.cases.deletion import Departures
from portal.cases.events import Event
from portal.cases.program import Program
from portal.cases.report import Report
from portal.cases.store import Store
from portal.cases.tables import metadata
from portal.cases.thanks import Thanks
from portal.errors import EventRefused
from portal.policy.pack import Policy
from tests.actors import Researcher, Staff
from tests.conftest import Clock

NOBODY = "Nobody is named here so far."
Say = Callable[..., None]
Put = Callable[[str], None]


@pytest.fixture
def report(researcher: Researcher, store: Store) -> Report:
    """A report that was received."""
    return store.report(researcher.send().json["report"])


@pytest.fixture
def say(report: Report, database: Database, clock: Clock) -> Say:
    """Records what staff found in the reporter's messages, which are not looked for here."""

    def said(name: str, **data: int) -> None:
        with database.writing() as connection:
            place = len(rows.events_of(connection, report.id)) + 1
            rows.insert_event(connection, report.id, place, Event(name, clock.now, "ada", data))

    return said


@pytest.fixture
def thanks(database: Database) -> Thanks:
    """The names on the pages."""
    return Thanks(database)


@pytest.fixture
def put(report: Report, thanks: Thanks, program: Program, clock: Clock) -> Put:
    """Puts a name on the page, or another one in its place, as staff do."""
    return lambda name: thanks.add(report, name, policy=program.policy, actor="ada", now=clock.now)


def page(client: FlaskClient) -> str:
    """Return the page of the example program."""
    return html.unescape(client.get("/example/thanks").text)


def test_only_a_recorded_wish_names_anybody(
    client: FlaskClient, report: Report, say: Say, put: Put
) -> None:
    """S1-22: by default nobody is named; without the wish no name is taken."""
    assert NOBODY in page(client)
    with pytest.raises(EventRefused, match="to be named"):
        put("Mallory")
    say("credited", message=1)
    assert NOBODY in page(client)
    put("<b>Zoë & co")
    assert "<b>Zoë & co" in page(client)
    assert "<b>Zoë" not in client.get("/example/thanks").text
    assert report.id not in page(client)


def test_a_name_goes_with_the_wish(
    client: FlaskClient, report: Report, say: Say, thanks: Thanks, put: Put, clock: Clock
) -> None:
    """Once it is recorded that they no longer want it, the page does not wait for anybody."""
    say("credited", message=1)
    put("Zoë")
    say("uncredited")
    assert "Zoë" not in page(client)
    say("credited", message=1)
    put("Zed")
    assert "Zed" in page(client)
    assert "Zoë" not in page(client)
    assert thanks.take_out(report, actor="ada", now=clock.now)
    assert not thanks.take_out(report, actor="ada", now=clock.now)
    assert NOBODY in page(client)


def test_an_older_name_does_not_come_back_with_a_new_wish(
    client: FlaskClient, report: Report, say: Say, thanks: Thanks, put: Put, clock: Clock
) -> None:
    """Who asks to be named again may want another name: the page waits until staff put it there."""
    say("credited", message=1)
    put("Zoë")
    say("uncredited")
    clock.advance(timedelta(days=1))
    say("credited", message=2)
    assert NOBODY in page(client)
    assert thanks.name_of(report) is None
    put("Zed")
    assert thanks.name_of(report) == "Zed"


def test_a_name_goes_with_the_report(
    client: FlaskClient,
    researcher: Researcher,
    report: Report,
    say: Say,
    thanks: Thanks,
    put: Put,
    database: Database,
    clock: Clock,
) -> None:
    """A deleted report leaves no name behind."""
    say("credited", message=1)
    put("Zoë")
    departures = Departures(database)
    departures.ask(report, now=clock.now)
    asked = len(researcher.status().json["events"])
    say("verified", event=asked, message=1)
    departures.delete(report, by="ada", now=clock.now)
    assert thanks.of("example") == ()


def test_a_policy_without_thanks_has_no_page(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """S2-26, S3-23: one gives thanks and names nobody; one does not speak of it at all."""
    roles = ("support", "security officer on duty", "CISO", "CEO", "handler", "recovery")
    for name in ("onefactory", "iwelcome"):
        publish(name, Staff(roles=roles))
    assert NOBODY in client.get("/1factory/thanks").text
    assert client.get("/iwelcome/thanks").status_code == 404
    assert "/thanks" not in client.get("/iwelcome/").text


@pytest.mark.parametrize(
    ("pack_of", "why"),
    [("unnamed", "no page of thanks"), ("iwelcome", "no page"), ("onefactory", "names nobody")],
)
def test_nobody_is_named_where_the_policy_names_nobody(
    report: Report, say: Say, thanks: Thanks, pack: Callable[[str], str], pack_of: str, why: str
) -> None:
    """S2-26, S2-28: thanks without a way to be named are thanks alone, whatever staff recorded."""
    policy = Policy.parse(pack(pack_of))
    say("credited", message=1)
    with pytest.raises(EventRefused, match=why) as refused:
        thanks.add(report, "Zoë", policy=policy, actor="ada", now=report.received_at)
    assert "[recognition]" in refused.value.hint
    assert thanks.of("example") == ()


def test_the_bearer_of_the_token_takes_their_name_off(
    client: FlaskClient,
    researcher: Researcher,
    report: Report,
    say: Say,
    put: Put,
) -> None:
    """S1-22: at once, by script or without, and staff are not asked; it stays off."""
    say("credited", message=1)
    put("Zoë")
    lookup = researcher.token.lookup
    assert researcher.status().json["recognition"]["named"]
    shown = client.post("/status", data={"token": lookup}).text
    assert 'action="/status/unname"' in shown
    answer = client.post("/status/unname", json={"lookup": lookup})
    assert answer.json == {"report": report.id, "taken_off": True}
    assert NOBODY in page(client)
    assert not researcher.status().json["recognition"]["named"]
    with pytest.raises(EventRefused, match="to be named"):
        put("Zoë")
    say("credited", message=2)
    put("Zed")
    again = client.post("/status/unname", data={"token": lookup})
    assert again.status_code == 200
    assert 'action="/status/unname"' not in again.text
    assert NOBODY in page(client)
    repeated = client.post("/status/unname", json={"lookup": lookup})
    assert repeated.json == {"report": report.id, "taken_off": False}


def test_a_stranger_takes_nobody_off(client: FlaskClient, say: Say, put: Put) -> None:
    """A wrong token gets the answer that any wrong token gets."""
    say("credited", message=1)
    put("Zoë")
    assert client.post("/status/unname", json={"lookup": "00" * 32}).status_code == 404
    assert client.post("/status/unname", json={}).status_code == 400
    assert client.post("/status/unname", data={"token": "x"}).status_code == 400
    assert "Zoë" in page(client)


def test_the_log_does_not_keep_the_name(
    client: FlaskClient,
    researcher: Researcher,
    say: Say,
    put: Put,
    database: Database,
) -> None:
    """What was taken off is gone: an audit log is for ever, and holds that it happened alone."""
    say("credited", message=1)
    put("Zoë the Nameless")
    client.post("/status/unname", json={"lookup": researcher.token.lookup})
    with database.reading() as connection:
        rows_kept = [
            repr(row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    assert any("name taken out" in row for row in rows_kept)
    assert not any("Nameless" in row for row in rows_kept)
