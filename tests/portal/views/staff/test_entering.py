"""A report that came by mail: kept with its real time, its clocks, and who entered it."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.tables import audit, queue
from tests.actors import DAY, Answer, Researcher, Staff, archive, seal
from tests.colleagues import Colleague
from tests.conftest import START

Hire = Callable[..., Colleague]
CAME = START - timedelta(days=3)


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


def enter(
    colleague: Colleague,
    sealed: bytes,
    came: datetime | str = CAME,
    slug: str = "example",
    **ticks: str,
) -> Answer:
    """Enter a report."""
    moment = came if isinstance(came, str) else came.isoformat()
    form = {"sealed": (io.BytesIO(sealed), "a.age"), "received_at": moment, **ticks}
    return colleague.post(f"/staff/api/programs/{slug}/reports", data=form)


def test_its_clocks_run_from_the_day_it_came(
    ada: Colleague, researcher: Researcher, database: Database, staff: Staff
) -> None:
    """Received then, entered now, by a name; the first promise falls due as if it came by form."""
    sealed = researcher.sealed(reply=False)
    kept = enter(ada, sealed)
    assert kept.status_code == 201
    report = kept.json["report"]
    shown = ada.get(f"/staff/api/reports/{report}").json
    assert (shown["origin"], shown["verdict"]) == ("mail", None)
    assert datetime.fromisoformat(shown["received_at"]) == CAME
    (event,) = shown["events"]
    assert (event["name"], event["actor"]["name"]) == ("received", "Ada")
    assert datetime.fromisoformat(event["at"]) == CAME
    by_form = ada.get(f"/staff/api/reports/{researcher.send().json['report']}").json
    due = [datetime.fromisoformat(one["due_at"]) for one in (shown, by_form)]
    assert DAY <= due[1] - due[0] < 5 * DAY
    fetched = ada.get(f"/staff/api/reports/{report}/envelopes/sealed").data
    assert "report.md" in staff.read(fetched)
    with database.reading() as connection:
        row = connection.execute(select(queue.c.received_at).where(queue.c.report == report))
        entry = connection.execute(
            select(audit.c.act, audit.c.actor, audit.c.at).where(audit.c.subject == report)
        ).first()
        assert row.scalar_one() == CAME
    assert entry == ("report entered", ada.id, START)


def parts(report: bytes, attachments: bytes | None = None, /, **changes: str) -> dict[str, object]:
    """Write the form of the page: declared, sealed to the keyset it names."""
    form: dict[str, object] = {"received_at": CAME.isoformat(), "keyset": "1"}
    for role, data in (("report", report), ("attachments", attachments)):
        if data is not None:
            form |= {f"{role}_length": str(len(data)), f"{role}_sha256": sha256(data).hexdigest()}
            form[role] = (io.BytesIO(data), f"{role}.age")
    return form | changes


def test_the_page_sends_a_report_and_its_files(ada: Colleague, researcher: Researcher) -> None:
    """As a form does, so that its text opens before its files; entered when, is told."""
    sealed = researcher.sealed(reply=False)
    files = seal(archive({"mail.eml": b"From: somebody"}), researcher.recipients(reply=False))
    address = "/staff/api/programs/example/reports"
    kept, again = (ada.post(address, data=parts(sealed, files)) for _ in range(2))
    assert (kept.status_code, again.status_code) == (201, 200)
    shown = ada.get(f"/staff/api/reports/{kept.json['report']}").json
    assert [one["role"] for one in shown["envelopes"]] == ["report", "attachments"]
    assert datetime.fromisoformat(shown["kept_at"]) == START
    named = [one["role"] for one in kept.json["claims"]["envelopes"]]
    assert named == ["report", "attachments"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"report_sha256": "0" * 64}, 422),
        ({"report_length": "7"}, 422),
        ({"report_length": "x"}, 400),
        ({"keyset": "2"}, 409),
        ({"keyset": "x"}, 400),
    ],
)
def test_what_arrives_is_what_the_page_sealed(
    ada: Colleague, researcher: Researcher, change: dict[str, str], status: int
) -> None:
    """Neither cut, nor exchanged, nor sealed to keys that others have replaced."""
    form = parts(researcher.sealed(reply=False), **change)
    assert ada.post("/staff/api/programs/example/reports", data=form).status_code == status


def test_nobody_beside_the_staff_can_open_it(ada: Colleague, researcher: Researcher) -> None:
    """The page seals to the keyset alone: a further key would be somebody else's."""
    form = parts(researcher.sealed(reply=True))
    assert ada.post("/staff/api/programs/example/reports", data=form).status_code == 422


