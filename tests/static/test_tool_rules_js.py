"""Which clauses are shown beside the tools that somebody names."""

from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

ABOUT = """
const { rulesAbout } = await load("js/tool-rules.js")
return rulesAbout(input.tools, input.rules).map(({ id }) => id)
"""
RULES = [
    {"id": "named", "text": "Scan at night.", "tools": ["scan", "nmap"], "method": False},
    {"id": "flood", "text": "Overload it.", "tools": ["flood"], "method": True},
    {"id": "guessed", "text": "Use automated scanners.", "tools": [], "method": True},
    {"id": "silent", "text": "Use automated scanners.", "tools": [], "method": False},
]


@pytest.mark.parametrize(
    ("tools", "shown"),
    [
        ("Burp Suite", ["guessed"]),
        ("my own NMAPper", ["named", "guessed"]),
        ("portscanner", ["named", "guessed"]),
        ("synflood", ["flood"]),
        ("a browser", []),
        ("", []),
    ],
)
def test_a_clause_is_shown_at_its_tools(node: Node, tools: str, shown: list[str]) -> None:
    """At parts of words, in any case; where a policy names none, forbidden methods are guessed."""
    assert node(ABOUT, {"tools": tools, "rules": RULES}) == shown


def test_where_a_policy_names_no_tools_they_are_guessed(node: Node) -> None:
    """A scanner brings up the rule about scanners, and eyes bring up nothing (S0-10)."""
    script = """
    const { rulesAbout } = await load("js/tool-rules.js")
    const rules = [["scans", "Run scanners or other automated tools."],
                   ["dos", "Attempt denial of service."], ["mail", "Send mail."]]
        .map(([id, text]) => ({ id, text, tools: [], method: true }))
    return input.map((tools) => rulesAbout(tools, rules).map(({ id }) => id))
    """
    tools = ["scanner", "Burp Suite", "hydra", "slowloris", "nmap and hping", "curl", ""]
    expected = [["scans"], ["scans"], ["scans"], ["dos"], ["scans", "dos"], [], []]
    assert node(script, tools) == expected
