"""Verdicts as tables."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.commands.scope import verdicts


def test_a_table_starts_with_its_columns(rules: str, portico: Callable[..., Any]) -> None:
    """For one target as for many, the first row names the cells of the others."""
    for targets in (("www.shop.example",), ("www.shop.example", "legacy.shop.example")):
        said = portico("scope", "check", "--rules", rules, "--format", "csv", *targets)
        assert [row["input"] for row in csv.DictReader(said.out.splitlines())] == list(targets)


def test_a_file_that_goes_on_gets_no_second_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is added to a table with `>>` are rows alone."""
    path = tmp_path / "table.csv"
    for expected in (1, 1):
        with path.open("a", encoding="utf-8") as file:
            monkeypatch.setattr("sys.stdout", file)
            verdicts.start("csv")
        assert len(path.read_text().splitlines()) == expected


def test_what_is_no_text_is_written_alike(tmp_path: Path, portico: Callable[..., Any]) -> None:
    """A byte that is no UTF-8 becomes U+FFFD in both forms; whole characters stay as they are."""
    path = tmp_path / "junk.txt"
    path.write_bytes(b"a\xffb.example\n" + "\U0001f600\u00e9.example\n".encode())
    words = ("scope", "check", "--in", "shop.example", "-i", str(path), "--format")
    lines = [json.loads(line)["input"] for line in portico(*words, "jsonl").out.splitlines()]
    rows = [row["input"] for row in csv.DictReader(portico(*words, "csv").out.splitlines())]
    assert lines == rows == ["a\ufffdb.example", "\U0001f600\u00e9.example"]
