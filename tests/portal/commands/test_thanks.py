"""`portico report thank | unthank`: what is said, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.events import Event
from portal.cases.rows import events_of, insert_event
from tests.actors import Researcher
from tests.conftest import START, URL

Portico = Callable[..., Any]


@pytest.fixture
def wished(
    researcher: Researcher, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A report on the portal's own instance, with the record that its reporter is to be named."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    monkeypatch.setenv("PORTICO_URL", URL)
    report = str(researcher.send().json["report"])
    with database.writing() as connection:
        place = len(events_of(connection, report)) + 1
        insert_event(connection, report, place, Event("credited", START, "ada", {"message": 1}))
    return report


def test_a_name_comes_and_goes(wished: str, portico: Portico) -> None:
    """What stands on the page is said, and whose page it is."""
    assert (
        "“Zoë” stands on the page of thanks of Example"
        in portico("report", "thank", wished, "Zoë").out
    )
    assert portico("report", "unthank", wished).out == "The name is off the page.\n"


def test_a_policy_that_names_nobody_takes_no_name(
    wished: str, portico: Portico, catalogue: Catalogue, pack: Callable[[str], str]
) -> None:
    """S2-26: the command says what stands in the way, and nothing is kept for later."""
    source = pack("example").replace('forms = ["handle", "name"]\n', "")
    catalogue.publish_policy(source, actor="test", now=START)
    refused = portico("report", "thank", wished, "Zoë")
    assert refused.code == 1
    assert "names nobody" in refused.err
    assert "No name" in portico("report", "unthank", wished).out


def test_a_report_that_is_not_there_is_named(config: Any, portico: Portico) -> None:
    """Nobody is thanked by a slip of the pen."""
    for words in (("thank", "7k2m9-qx4dw", "Zoë"), ("unthank", "7k2m9-qx4dw")):
        refused = portico("report", *words)
        assert refused.code == 1
        assert "no report" in refused.err.lower()


def test_a_name_is_one_visible_line(config: Any, portico: Portico) -> None:
    """What could pass for another name, or for nothing, is refused."""
    for name in ("", "  ", "Zo\u202eë", "a" * 81):
        refused = portico("report", "thank", "7k2m9-qx4dw", name)
        assert refused.code == 1
        assert "This name cannot be used" in refused.err
