"""Memos: sealed by staff for staff; the server keeps them and cannot read a word."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.age import header as age_header
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.tables import memos
from portal.intake.memo import LARGEST
from portal.offline.reshare import rewrap
from tests.actors import MINUTE, Answer, Researcher, Staff, seal
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]
Rotate = Callable[[], Program]


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


def sealed(researcher: Researcher, text: str = "Looks real.") -> str:
    """Seal a memo to the staff."""
    return coded(seal(text.encode(), researcher.recipients(reply=False)))


def coded(data: bytes) -> str:
    """Write bytes as JSON carries them."""
    return base64.b64encode(data).decode()


def keep(colleague: Colleague, report: str, kind: str, memo: str, **more: object) -> Answer:
    """Keep a memo."""
    body = {"kind": kind, "sealed": memo, **more}
    return colleague.post(f"/staff/api/reports/{report}/memos", body)


def listed(colleague: Colleague, report: str, **query: str) -> list[dict[str, object]]:
    """List the memos."""
    answer = colleague.get(f"/staff/api/reports/{report}/memos", **query)
    found: list[dict[str, object]] = answer.json["memos"]
    return found


def test_a_note_is_kept_and_read_by_a_colleague(
    ada: Colleague, hire: Hire, researcher: Researcher, report: str, staff: Staff
) -> None:
    """What comes back is the file that was kept, and a colleague's key opens it."""
    kept = keep(ada, report, "note", sealed(researcher, "Looks real."))
    assert kept.status_code == 201
    (note,) = listed(hire("Rob", example="reader"), report)
    assert note["author"] == {"id": ada.id, "name": "Ada"}
    assert note["mine"] is False
    assert staff.open(base64.b64decode(str(note["sealed"]))) == b"Looks real."


def test_the_newest_come_first_and_the_newest_tags_hold(
    ada: Colleague, researcher: Researcher, report: str, clock: Clock
) -> None:
    """Notes add up; of tags there is one set."""
    for kind in ("note", "tags", "note", "tags"):
        clock.advance(MINUTE)
        last = keep(ada, report, kind, sealed(researcher)).json["memo"]
    found = listed(ada, report)
    assert [one["kind"] for one in found] == ["tags", "note", "note"]
    assert found[0]["id"] == last["id"]


def test_a_draft_is_its_authors_alone_and_replaced(
    ada: Colleague, hire: Hire, researcher: Researcher, report: str, database: Database
) -> None:
    """One for each person and report; nobody else sees it, and its author can drop it."""
    bob = hire("Bob", example="admin")
    keep(bob, report, "draft", sealed(researcher, "Bob's"))
    keep(ada, report, "draft", sealed(researcher, "first"))
    kept = keep(ada, report, "draft", sealed(researcher, "second")).json["memo"]
    assert [one["id"] for one in listed(ada, report)] == [kept["id"]]
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(memos)) == 2
    ada.delete(f"/staff/api/reports/{report}/memos/draft")
    assert listed(ada, report) == []
    assert len(listed(bob, report)) == 1


