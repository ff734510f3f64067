"""Sharing notes and tags by header: the words stay as they are, and nothing kept is lost."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.age import header as age_header
from portal.cases.database import Database
from portal.cases.memos import Memo, Memos
from portal.cases.report import Report
from portal.cases.store import Store
from portal.cases.tables import audit, memos
from portal.desk.memo_sharing import MemoSharing
from portal.desk.sharing import Sharing
from portal.errors import NoSuchReport
from portal.policy.keyset import Keyset
from tests.actors import MINUTE, Researcher, seal
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]


@pytest.fixture
def sharing(database: Database) -> MemoSharing:
    """What keeps new headers."""
    return MemoSharing(database)


@pytest.fixture
def report(researcher: Researcher, store: Store) -> Report:
    """A report that arrived."""
    return store.report(str(researcher.send().json["report"]))


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """Somebody who writes notes."""
    return hire("Ada", example="handler")


@pytest.fixture
def note(
    database: Database, report: Report, ada: Colleague, researcher: Researcher, clock: Clock
) -> Memo:
    """A note of hers."""
    sealed = seal(b"Looks real.", researcher.recipients(reply=False))
    return Memos(database).keep(report.id, "note", sealed, by=ada.id, keyset_version=1, now=clock())


@pytest.fixture
def keyset(researcher: Researcher) -> Keyset:
    """The one in force."""
    assert researcher.program.keyset
    return researcher.program.keyset


def new_header(researcher: Researcher) -> bytes:
    """Make a header; what is in it is for others to judge."""
    return age_header.read(io.BytesIO(seal(b"", researcher.recipients(reply=False)))).raw


def test_the_payload_and_the_first_header_stay(
    sharing: MemoSharing, report: Report, note: Memo, keyset: Keyset, researcher: Researcher,
    clock: Clock, database: Database,
) -> None:  # fmt: skip
    """However often a note is shared; only the newest header of all that came is used."""
    first = sharing.headed(report, note.id)
    assert first.first + first.payload == note.sealed
    for header in (new_header(researcher), new_header(researcher)):
        clock.advance(MINUTE)
        assert sharing.share(report, note.id, header, keyset=keyset, by="operator", now=clock())
        assert not sharing.share(report, note.id, header, keyset=keyset, by="operator", now=clock())
        after = sharing.headed(report, note.id)
        assert (after.first, after.payload, after.newest) == (first.first, first.payload, header)
    (listed,), _ = Memos(database).listed(report.id, reader=note.staff)
    assert listed.sealed == header + first.payload
    assert listed.keyset_version == 1
    with database.reading() as connection:
        assert connection.scalar(select(memos.c.sealed)) == note.sealed
        acts = [act for act in connection.scalars(select(audit.c.act)) if act.startswith("memo")]
    assert acts == ["memo header added"] * 2


def test_notes_and_tags_are_counted_and_drafts_are_not(
    report: Report, note: Memo, keyset: Keyset, database: Database, researcher: Researcher,
    sharing: MemoSharing, clock: Clock,
) -> None:  # fmt: skip
    """With the files of their report, by the keyset of their newest header, part by part."""
    sealed = seal(b"x", researcher.recipients(reply=False))
    kept = [
        Memos(database).keep(report.id, kind, sealed, by=note.staff, keyset_version=1, now=clock())
        for kind in ("tags", "draft")
    ]
    files, names, after = Sharing(database), list[str](), ("", "")
    while part := files.unshared("example", frozenset({2}), after=after, limit=2):
        names += [one.role for one in part]
        after = (part[-1].report, part[-1].role)
    assert names == sorted([f"memo-{note.id}", f"memo-{kept[0].id}", "report"])
    assert files.count_unshared("example", frozenset({2})) == (1, 3)
    assert files.count_unshared("iwelcome", frozenset({2})) == (0, 0)
    row = {"keyset": keyset, "by": "operator", "now": clock()}
    sharing.share(report, note.id, new_header(researcher), **row)  # type: ignore[arg-type]
    assert [one.files for one in files.sealed("example")] == [3]


def test_what_is_not_there_is_not_shared(
    report: Report, note: Memo, keyset: Keyset, database: Database, researcher: Researcher,
    sharing: MemoSharing, clock: Clock, stranger: Researcher, store: Store,
) -> None:  # fmt: skip
    """Neither a draft, nor another report's note, nor a name that is none."""
    sealed = seal(b"x", researcher.recipients(reply=False))
    draft = Memos(database).keep(
        report.id, "draft", sealed, by=note.staff, keyset_version=1, now=clock()
    )
    other = store.report(str(stranger.send().json["report"]))
    header = new_header(researcher)
    for of, memo_id in ((report, draft.id), (other, note.id), (report, "x"), (report, "\0")):
        with pytest.raises(NoSuchReport):
            sharing.headed(of, memo_id)
        with pytest.raises(NoSuchReport):
            sharing.share(of, memo_id, header, keyset=keyset, by="operator", now=clock())
