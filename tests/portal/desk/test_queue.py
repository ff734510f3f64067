"""The queue at the desk: in order, in pages, and only of the programs that are somebody's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.cases.database import Database
from portal.cases.kinds import Urgency
from portal.desk import queue as room
from portal.desk.assignments import Assignments
from portal.desk.filters import Filters
from portal.desk.member import Member
from portal.desk.place import Place
from portal.desk.queue import Count, Queue
from portal.desk.quiet_list import QuietList
from portal.desk.unread import Unread
from portal.errors import NoSuchProgram
from tests.conftest import START

Join = Callable[..., Member]
Queued = Callable[..., str]


@pytest.fixture
def ada(join: Join) -> Member:
    """Somebody with a role in two programs of three."""
    return join("Ada", example="handler", other="reader")


@pytest.fixture
def shown(database: Database, ada: Member) -> Callable[..., list[str]]:
    """Say which reports Ada sees: `shown(overdue="yes")`."""

    def names(**filters: str) -> list[str]:
        found = Queue(database).page(ada, Filters.parse(filters), now=START)
        return [one.id.strip("-") for one in found.entries]

    return names


def test_what_is_due_next_comes_first(queued: Queued, shown: Callable[..., list[str]]) -> None:
    """Over all one's programs; the oldest of equals first, what nothing is promised about last."""
    queued("late", due=-2)
    queued("none")
    queued("soon", due=1, program="other", received=2)
    queued("older", due=1, received=1)
    queued("strange", due=0, program="third")
    assert shown() == ["late", "older", "soon", "none"]


def test_what_is_urgent_comes_before_what_is_due(
    queued: Queued, shown: Callable[..., list[str]]
) -> None:
    """S0-17: data that lies open waits behind no date; a question comes last."""
    queued("late", due=-2)
    queued("quick", due=1, kind="quick")
    queued("ask", kind="question", urgency=2)
    queued("open", due=3, urgency=0, program="other")
    queued("used", due=2, urgency=0, kind="quick")
    queued("none")
    assert shown() == ["used", "open", "late", "quick", "none", "ask"]
    assert shown(urgent="yes") == ["used", "open"]
    assert shown(kind="quick") == ["used", "quick"]
    assert shown(kind="question") == ["ask"]
    assert shown(kind="question", urgent="yes") == []
    assert shown(overdue="yes") == ["late"]


def test_filters_let_through_what_they_say(
    queued: Queued, shown: Callable[..., list[str]], database: Database, ada: Member
) -> None:
    """One by one, and together."""
    queued("a", due=-1, state="acknowledged", ruling="in")
    queued("b", due=1, ruling="out", assigned=ada.id)
    queued("c", due=2, program="other", ruling="in")
    queued("d", state="closed", ended=True)
    Unread(database).mark("b".rjust(11, "-"), 1, by=ada)
    assert shown(state="acknowledged") == ["a"]
    assert shown(state="closed") == shown(state="ended") == ["d"]
    assert shown(state="any") == ["a", "b", "c", "d"]
    assert shown(ruling="in") == ["a", "c"]
    assert shown(ruling="in", program="other") == ["c"]
    assert shown(overdue="yes") == ["a"]
    assert shown(unread="yes") == ["a", "c"]
    assert shown(assigned="me") == shown(assigned=ada.id) == ["b"]
    assert shown(assigned="nobody") == ["a", "c"]
    assert shown(ruling="in", overdue="yes", state="received") == []


@pytest.mark.parametrize(("seconds", "overdue"), [(0, False), (0.5, False), (1, True)])
def test_a_date_is_kept_until_its_last_second_is_over(
    queued: Queued, ada: Member, database: Database, seconds: float, overdue: bool
) -> None:
    """As on the status page; the filter and the row agree."""
    queued("a", due=0)
    now = START + timedelta(seconds=seconds)
    (entry,) = Queue(database).page(ada, Filters(), now=now).entries
    assert entry.overdue == overdue
    assert bool(Queue(database).page(ada, Filters(overdue=True), now=now).entries) == overdue


def test_an_ended_case_waits_for_nobody(queued: Queued, ada: Member, database: Database) -> None:
    """A promise that was missed stays dated, and is not called overdue."""
    queued("a", due=-1, state="closed", ended=True)
    (entry,) = Queue(database).page(ada, Filters(state="ended"), now=START).entries
    assert (entry.overdue, entry.due_at is not None) == (False, True)


def test_dates_are_in_the_zone_of_the_policy(
    queued: Queued, ada: Member, database: Database
) -> None:
    """So that the end of a day is written as one."""
    queued("a", due=0)
    (entry,) = Queue(database).page(ada, Filters(), now=START).entries
    assert entry.due_at is not None
    assert (str(entry.due_at), entry.zone) == ("2026-11-22 10:30:00+01:00", "Europe/Amsterdam")


def test_another_program_does_not_exist(queued: Queued, ada: Member, database: Database) -> None:
    """Neither in the list, nor in a count, nor when it is asked for by name."""
    queued("a", program="third", due=-1)
    assert Queue(database).page(ada, Filters(), now=START).entries == ()
    assert Queue(database).counts(ada, {"x": Filters()}, now=START) == {"x": Count(0, False)}
    for ask in (
        lambda: Queue(database).page(ada, Filters(program="third"), now=START),
        lambda: Queue(database).counts(ada, {"x": Filters(program="third")}, now=START),
    ):
        with pytest.raises(NoSuchProgram):
            ask()


