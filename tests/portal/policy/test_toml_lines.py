"""Every fault has the line a person looks for, whatever the TOML around it looks like."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import toml_lines

TRICKY = '''\
title = "a # no comment, [no table], key = 'no'"   # line 1
"quoted.key" = 1
dotted . "k\\u0065y" = 2

[scope]  # line 5
text = """
[not.a.table]
fake = 1 \\"""
"quotes" at the end""\"""
raw = \'\'\'
[[nor.this]]
\'\'\'
after = 1                     # line 13
[[scope.in]]
pattern = "*"                 # line 15
[[scope.in]]
pattern = 'C:\\'              # line 17
unless = [                    # line 18
  # a comment with ] and "
  { id = "a", text = "x } ]" },
  {id="b",
text = "y"} ,
]
[scope.in.deep]
key = [[1, 2], [
  3]]
[[scope.in]]
when = 2026-11-22T10:00:00Z   # line 28
empty = []
nothing = {}
[ other . "t a b" ]
last = true'''.replace('{id="b",\ntext = "y"} ,', '{id="b", text = "y"} ,\n')

EXPECTED = {
    ("title",): 1,
    ("quoted.key",): 2,
    ("dotted", "key"): 3,
    ("scope",): 5,
    ("scope", "text"): 6,
    ("scope", "raw"): 10,
    ("scope", "after"): 13,
    ("scope", "in", 0): 14,
    ("scope", "in", 0, "pattern"): 15,
    ("scope", "in", 1): 16,
    ("scope", "in", 1, "pattern"): 17,
    ("scope", "in", 1, "unless"): 18,
    ("scope", "in", 1, "unless", 0, "text"): 20,
    ("scope", "in", 1, "unless", 1, "id"): 21,
    ("scope", "in", 1, "deep"): 24,
    ("scope", "in", 1, "deep", "key", 1, 0): 26,
    ("scope", "in", 2, "when"): 28,
    ("scope", "in", 2, "nothing"): 30,
    ("other", "t a b"): 31,
    ("other", "t a b", "last"): 32,
}


def paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Return the path of every key and element of parsed TOML."""
    found = {path}
    if isinstance(value, dict):
        return found.union(*(paths(inner, (*path, key)) for key, inner in value.items()))
    if isinstance(value, list):
        return found.union(*(paths(inner, (*path, n)) for n, inner in enumerate(value)))
    return found


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "line"), EXPECTED.items(), ids=map(str, EXPECTED))
def test_a_key_is_found_on_its_line(path: tuple[str | int, ...], line: int, ending: str) -> None:
    """Strings that look like tables, comments and nesting do not lead the index astray."""
    tomllib.loads(TRICKY)
    assert toml_lines.index(TRICKY.replace("\n", ending))[path] == line


def test_nothing_is_left_out_and_nothing_made_up() -> None:
    """The index has exactly the keys and elements that the standard reader finds."""
    assert set(toml_lines.index(TRICKY)) == paths(tomllib.loads(TRICKY))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment", "\ufeff"[:0], "a=1", "[a]", "[[a]]"]
)
def test_small_texts(text: str) -> None:
    """An empty pack, a lone comment and a single key have an index too."""
    assert set(toml_lines.index(text)) == paths(tomllib.loads(text))


KEYS = st.sampled_from(["a", "b-1", '"x y"', "'#'", '"\\""'])
SCALARS = st.sampled_from(
    [
        "1",
        "-1.5e3",
        "true",
        "1979-05-27 07:32:00",
        "07:32:00",
        '"]"',
        "'}'",
        '"""\n"]\\\n"""',
        "'''\n'x'''",
        "inf",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda many: "[" + ", #]\n".join(many) + "\n]")
        | st.lists(inner, max_size=3).map(
            lambda many: "{" + ", ".join(f"k{n} = {one}" for n, one in enumerate(many)) + "}"
        )
    ),
    max_leaves=8,
)


@given(
    st.lists(st.tuples(KEYS, VALUES, st.sampled_from(["", "[t]", "[[u]]", "[[u.v]]"])), max_size=6)
)
@settings(max_examples=150, deadline=None)
def test_the_index_agrees_with_the_standard_reader(parts: list[tuple[str, str, str]]) -> None:
    """Whatever valid TOML is written, every key has a line, and that line names the key."""
    text = "".join(f"{header}\n{key} = {value}\n" for key, value, header in parts)
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # a key or table twice: never reaches the index
    lines = toml_lines.index(text)
    assert set(lines) == paths(parsed)
    for path, line in lines.items():
        if path and isinstance(path[-1], str) and path[-1].isalnum():
            assert path[-1] in text.split("\n")[line - 1]