def test_many_notes_come_in_pages(
    ada: Colleague, researcher: Researcher, report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every note once, whatever the number, also when all were kept at the same moment."""
    monkeypatch.setattr("portal.cases.memos.PAGE", 2)
    memo = sealed(researcher)
    ids = {keep(ada, report, "note", memo).json["memo"]["id"] for _ in range(5)}
    address, found, before = f"/staff/api/reports/{report}/memos", [], None
    while True:
        page = ada.get(address, **({"before": before} if before else {})).json
        found += [one["id"] for one in page["memos"]]
        before = page["next"]
        if before is None:
            break
    assert (len(found), set(found)) == (5, ids)


@pytest.mark.parametrize("body", [{}, {"kind": "note"}, {"kind": "secret", "sealed": ""}])
def test_what_is_no_memo_is_refused(ada: Colleague, report: str, body: dict[str, str]) -> None:
    """An unknown kind, or nothing sealed."""
    answer = ada.post(f"/staff/api/reports/{report}/memos", body)
    assert answer.status_code == 400
    assert answer.json["error"]["hint"]


def test_only_what_is_sealed_to_exactly_the_staff_is_taken(
    ada: Colleague, researcher: Researcher, report: str
) -> None:
    """Neither plain words, nor a file for the reporter too, nor one that leaves somebody out."""
    staff = researcher.recipients(reply=False)
    wrong = {
        "words": (coded(b"Looks real."), 422),
        "not base64": ("Looks real.", 400),
        "the reporter too": (coded(seal(b"x", researcher.recipients())), 422),
        "somebody left out": (coded(seal(b"x", staff[:1])), 422),
        "too long": (coded(seal(bytes(LARGEST), staff)), 413),
    }
    for name, (memo, status) in wrong.items():
        assert keep(ada, report, "note", memo).status_code == status, name
    assert keep(ada, report, "note", sealed(researcher), keyset=2).status_code == 409
    assert listed(ada, report) == []


def test_a_reader_keeps_nothing(hire: Hire, researcher: Researcher, report: str) -> None:
    """Notes, tags and drafts take a handler."""
    rob = hire("Rob", example="reader")
    for kind in ("note", "tags", "draft"):
        assert keep(rob, report, kind, sealed(researcher)).status_code == 403


def test_a_memo_belongs_to_its_report(
    ada: Colleague, researcher: Researcher, report: str, stranger: Researcher
) -> None:
    """The name of another report's note leads nowhere, for staff and for reporters."""
    note = keep(ada, report, "note", sealed(researcher)).json["memo"]["id"]
    other = stranger.send().json["report"]
    keep(ada, other, "note", sealed(researcher))
    assert listed(ada, other, before=note) == []
    for role in (note, "note", "memo", "memo-1"):
        assert researcher.fetch(role).status_code == 404
        assert ada.get(f"/staff/api/reports/{report}/envelopes/{role}").status_code == 404
    assert note not in researcher.status().text


def test_a_thief_of_the_database_reads_no_memo(
    ada: Colleague, researcher: Researcher, report: str, database: Database
) -> None:
    """A note's words, a tag and a draft stand nowhere in the database's files."""
    canaries = {kind: f"canary-{kind}-5d1e" for kind in ("note", "tags", "draft")}
    for kind, text in canaries.items():
        assert keep(ada, report, kind, sealed(researcher, text)).status_code == 201
    kept = Path(str(database.engine.url.database))
    everything = b"".join(one.read_bytes() for one in kept.parent.glob(f"{kept.name}*"))
    assert b"tags kept" in everything
    assert not [text for text in canaries.values() if text.encode() in everything]


@pytest.mark.parametrize("version", [[], {}, "1", 2])
def test_a_version_that_is_not_in_force_is_refused(
    ada: Colleague, researcher: Researcher, report: str, version: object
) -> None:
    """Whatever stands there, it is answered and not stumbled over."""
    answer = keep(ada, report, "note", sealed(researcher), keyset=version)
    assert answer.json["error"]["code"] == "keyset-outdated"


def test_a_newcomer_reads_an_old_note_after_it_was_shared(
    ada: Colleague, researcher: Researcher, report: str, staff: Staff, rotate: Rotate, clock: Clock
) -> None:
    """It is listed as missing, shared by header alone, listed no more, and signed as it was."""
    note = keep(ada, report, "note", sealed(researcher, "Looks real.")).json["memo"]
    keep(ada, report, "draft", sealed(researcher, "not yet"))
    clock.advance(MINUTE)
    staff.join("analyst")
    grown = rotate()
    assert grown.keyset
    address = f"/staff/api/reports/{report}/memos/{note['id']}"
    before = ada.get(address).data
    assert before == base64.b64decode(note["sealed"])
    assert missing(ada) == {(report, "report"), (report, f"memo-{note['id']}")}
    made = rewrap(header_of(before), [staff.identities["handler"]], grown.keyset.recipients)
    body = {"header": coded(made), "keyset": 2}
    assert ada.post(f"{address}/header", body).json == {"added": True}
    assert ada.post(f"{address}/header", body).json == {"added": False}
    (kept,) = [one for one in listed(ada, report) if one["kind"] == "note"]
    after = base64.b64decode(str(kept["sealed"]))
    assert after == made + before[len(header_of(before)) :]
    assert staff.open(after, role="analyst") == staff.open(before) == b"Looks real."
    assert ada.get(address, header="first").data == before
    assert kept["keyset_version"] == 1
    assert missing(ada) == {(report, "report")}


def test_a_header_for_others_than_the_staff_is_refused(
    ada: Colleague, hire: Hire, researcher: Researcher, report: str, staff: Staff
) -> None:
    """The reporter is not among them, a reader shares nothing, and drafts are nobody else's."""
    note = keep(ada, report, "note", sealed(researcher)).json["memo"]
    draft = keep(ada, report, "draft", sealed(researcher)).json["memo"]
    address = f"/staff/api/reports/{report}/memos/"
    raw = header_of(base64.b64decode(note["sealed"]))

    def shared(who: Colleague, memo: str, *to: str, keyset: int = 1) -> int:
        made = rewrap(raw, [staff.identities["handler"]], to)
        body = {"header": coded(made), "keyset": keyset}
        return who.post(f"{address}{memo}/header", body).status_code

    everybody = researcher.recipients(reply=False)
    assert shared(ada, note["id"], *researcher.recipients()) == 422
    assert shared(ada, note["id"], *everybody[:1]) == 422
    assert shared(ada, note["id"], *everybody, keyset=2) == 409
    assert shared(ada, draft["id"], *everybody) == 404
    assert shared(hire("Rob", example="reader"), note["id"], *everybody) == 403
    assert shared(hire("Eve", iwelcome="admin"), note["id"], *everybody) == 404
    assert ada.get(f"{address}{draft['id']}").status_code == 404
    assert hire("Bob", iwelcome="admin").get(f"{address}{note['id']}").status_code == 404
    assert ada.get(f"{address}{note['id']}").data == base64.b64decode(note["sealed"])


def header_of(sealed: bytes) -> bytes:
    """Return the header of an age file."""
    return age_header.read(io.BytesIO(sealed)).raw


def missing(colleague: Colleague) -> set[tuple[str, str]]:
    """Return what somebody in the keyset cannot open yet."""
    found = colleague.get("/staff/api/programs/example/keys/unshared").json["files"]
    return {(one["report"], one["role"]) for one in found}
