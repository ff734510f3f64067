"""What is hidden of other programs: one rule for the page, the log and what is taken away."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.cases import audit, chain
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.desk.hiding import EVERYTHING, Hiding, without
from tests.conftest import START

Queued = Callable[..., str]
MINE = frozenset({"example"})


@pytest.fixture
def theirs(queued: Queued) -> str:
    """A report of another program."""
    return queued("b", program="elsewhere")


def hidden(database: Database, programs: frozenset[str] | None, *carried: Any) -> dict[str, str]:
    """Return what is hidden from somebody with roles in these programs."""
    with database.reading() as connection:
        return Hiding(programs).names(connection, carried)


def test_names_of_other_programs_are_hidden(
    database: Database, queued: Queued, theirs: str
) -> None:
    """Of reports, in approvals too; of programs; and of a report that is not there."""
    mine = queued("a")
    carried = [{"of": mine}, {"of": theirs, "n": 1}, {"data": {"of": "00000-00000"}}]
    found = hidden(database, MINE, *carried, {"program": "elsewhere"}, {"program": "example"})
    assert found == {
        theirs: "a report of another program",
        "00000-00000": "a report of another program",
        "elsewhere": "another program",
    }
    assert hidden(database, MINE | {"elsewhere"}, *carried[:2]) == {}
    assert hidden(database, None, *carried) == {}


def test_what_an_export_of_the_log_was_narrowed_to_is_hidden_too(
    database: Database, catalogue: Catalogue, pack: Callable[[str], str], theirs: str
) -> None:
    """It may have been about a report or a program of somebody else; people are everybody's."""
    catalogue.publish_policy(pack("unnamed"), actor="test", now=START)
    asked = [{"subject": one} for one in (theirs, "unnamed", "0123456789abcdef")]
    assert set(hidden(database, MINE, *asked)) == {theirs, "unnamed"}


def test_what_is_hidden_is_null_and_the_rest_stays() -> None:
    """However deep it stands; under another name, the same word is no name."""
    data = {"of": "x", "data": {"of": "x", "expected": "y"}, "reason": "x"}
    kept = {"of": None, "data": {"of": None, "expected": "y"}, "reason": "x"}
    assert without(data, {"x"}) == kept
    assert data["of"] == "x"


def test_a_redacted_entry_keeps_hash_and_place(database: Database, theirs: str) -> None:
    """The chain of a part still holds, and the entry says that something is missing."""
    with database.writing() as connection:
        for data in ({}, {"of": theirs}, {}):
            audit.append(connection, "event duplicate", "a", data, actor="ada", now=START)
    written = list(audit.entries(database, upto=3))
    told = [Hiding(MINE).redactor(database)(entry) for entry in written]
    assert [chain.is_redacted(entry) for entry in told] == [False, True, False]
    assert theirs not in str(told)
    assert [entry["hash"] for entry in told] == [entry["hash"] for entry in written]
    assert list(chain.faults(told, whole=False)) == []
    assert [EVERYTHING.redactor(database)(entry) for entry in written] == written