def test_nobody_sees_anything_without_a_role(
    queued: Queued, join: Join, database: Database
) -> None:
    """Whatever they ask for, and from whatever place."""
    queued("a", due=1)
    new = join("New")
    place = Place(Urgency.NOW, START, START, "-" * 11)
    assert Queue(database).page(new, Filters(state="any"), now=START, after=place).entries == ()
    assert Queue(database).counts(new, {"x": Filters()}, now=START) == {"x": Count(0, False)}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(limit=st.integers(1, 9))
def test_pages_together_are_the_whole_list(
    queued: Queued, ada: Member, database: Database, limit: int
) -> None:
    """Every report stands on exactly one page, whatever its size, also where dates are equal."""
    everything = Queue(database).page(ada, Filters(state="any"), now=START, limit=100)
    if not everything.entries:
        for number in range(14):
            queued(
                f"r{number}",
                due=number % 3,
                received=number % 2,
                program=("example", "other")[number % 2],
                ended=number % 5 == 0,
            )
        everything = Queue(database).page(ada, Filters(state="any"), now=START, limit=100)
    read, after = [], None
    for _ in range(20):  # more than there can be pages
        page = Queue(database).page(ada, Filters(state="any"), now=START, after=after, limit=limit)
        read += [one.id for one in page.entries]
        if page.next is None:
            break
        after = Place.parse(page.next.text)
    assert read == [one.id for one in everything.entries]
    assert len(set(read)) == 14


def test_a_place_shows_nothing_that_is_not_ones_own(
    queued: Queued, join: Join, ada: Member, database: Database
) -> None:
    """A place taken from a colleague's page only says where to go on."""
    for number in range(3):
        queued(f"e{number}", due=number)
        queued(f"t{number}", due=number, program="third")
    place = Queue(database).page(ada, Filters(), now=START, limit=1).next
    tom = join("Tom", third="reader")
    found = Queue(database).page(tom, Filters(), now=START, after=place).entries
    assert {one.program for one in found} == {"third"}


def test_marks_are_ones_own(queued: Queued, join: Join, ada: Member, database: Database) -> None:
    """What one person has read is still unread for the next."""
    report = queued("a", activity=3)
    bob = join("Bob", example="reader")
    assert Unread(database).mark(report, 3, by=ada) == 3
    read = {one.name: _first(database, one).unread for one in (ada, bob)}
    assert read == {"Ada": False, "Bob": True}
    Unread(database).mark(report, 0, by=ada)
    assert _first(database, ada).unread


def test_nobody_has_read_what_has_not_happened(
    queued: Queued, ada: Member, database: Database
) -> None:
    """A mark reaches as far as things have gone, so that the next one is news."""
    report = queued("a", activity=2)
    assert Unread(database).mark(report, 99, by=ada) == 2
    assert Unread(database).mark(report, -5, by=ada) == 0


def test_the_quiet_list_is_out_of_the_way(
    queued: Queued, shown: Callable[..., list[str]], ada: Member, database: Database
) -> None:
    """A quiet report is in no other list and never unread; the sender's neighbour is untouched."""
    noisy, other = queued("noisy", due=-1), queued("other", due=1)
    QuietList(database).put(noisy, True, by=ada, now=START)
    assert (shown(), shown(unread="yes"), shown(quiet="yes")) == (["other"], ["other"], ["noisy"])
    counts = Queue(database).counts(
        ada, {"unread": Filters(unread=True), "quiet": Filters(quiet=True)}, now=START
    )
    assert [one.count for one in counts.values()] == [1, 1]
    (entry,) = Queue(database).page(ada, Filters(quiet=True), now=START).entries
    assert not entry.unread
    QuietList(database).put(noisy, False, by=ada, now=START)
    assert shown() == ["noisy", other.strip("-")]


def test_a_report_names_whoever_cares_for_it(
    queued: Queued, join: Join, ada: Member, database: Database
) -> None:
    """By the name colleagues know."""
    bob = join("Bob", example="handler")
    report = queued("a")
    Assignments(database).assign(report, bob.id, by=ada, now=START)
    found = _first(database, ada).assigned
    assert found is not None
    assert (found.id, found.name) == (bob.id, "Bob")


def test_counting_stops_somewhere(
    queued: Queued, ada: Member, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A count says just how many there are, or that there are at least so many."""
    monkeypatch.setattr(room, "COUNTED", 3)
    wanted = {"open": Filters(), "unread": Filters(unread=True), "late": Filters(overdue=True)}
    for number in range(3):
        report = queued(f"r{number}", due=number)
        Unread(database).mark(report, 1, by=ada)
    found = Queue(database).counts(ada, wanted, now=START)
    assert list(found.values()) == [Count(3, False), Count(0, False), Count(0, False)]
    queued("r4", due=4)
    queued("r5", due=5)
    found = Queue(database).counts(ada, wanted, now=START)
    assert list(found.values()) == [Count(3, True), Count(1, True), Count(0, False)]


def _first(database: Database, member: Member) -> room.Entry:
    return Queue(database).page(member, Filters(), now=START).entries[0]
