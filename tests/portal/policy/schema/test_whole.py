"""What is declared is what is read: no key more, none less."""

from collections import defaultdict
from pathlib import Path

import pytest

from portal.policy.pack import Policy
from portal.policy.reading import Table
from portal.policy.schema import reference, whole

POLICIES = Path(__file__).parents[4] / "policies"


def test_every_key_that_is_read_is_declared_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the examples asks each table for exactly the keys that the reference lists."""
    asked: dict[tuple[str, ...], set[str]] = defaultdict(set)
    leave = Table.__exit__

    def note(table: Table, *problem: object) -> None:
        where = tuple(part for part in table.path if isinstance(part, str))
        asked[where] |= table.asked
        leave(table, *problem)

    monkeypatch.setattr(Table, "__exit__", note)
    for text in ((POLICIES / "example.toml").read_text("utf-8"), reference.example(whole.PACK)):
        Policy.parse(text)
    declared = {path: {key.name for key in record.keys} for path, record in whole.records()}
    fields = {path for path in declared if path[:1] == ("fields",) and len(path) == 2}
    read = {path: names for path, names in asked.items() if path not in fields}
    assert read == {path: names for path, names in declared.items() if path not in fields}
    for path in fields & asked.keys():  # one field with details stands for all
        assert asked[path] == declared[path]
    assert fields & asked.keys()


def test_a_key_is_declared_once() -> None:
    """No table lists the same key twice, and every key says what it is for."""
    for path, record in whole.records():
        names = [key.name for key in record.keys]
        assert len(set(names)) == len(names), path
        for key in record.keys:
            assert key.meaning.endswith("."), (path, key.name)
            assert key.meaning[0].isupper(), (path, key.name)


def test_keys_can_be_found_by_their_path() -> None:
    """Whoever writes packs for others finds what a key is for; a key that is none is an error."""
    assert whole.find(("scope", "in", "pattern")).needed
    assert whole.find(("program",)).needed
    with pytest.raises(KeyError, match=r"scope\.patern"):
        whole.find(("scope", "patern"))
