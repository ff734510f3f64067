"""ARCHITECTURE.md keeps its word: what it calls complete is complete, what it names is there."""

import re

from portal.cases.tables import metadata
from tests.live import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_list_of_what_the_server_knows_is_complete() -> None:
    """Every table and column is in the list, and the list names nothing else."""
    section = TEXT[TEXT.index("What the server knows, completely") :]
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE)
    listed = {table: set(re.findall(r"`(\w+)`", columns)) for table, columns in rows}
    assert listed == {
        table.name: {column.name for column in table.columns} for table in metadata.sorted_tables
    }


def test_every_file_it_names_exists() -> None:
    """The tests and rooms that the page points to are where it says."""
    named = set(re.findall(r"`((?:portal|scope|tests|templates|static)/[\w/.]+)`", TEXT))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path.rstrip("/")).exists()] == []
