"""The table that HackerOne lets people download."""

import pytest

from scope.errors import FormatUnreadable
from scope.formats.hackerone_csv import rows

HEAD = "identifier,asset_type,eligible_for_submission,eligible_for_bounty\n"


def test_every_row_has_its_line() -> None:
    """An asset is found again in the file, also behind a cell of several lines."""
    table = HEAD + '"a.example\n",URL,true,\nb.example,URL,FALSE,true\n'
    found = [(place, asset["eligible_for_submission"].raw) for place, asset, _ in rows(table)]
    assert found == [("line 3", True), ("line 4", False)]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("host,port\na.example,80\n", "no column 'identifier'"),
        (HEAD + "a.example,URL,perhaps,\n", "Line 2 has neither true nor false"),
        (HEAD + "a.example,URL\n", "Line 2 has more or fewer cells"),
        (HEAD + "a.example,URL,true,true,extra\n", "Line 2 has more or fewer cells"),
        (HEAD + '"a.example,URL,true,', "cannot be read"),
        (HEAD + "a" * 200_000 + ",URL,true,\n", "cannot be read"),
    ],
)
def test_a_broken_table_is_refused(table: str, said: str) -> None:
    """The message names the line or the column."""
    with pytest.raises(FormatUnreadable, match=said):
        list(rows(table))
