"""What the form refuses before anything is sealed, and what it seals."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

FAULTS = """
const { faultsIn } = await load("js/form-validation.js")
return input.map(([specs, values]) => faultsIn(specs, values))
"""
VECTOR = """
const { vectorFault } = await load("js/cvss.js")
return input.map((text) => vectorFault(text))
"""


def spec(kind: str = "text", strength: str = "optional", limit: int = 0) -> dict[str, Any]:
    """A field of the form."""
    return {"id": "f", "label": "Field", "kind": kind, "strength": strength, "limit": limit}


def faults(node: Node, cases: list[tuple[str, dict[str, Any]]]) -> list[str | None]:
    """Say what is wrong with each value, asked for as the settings beside it say."""
    found = node(FAULTS, [[[spec(**asked)], {"f": value}] for value, asked in cases])
    return [each[0]["message"] if each else None for each in found]


def test_only_required_answers_are_required(node: Node) -> None:
    """An empty field is a fault when the policy requires it, and blanks do not fill it."""
    strengths = [{"strength": name} for name in ("required", "requested", "optional")]
    cases = [(value, asked) for value in ("", "  \n", "x") for asked in strengths]
    wrong = ["“Field” is required.", None, None]
    assert faults(node, cases) == [*wrong, *wrong, None, None, None]


def test_limits_are_counted(node: Node) -> None:
    """A text that is too long says by how much."""
    fits, too_long = faults(node, [("x" * 10, {"limit": 10}), ("x" * 13, {"limit": 10})])
    assert fits is None
    assert too_long == "This is 3 characters longer than the 10 that fit."


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("email", ["a@b.nl", "first.last+tag@mail.example.org"], ["a", "a@b", "a b@c.nl", "@b.nl"]),
        ("phone", ["+31 20 555 0123", "(020) 555-01.23"], ["call me", "12", "+", "1-800-FLOWERS"]),
        ("number", ["3", "1.5", "0,25"], ["three", "-1", "1.234", "1e3"]),
        ("datetime", ["2026-11-22T09:30"], ["yesterday", "2026-13-01T00:00", "2026-11-22"]),
        ("cvss", ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"], ["9.8", "CVSS:2.0/AV:N"]),
        ("text", ["anything <b> at all"], []),
    ],
)
def test_each_kind_of_answer_has_its_form(
    node: Node, kind: str, good: list[str], bad: list[str]
) -> None:
    """Addresses, numbers, times and vectors are checked; text is free."""
    found = faults(node, [(value, {"kind": kind}) for value in [*good, *bad]])
    assert found[: len(good)] == [None] * len(good)
    assert all(found[len(good) :])


def test_time_does_not_run_backwards(node: Node) -> None:
    """An investigation that ends before it began is a fault of its end."""
    script = """
    const { faultsIn } = await load("js/form-validation.js")
    const spec = (id) => ({ id, label: id, kind: "datetime", strength: "optional", limit: 40 })
    const specs = [spec("investigated_from"), spec("investigated_to")]
    return input.map(([from, to]) =>
        faultsIn(specs, { investigated_from: from, investigated_to: to }).map(({ field }) => field))
    """
    early, late = "2026-11-20T10:00", "2026-11-21T09:00"
    cases = [[early, late], [late, early], [early, early], ["", early], [late, ""]]
    assert node(script, cases) == [[], ["investigated_to"], [], [], []]


def test_times_are_sealed_in_utc(node: Node) -> None:
    """A sealed time names the moment and not the place: always UTC, to the minute."""
    script = """
    process.env.TZ = "Asia/Kolkata"
    const { answersFrom } = await load("js/form-validation.js")
    const specs = [{ id: "found_at", kind: "datetime" }, { id: "title", kind: "text" },
                   { id: "impact", kind: "long" }]
    return answersFrom(specs, { found_at: "2026-11-22T03:00", title: " A ", impact: "  " })
    """
    assert node(script) == {"found_at": "2026-11-21T21:30Z", "title": "A"}


def test_vectors_are_read_as_the_standard_has_them(node: Node) -> None:
    """CVSS 3.x and 4.0 vectors with every base metric are taken, others say what is wrong."""
    good = [
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:C/C:N/I:L/A:N/E:P/RL:W/RC:R/MAV:X/CR:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        "CVSS:4.0/AV:L/AC:H/AT:P/PR:L/UI:A/VC:L/VI:N/VA:N/SC:L/SI:L/SA:L/E:A/MSI:S/U:Amber",
    ]
    bad = {
        "CVSS:3.1/AV:N": "The vector lacks AC, PR, UI, S, C, I, A.",
        "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H": "“AV:X” is not a metric of CVSS:3.1.",
        good[0] + "/AV:N": "The metric AV stands there twice.",
        good[0] + "/": "“” is not a metric of CVSS:3.0.",
        good[0] + "/constructor:N": "“constructor:N” is not a metric of CVSS:3.0.",
        good[2] + "/U:Purple": "“U:Purple” is not a metric of CVSS:4.0.",
        "AV:N/AC:L": "A vector starts with CVSS:3.1/ or CVSS:4.0/.",
        "constructor": "A vector starts with CVSS:3.1/ or CVSS:4.0/.",
    }
    assert node(VECTOR, good) == [None] * len(good)
    assert node(VECTOR, list(bad)) == list(bad.values())
