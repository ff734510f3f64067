"""The rest of a report as a message: answers as data, and the same as text."""

from collections.abc import Callable
from typing import Any

Node = Callable[..., Any]

WRITE = """
const { completion } = await load("js/completion.js")
return completion(input.form, input.answers)
"""


def field(name: str, label: str, *choices: tuple[str, str]) -> dict[str, Any]:
    """A field as the portal describes it."""
    offered = [{"value": value, "label": words} for value, words in choices]
    return {"id": name, "label": label, "choices": offered}


FORM = {
    "sections": [
        {
            "id": "finding",
            "fields": [field("steps", "Steps"), field("kind", "Kind", ("w", "Weak"))],
        },
        {"id": "you", "fields": [field("handle", "Handle")]},
    ],
    "statements": [{"id": "c1", "text": "Do no more."}],
    "methods": [{"id": "m1", "text": "Flood."}],
}


def test_answers_are_written_as_data_and_as_text(node: Node) -> None:
    """In the order of the form, choices in words, clauses with their ids; nothing left open."""
    conduct = {"attested": ["c1"], "used": ["m1", "gone"]}
    answers = {"fields": {"kind": "w", "steps": "1\n2"}, "conduct": conduct}
    said = node(WRITE, {"form": FORM, "answers": answers})
    assert (said["kind"], said["data"]) == ("completion", answers)
    assert said["text"].split("\n\n") == [
        "Steps\n1\n2",
        "Kind\nWeak",
        "Confirmed\n- Do no more. (c1)",
        "Done, though the policy forbids it\n- Flood. (m1)\n- gone (gone)",
    ]


def test_what_was_not_answered_is_not_written(node: Node) -> None:
    """No heading stands over nothing."""
    answers = {"fields": {"handle": "me"}, "conduct": {"attested": [], "used": []}}
    assert node(WRITE, {"form": FORM, "answers": answers})["text"] == "Handle\nme"