def test_the_page_is_a_shell_and_asks_for_the_rest(
    ada: Colleague, researcher: Researcher, hire: Hire
) -> None:
    """It is the same for every program; zone and limit are for those who may enter something."""
    pages = {ada.get(f"/staff/programs/{slug}/enter").data for slug in ("example", "nothing")}
    assert len(pages) == 1
    page = pages.pop().decode()
    fields = ("date", "time", "zone", "title", "target", "steps", "contact_email", "files")
    for field in (*(f"f-{one}" for one in fields), "exposed", "exploited"):
        start = page.index(f'id="{field}"')
        tag = page[page.rindex("<", 0, start) : page.index(">", start)]
        assert " name=" not in tag
        assert " disabled" in tag
    told = ada.get("/staff/api/programs/example/entering").json
    assert (told["zone"], told["name"]) == ("Europe/Amsterdam", "Example")
    assert told["limit"] > 0
    address = "/staff/api/programs/example/entering"
    assert hire("Rob", example="reader").get(address).status_code == 403
    assert hire("Eve", unnamed="admin").get(address).status_code == 404


def test_entered_twice_it_is_kept_once(ada: Colleague, researcher: Researcher) -> None:
    """The same file again gets the same receipt; with another time it is refused."""
    sealed = researcher.sealed(reply=False)
    first, again = enter(ada, sealed), enter(ada, sealed)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert enter(ada, sealed, CAME - DAY).status_code == 409


def test_no_tick_is_lost_in_silence(ada: Colleague, researcher: Researcher) -> None:
    """A tick that comes late or misspelt is refused, and never taken for one that is not there."""
    sealed = researcher.sealed(reply=False)
    assert enter(ada, sealed, exposed="true").status_code == 400
    assert enter(ada, sealed).status_code == 201
    assert enter(ada, sealed, exposed="yes").status_code == 409
    ticked = enter(ada, researcher.sealed(reply=False), exploited="yes").json["report"]
    assert ada.get(f"/staff/api/reports/{ticked}").json["exploited"] is True


def test_the_policy_of_that_day_counts(
    ada: Colleague,
    researcher: Researcher,
    catalogue: Catalogue,
    pack: Callable[[str], str],
) -> None:
    """What was promised when the mail came is what binds; before the first version, the first."""
    catalogue.publish_policy(pack("example") + "\n# later\n", actor="test", now=START - DAY)
    for came, version in ((START - timedelta(hours=1), 2), (CAME, 1)):
        report = enter(ada, researcher.sealed(reply=False), came).json["report"]
        assert ada.get(f"/staff/api/reports/{report}").json["policy_version"] == version


@pytest.mark.parametrize(
    "came",
    [
        START + timedelta(minutes=1),
        START - timedelta(days=366),
        "",
        "yesterday",
        "2026-11-20",
        "2026-11-20T14:05",
    ],
)
def test_a_time_that_cannot_be_is_refused(
    ada: Colleague, researcher: Researcher, came: datetime | str
) -> None:
    """Neither the future, nor long ago, nor a time without a zone."""
    refused = enter(ada, researcher.sealed(reply=False), came)
    assert refused.status_code == 400
    assert refused.json["error"]["hint"]


def test_only_an_age_file_for_all_of_the_staff_is_taken(
    ada: Colleague, researcher: Researcher
) -> None:
    """The mail itself is never sent here, nor a file that leaves a colleague out."""
    left_out = seal(b"x", researcher.recipients()[:1])
    for wrong in (b"From: somebody\n\nThere is a hole", left_out):
        assert enter(ada, wrong).status_code == 422
    missing = ada.post("/staff/api/programs/example/reports", data={"received_at": "2026-11-20"})
    assert missing.status_code == 400


def test_a_reader_enters_nothing_and_others_see_no_program(
    hire: Hire, researcher: Researcher
) -> None:
    """A handler enters; to staff of another program this one is not there."""
    sealed = researcher.sealed(reply=False)
    assert enter(hire("Rob", example="reader"), sealed).status_code == 403
    eve = hire("Eve", unnamed="admin")
    hidden, absent = enter(eve, sealed), enter(eve, sealed, slug="nothing")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text.replace("example", "nothing") == absent.text


def test_nobody_is_told_to_sign_in(researcher: Researcher) -> None:
    """Without a session nothing is entered."""
    answer = researcher.client.post("/staff/api/programs/example/reports", data={})
    assert answer.status_code == 401


def test_no_token_leads_to_it(ada: Colleague, researcher: Researcher) -> None:
    """Not even whoever has the same file finds it from outside."""
    report = enter(ada, researcher.sealed(reply=False)).json["report"]
    assert researcher.status().status_code == 404
    stored = ada.client.application.extensions["portico"].store.report(report).stored_lookup
    assert researcher.client.post("/status", json={"lookup": stored}).status_code == 404
