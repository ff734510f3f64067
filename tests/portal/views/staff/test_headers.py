"""Sharing by header over the desk's API: what is kept, what is refused, and what never changes."""

import base64
import hashlib
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.age import header as age_header
from portal.age.errors import NoMatch
from portal.age.identities import X25519Identity
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.tables import audit
from portal.offline.reshare import rewrap
from tests.actors import MINUTE, Answer, Researcher, Staff, age_recipient, seal
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]
Rotate = Callable[[], Program]


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report that arrived while two people were in the keyset."""
    return str(researcher.send().json["report"])


@pytest.fixture
def grown(report: str, staff: Staff, rotate: Rotate, clock: Clock) -> Program:
    """The program a minute later: an analyst has joined, and the report is older than their key."""
    clock.advance(MINUTE)
    staff.join("analyst")
    return rotate()


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


def address(report: str, role: str = "report") -> str:
    """Return where the headers of a file are."""
    return f"/staff/api/reports/{report}/headers/{role}"


def fetched(colleague: Colleague, report: str) -> bytes:
    """Download the report's age file."""
    return colleague.get(f"/staff/api/reports/{report}/envelopes/report").data


def header_of(sealed: bytes) -> bytes:
    """Return the header of an age file."""
    return age_header.read(io.BytesIO(sealed)).raw


def shared(sealed: bytes, staff: Staff, to: tuple[str, ...]) -> bytes:
    """Make a new header for an age file with the handler's identity."""
    return rewrap(header_of(sealed), [staff.identities["handler"]], to)


def post(colleague: Colleague, report: str, header: bytes, keyset: object = 2) -> Answer:
    """Send a new header."""
    body = {"header": base64.b64encode(header).decode(), "keyset": keyset}
    return colleague.post(address(report), body)


def recipients(program: Program) -> tuple[str, ...]:
    """Return whom the keyset in force lists."""
    assert program.keyset is not None
    return program.keyset.recipients


def test_a_new_colleague_gets_an_old_report(
    ada: Colleague, report: str, grown: Program, staff: Staff, database: Database
) -> None:
    """After sharing she opens it; the payload is the same to the byte; the audit log shows it."""
    before = fetched(ada, report)
    with pytest.raises(NoMatch):
        staff.open(before, role="analyst")
    made = shared(before, staff, recipients(grown))
    answer = post(ada, report, made)
    assert answer.status_code == 201
    after = fetched(ada, report)
    assert after == made + before[len(header_of(before)) :]
    for role in ("analyst", "handler", "recovery"):
        assert staff.open(after, role=role) == staff.open(before)
    with database.reading() as connection:
        entry = connection.execute(select(audit).order_by(audit.c.sequence.desc())).mappings()
        added = next(one for one in entry if one["act"] == "header added")
    assert (added["subject"], added["actor"]) == (report, ada.id)
    assert added["data"]["header_sha256"] == hashlib.sha256(made).hexdigest()
    assert (added["data"]["version"], added["data"]["keyset"]) == (2, 2)


def test_the_original_stays_for_the_receipt_and_the_reporter(
    ada: Colleague, report: str, grown: Program, staff: Staff, researcher: Researcher
) -> None:
    """Older headers can be had as they were; the reporter gets what they sent."""
    before = fetched(ada, report)
    post(ada, report, shared(before, staff, recipients(grown)))
    listed = ada.get(address(report)).json["headers"]
    assert [(one["version"], one["keyset_version"]) for one in listed] == [(1, 1), (2, 2)]
    assert listed[0]["sha256"] == hashlib.sha256(header_of(before)).hexdigest()
    assert ada.get(address(report), version="1").data == header_of(before)
    assert researcher.fetch().data == before
    assert ada.get(address(report), version="3").status_code == 404
    assert ada.get(address(report), version="x").status_code == 400


