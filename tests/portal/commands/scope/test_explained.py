"""A verdict in full, as a person reads it."""

from dataclasses import replace

import pytest

from portal.commands.scope import explained
from scope import Question, Redirect, Rule, Ruling, Verdict
from scope.verdict import SetAside

PLAIN = Verdict(Ruling.IN, None, "Because.", "listed", target="a.shop.example")
RULE = Rule("*.shop.example", note="ours", line=3, source="bugcrowd: 17", id="all", side="in")
OTHER = Rule("shop.example", side="out")


def test_it_starts_with_ruling_target_and_reason() -> None:
    """What matters most comes first."""
    assert explained.told("A.shop.example", PLAIN) == "in: a.shop.example\n  why: Because.\n"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"rule": RULE},
            'decided by: "*.shop.example" (included, bugcrowd: 17, rule all)',
        ),
        ({"rule": RULE}, "note: ours"),
        (
            {"rule": Rule("m.example", redirect=Redirect("Mail Inc", "mailto:s@m.example"))},
            "report to: Mail Inc, mailto:s@m.example",
        ),
        ({"matched": "the host"}, "matched: the host"),
        ({"notes": ("A trailing dot was left out.",)}, "read as: A trailing dot was left out."),
        ({"conditions": ("It resolves.",)}, "condition: It resolves."),
        ({"missing": ("ips",)}, "missing: which addresses it resolves to; add --ip ADDRESS"),
        (
            {"questions": (Question("invited", "Were you invited?"),)},
            "question: Were you invited? Add --answer invited=yes or --answer invited=no",
        ),
        (
            {"overruled": (SetAside(OTHER, RULE, None),)},
            'set aside: "shop.example" (excluded), by "*.shop.example"',
        ),
        (
            {"overruled": (SetAside(OTHER, None, "invited"),)},
            'set aside: "shop.example" (excluded), by the answer to invited',
        ),
        ({"exceptions": (OTHER,)}, 'except: "shop.example" (excluded)'),
        ({"nearest": ("The apex is not covered.",)}, "nearly: The apex is not covered."),
        (
            {"mentions": (Rule("ask about shop.example"),)},
            'mentioned: "ask about shop.example", which decides nothing',
        ),
    ],
)
def test_everything_has_its_line(changes: dict[str, object], line: str) -> None:
    """Each thing that is known about a verdict is said, with the rule as it was written."""
    shown = explained.told("x", replace(PLAIN, **changes))  # type: ignore[arg-type]
    assert f"\n  {line}\n" in shown


def test_it_says_where_the_rules_are_from() -> None:
    """A reader months later knows what was gone by."""
    assert explained.told("x", PLAIN, origin="rules.txt").endswith("\n  rules from: rules.txt\n")


def test_nothing_in_it_drives_a_terminal_or_a_shell() -> None:
    """Rules and questions come from strangers, and are read and copied by people."""
    evil, asked = "x\n  why: yes\x1b[2J", Question("x; rm -rf ~", "Sure?")
    rule = Rule(evil, note=evil, source=evil)
    verdict = replace(PLAIN, target="", rule=rule, reason=evil, questions=(asked,))
    shown = explained.told(evil, verdict, origin=evil)
    assert "\x1b" not in shown
    labels = ["why", "decided by", "note", "question", "rules from"]
    assert [line.split(":")[0].strip() for line in shown.splitlines()] == ["in", *labels]
    assert "--answer 'x; rm -rf ~'=yes" in shown
