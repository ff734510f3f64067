"""Sharing by header, as the desk keeps it: added and never written over, and nothing for nobody."""

import io
from collections.abc import Callable

import pytest

from portal.age import header as age_header
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.report import Report
from portal.cases.store import Store
from portal.desk.sharing import Sharing, covering
from portal.errors import NoSuchReport
from tests.actors import MINUTE, Researcher, Staff
from tests.conftest import Clock

Publish = Callable[[str, Staff], Program]


@pytest.fixture
def sharing(database: Database) -> Sharing:
    """What keeps new headers."""
    return Sharing(database)


@pytest.fixture
def report(researcher: Researcher, store: Store) -> Report:
    """A report that arrived."""
    return store.report(str(researcher.send().json["report"]))


def new_header(researcher: Researcher) -> bytes:
    """Make a header; what is in it is for others to judge."""
    return age_header.read(io.BytesIO(researcher.sealed())).raw


def test_headers_add_up(
    sharing: Sharing, report: Report, researcher: Researcher, store: Store, clock: Clock
) -> None:
    """Each gets the next number, and every one of them can be had as it was."""
    keyset = researcher.program.keyset
    assert keyset
    first = store.header(sharing.face(report, "report"))
    added = [new_header(researcher) for _ in range(2)]
    for header in added:
        clock.advance(MINUTE)
        sharing.share(report, "report", header, keyset=keyset, by="operator", now=clock())
    listed = sharing.versions(report, "report")
    assert [one.version for one in listed] == [1, 2, 3]
    assert [one.added_at for one in listed] == sorted(one.added_at for one in listed)
    kept = [sharing.header(report, "report", one.version) for one in listed]
    assert kept == [first, *added]
    face = sharing.face(report, "report")
    assert (face.header_version, store.header(face)) == (3, added[-1])


def test_a_deleted_report_is_not_shared(
    sharing: Sharing, report: Report, researcher: Researcher, store: Store, clock: Clock
) -> None:
    """There is nothing left behind the header."""
    keyset, header = researcher.program.keyset, new_header(researcher)
    assert keyset
    assert store.departures.ask(report, now=clock())  # nobody had touched it: gone at once
    with pytest.raises(NoSuchReport):
        sharing.share(report, "report", header, keyset=keyset, by="operator", now=clock())
    assert sharing.count_unshared("example", frozenset()) == (0, 0)


def test_other_programs_are_not_counted(
    sharing: Sharing, report: Report, publish: Publish, program: Program
) -> None:
    """Each program has its own keys and its own reports."""
    assert report.program == program.slug
    assert sharing.count_unshared("example", frozenset()) == (1, 1)
    assert sharing.count_unshared("iwelcome", frozenset()) == (0, 0)
    assert sharing.unshared("iwelcome", frozenset(), after=("", ""), limit=9) == ()
    assert [one.files for one in sharing.sealed("example")] == [1]


def test_without_a_keyset_nothing_is_covered() -> None:
    """Before the first one is published."""
    assert covering(()) == frozenset()
