"""Which reports of the queue are taken along: all that the filters show and somebody handles."""

from collections.abc import Callable
from typing import Any

Node = Callable[..., Any]

TAKE = """
const { handlesAny, takable } = await load("js/desk/queue-export.js")
const asked = []
globalThis.fetch = async (path) => {
    asked.push(path)
    return new Response(JSON.stringify(input.parts.shift()), { status: 200 })
}
const programs = input.roles.map(([slug, role]) => ({ slug, name: slug, role }))
const told = ({ code, message }) => ({ code, message })
const names = await takable({ state: "any" }, programs).catch(told)
return { asked, names, any: handlesAny(programs) }
"""
BOTH = [["shop", "handler"], ["bank", "reader"]]


def part(*names: str, program: str = "shop", after: str | None = None) -> dict[str, Any]:
    """Write an answer of the portal."""
    return {"reports": [{"id": name, "program": program} for name in names], "next": after}


def take(node: Node, *parts: dict[str, Any], roles: list[list[str]] | None = None) -> Any:
    """Find what can be taken."""
    return node(TAKE, {"parts": list(parts), "roles": roles or BOTH})


def test_what_is_not_on_the_page_comes_along(node: Node) -> None:
    """Part after part, with the same filters; one that moved meanwhile comes once."""
    found = take(node, part("a", "b", after="p2"), part("b", "c"))
    assert found["names"] == ["a", "b", "c"]
    assert found["asked"] == [
        "/staff/api/queue?state=any&limit=100",
        "/staff/api/queue?state=any&limit=100&after=p2",
    ]


def test_what_somebody_only_reads_stays(node: Node) -> None:
    """A reader's programs are left out; with no other there is nothing to offer."""
    mixed = take(node, part("a", after="p2"), part("b", program="bank"))
    assert (mixed["names"], mixed["any"]) == (["a"], True)
    reads = take(node, part("b", program="bank"), roles=[["bank", "reader"]])
    assert reads["any"] is False
    assert reads["names"]["message"] == "You only read in the programs of these reports."
    assert take(node, part())["names"]["message"] == "No report fits these filters."


def test_a_bundle_takes_a_thousand(node: Node) -> None:
    """One more is refused in words, before the portal is asked for a bundle or for the rest."""
    hundreds = [[f"{at:02}{one:02}" for one in range(100)] for at in range(10)]
    full = [part(*names, after="more") for names in hundreds]
    exactly = take(node, *full[:9], part(*hundreds[9]))
    assert len(exactly["names"]) == 1000
    over = take(node, *full, part("one", after="more"))
    assert over["names"]["code"] == "export-refused"
    assert len(over["asked"]) == 11