def test_the_same_header_again_adds_nothing(
    ada: Colleague, report: str, grown: Program, staff: Staff
) -> None:
    """An answer that was lost is asked for again."""
    made = shared(fetched(ada, report), staff, recipients(grown))
    assert post(ada, report, made).json == post(ada, report, made).json
    assert len(ada.get(address(report)).json["headers"]) == 2


def test_the_reporter_may_be_among_them(
    ada: Colleague, report: str, grown: Program, staff: Staff, researcher: Researcher
) -> None:
    """One more than the staff is the reporter."""
    own = age_recipient(researcher.token.reply_identity("x25519"))
    made = shared(fetched(ada, report), staff, (*recipients(grown), own))
    assert post(ada, report, made).status_code == 201


def stranger() -> str:
    """A recipient nobody knows."""
    return str(X25519Identity.generate().recipient)


def test_what_is_no_header_for_the_staff_is_refused(
    ada: Colleague, report: str, grown: Program, staff: Staff
) -> None:
    """Too few, too many, another kind, cut, with something behind it, armoured or no base64."""
    sealed = fetched(ada, report)
    whole = recipients(grown)
    good = shared(sealed, staff, whole)
    hybrid = Staff(kind="hybrid", roles=("a", "b", "recovery"))
    keys = tuple(str(one.recipient) for one in hybrid.identities.values())
    for header in (
        shared(sealed, staff, whole[:-1]),
        shared(sealed, staff, (*whole, stranger(), stranger())),
        header_of(seal(b"x", keys)),
        good[:-1],
        good + b"\n",
        good + sealed,
        good.replace(b"-> X25519 ", b"-> X25519  ", 1),
        b"",
    ):
        assert post(ada, report, header).json["error"]["code"] == "envelope-refused"
    body = {"header": "not base64!", "keyset": 2}
    assert ada.post(address(report), body).json["error"]["code"] == "envelope-refused"
    assert len(ada.get(address(report)).json["headers"]) == 1
    assert fetched(ada, report) == sealed


@pytest.mark.parametrize("keyset", [1, 3, "2", None, True])
def test_a_header_for_another_keyset_is_refused(
    ada: Colleague, report: str, grown: Program, staff: Staff, keyset: object
) -> None:
    """Whoever joined in between would be left out."""
    made = shared(fetched(ada, report), staff, recipients(grown))
    answer = post(ada, report, made, keyset)
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "keyset-outdated")


def test_only_handlers_of_the_program_share(
    ada: Colleague, hire: Hire, report: str, grown: Program, staff: Staff
) -> None:
    """A reader is told so; for others neither the report nor its headers are there."""
    made = shared(fetched(ada, report), staff, recipients(grown))
    assert post(hire("Rob", example="reader"), report, made).status_code == 403
    foreign = hire("Eve", iwelcome="admin")
    assert post(foreign, report, made).json["error"]["code"] == "no-such-report"
    assert foreign.get(address(report)).status_code == 404
    ada.client.delete_cookie("portico-desk", path="/staff")
    assert post(ada, report, made).status_code == 401


def test_a_role_that_is_not_there_is_refused(ada: Colleague, report: str, grown: Program) -> None:
    """There are no attachments to share."""
    assert ada.get(address(report, "attachments")).status_code == 404
    assert ada.get(address(report, "attachments"), start="1").status_code == 404


def test_the_beginning_of_a_file_is_enough(
    ada: Colleague, researcher: Researcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file comes whole; of a large one comes what shows that a header opens it."""
    monkeypatch.setattr("portal.views.staff.headers.WHOLE", 128 * 1024)
    small = researcher.sealed()
    large = seal(bytes(200 * 1024), researcher.recipients())
    report = researcher.send(small, large).json["report"]
    assert ada.get(address(report), start="1").data == small
    start = ada.get(address(report, "attachments"), start="1").data
    assert start == large[: len(header_of(large)) + 16 + 64 * 1024 + 16 + 1]
