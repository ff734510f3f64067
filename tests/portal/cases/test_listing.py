"""The list of all reports on the server: by date, with what an operator asks for."""

from portal.cases.events import Event
from portal.cases.listing import listed
from portal.cases.store import Store
from portal.policy.dates import moment
from tests.actors import DAY, Researcher
from tests.conftest import START, Clock


def test_what_is_due_next_comes_first(researcher: Researcher, store: Store, clock: Clock) -> None:
    """A closed case, which is due for its deletion, comes last; zones are those of policies."""
    names = []
    for _ in range(3):
        another = Researcher(researcher.client, researcher.program)
        names.append(str(another.send().json["report"]))
        clock.advance(DAY)
    store.append(names[0], Event("closed", START, "ada"))
    found = list(listed(store.database))
    assert [one.report for one in found] == [names[1], names[2], names[0]]
    assert found[0].due_at is not None
    assert "Europe/Amsterdam" in moment(found[0].due_at)
    assert found[2].due_at is not None
    assert found[2].due_at.year == 2028


def test_what_is_urgent_stands_above_all_dates(
    researcher: Researcher, store: Store, clock: Clock
) -> None:
    """With its kind and what was ticked; a question stands last."""
    for sent in ({"kind": "question"}, {}, {"kind": "quick", "exposed": "yes"}):
        Researcher(researcher.client, researcher.program).send(**sent)
        clock.advance(DAY)
    found = [(one.kind, one.exposed, one.exploited) for one in listed(store.database)]
    assert found == [("quick", True, False), ("report", False, False), ("question", False, False)]


def test_a_line_says_what_the_report_takes_up(researcher: Researcher, store: Store) -> None:
    """All its age files together."""
    researcher.send(researcher.sealed(), researcher.sealed("Files."))
    (line,) = listed(store.database)
    kept = store.envelopes(line.report)
    assert line.size == sum(one.length for _, one in kept)
    assert len(kept) == 2
