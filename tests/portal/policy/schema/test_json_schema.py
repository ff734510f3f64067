"""Editors and the portal agree about packs, as far as a key can be judged by itself."""

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from portal.policy.faults import Fault
from portal.policy.schema import json_schema, reference
from portal.policy.schema.whole import PACK

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[4]
SHIPPED = sorted((ROOT / "policies").glob("*.toml"))
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
VECTORS = ROOT / "tests" / "vectors" / "packs"
CASES = [
    case
    for case in json.loads((VECTORS / "faults.json").read_text("utf-8"))
    if "not TOML" not in case["faults"][0][2]
]
EXAMPLE = tomllib.loads(reference.example(PACK))

_MISSES = re.compile("missing|is empty|No act is named")
Editor = Callable[[dict[str, Any]], list[str]]
Reader = Callable[[dict[str, Any]], list[Fault]]
Step = str | int


def pack_of(case: dict[str, Any]) -> dict[str, Any]:
    """Return the pack of a vector, parsed as TOML."""
    own = "\n".join(case["pack"])
    heading = "" if case.get("bare") else SMALLEST + "\n"
    return tomllib.loads(f"{own}\n\n{heading}" if case.get("first") else heading + own)


def paths(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield the path of every key and element inside a value."""
    inner: Iterator[tuple[Step, Any]] = iter(())
    if isinstance(value, dict):
        inner = iter(value.items())
    elif isinstance(value, list):
        inner = enumerate(value)
    for step, one in inner:
        yield (*path, step)
        yield from paths(one, (*path, step))


def without(path: tuple[Step, ...]) -> dict[str, Any]:
    """Return the example without one key or element."""
    pack: Any = copy.deepcopy(EXAMPLE)
    holder = pack
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return dict(pack)


def with_value(path: tuple[Step, ...], value: object) -> dict[str, Any]:
    """Return the example with another value for one key or element."""
    pack: Any = copy.deepcopy(EXAMPLE)
    holder = pack
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return dict(pack)


def test_it_is_a_schema() -> None:
    """Any tool that knows JSON Schema draft 7 can use it."""
    jsonschema.Draft7Validator.check_schema(json_schema.document())


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_packs_show_no_mark(pack: Path, editor: Editor) -> None:
    """A pack without faults looks sound in an editor, too, and names the schema it is judged by."""
    text = pack.read_text("utf-8")
    assert editor(tomllib.loads(text)) == []
    assert text.startswith("#:schema ./schema.json\n")
    assert (pack.parent / "schema.json").is_file()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_an_editor_marks_what_the_portal_refuses(case: dict[str, Any], editor: Editor) -> None:
    """Each faulty pack is marked, but for faults that lie in what several keys mean together."""
    assert bool(editor(pack_of(case))) is case.get("editor", True)


@pytest.mark.parametrize("wrong", [5, "\u00a7", True, [], {"zzz": 1}], ids=repr)
def test_no_value_passes_the_portal_that_an_editor_marks(
    wrong: object, editor: Editor, reader: Reader
) -> None:
    """Put anywhere into the example, a value that an editor marks is a fault."""
    for path in paths(EXAMPLE):
        pack = with_value(path, wrong)
        if editor(pack):
            assert reader(pack), path
        elif not isinstance(wrong, str | list):  # of texts and lists, an editor knows the form only
            assert not reader(pack), path


def test_both_miss_the_same_keys(editor: Editor, reader: Reader) -> None:
    """Taking any key out of the example is marked exactly when the portal misses it."""
    for path in paths(EXAMPLE):
        pack = without(path)
        missed = any(_MISSES.search(one.message) for one in reader(pack))
        assert bool(editor(pack)) is missed, path
