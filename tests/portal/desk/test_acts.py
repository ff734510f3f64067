"""The table of acts: everything the code writes down has its words, and no words stand idle."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.cases.memos import KINDS
from portal.cases.program_states import STATES
from portal.cases.steps import STEPS
from portal.desk.acts import ACTS, ASKED_FOR, words

CODE = Path(__file__).resolve().parents[3] / "portal"
# What stands where an act's name is put together, and what it can become.
PATTERNS = {
    "event {event.name}": {f"event {name}" for name in STEPS} - {"event received"},
    "{kind} kept": {f"{kind} kept" for kind in KINDS} - {"draft kept"},
    "program {state}": {f"program {state}" for state in STATES},
}
ACT = 1  # place among the arguments of `audit.append`


def written() -> Iterator[str]:
    """Yield every act that the code writes down."""
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                yield from acts_of(function, path)


def acts_of(function: ast.FunctionDef, path: Path) -> Iterator[str]:
    """Yield the acts of the calls in a function."""
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.append":
            yield from names(call.args[ACT], function, path)


def names(node: ast.expr, function: ast.FunctionDef, path: Path) -> Iterator[str]:
    """Yield what an expression can name."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from names(node.body, function, path)
        yield from names(node.orelse, function, path)
    elif isinstance(node, ast.JoinedStr):
        yield from PATTERNS[ast.unparse(node)[2:-1]]
    elif isinstance(node, ast.Name):
        found = list(meant(node.id, function, path))
        assert found, f"{path}: where does {node.id} come from?"
        for value in found:
            yield from names(value, function, path)
    else:
        pytest.fail(f"{path}: {ast.unparse(node)} names an act in a way that nobody can list")


def meant(name: str, function: ast.FunctionDef, path: Path) -> Iterator[ast.expr]:
    """Yield what a name stands for: assigned here, or given by the callers in the same file."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield node.value
    given = [argument.arg for argument in function.args.args]
    if name in given:
        yield from handed_over(function.name, given.index(name), path)


def handed_over(called: str, place: int, path: Path) -> Iterator[ast.expr]:
    """Yield what the callers of a private function hand over."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for caller in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in ast.walk(caller):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == called:
                node = call.args[place]
                known = isinstance(node, ast.Name)
                yield from meant(ast.unparse(node), caller, path) if known else [node]


@pytest.mark.thorough
def test_every_act_has_words_and_all_words_are_used() -> None:
    """An act that nobody can read, or a sentence for what never happens, fails here."""
    assert set(written()) == set(ACTS)


def test_words_read_on_after_a_name() -> None:
    """“Ada assigned the report”: no capital, no full stop, in one line."""
    for act in ACTS.values():
        assert act.words[0].islower()
        assert not act.words.endswith(".")


def test_what_two_people_agree_on_is_named() -> None:
    """Every event that staff record, in plain words; none of them stands idle."""
    assert words("approval asked", {"event": "declined"}) == (
        "asked a second person to decline the report"
    )
    for name, step in STEPS.items():
        if step.by == "staff":
            told = words("approval granted", {"event": name})
            assert told.startswith("agreed, as the second person, to ")
            assert ASKED_FOR.get(name, step.label) in told
    assert ASKED_FOR.keys() <= {name for name, step in STEPS.items() if step.by == "staff"}
    assert words("approval refused", {}) == ACTS["approval refused"].words
