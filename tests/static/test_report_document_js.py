"""What a sealed report says, to programs and to people."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

WRITE = """
const { reportDocument, reportFiles } = await load("js/report-document.js")
const files = reportFiles(reportDocument(input.draft), input.words)
return files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])
"""
HOSTILE = [
    "<script>alert(1)</script>",
    "``` \n# Not a heading\n```\n<img src=x onerror=alert(1)>",
    "`````\nfence\n``````",
    "one\r\ntwo\rthree",
    "\x1b[2Jcleared \u202egnp.exe\u200b \x9b31m",
    "[link](javascript:alert(1)) ![](https://tracker.example/x.png) www.example.org",
    "a` <b>bold</b> `c",
    "`",
    "``",
    "` x `",
    "$HOME & * _ ~ | \\",
]


def draft(**fields: str) -> dict[str, Any]:
    """A draft as the form hands it over."""
    verdict = {"ruling": "in", "reason": "It is <named> here.", "target": "https://x.org"}
    return {
        "program": "example",
        "policy": {"version": 4, "sha256": "aa"},
        "keyset": {"version": 2, "root": "bb"},
        "build": "c0ffee",
        "kind": "report",
        "flags": {"exposed": False, "exploited": True},
        "target": {
            "text": "https://x.org/secret?q=1",
            "normalised": "https://x.org",
            "nonce": "bm9uY2U",
            "verdict": verdict,
            "answers": {"sensitive": True},
            "receipt": "a.b.c",
        },
        "fields": fields,
        "conduct": {"attested": ["no-dos"], "used": []},
        "reporter": {"recipient": None, "signing_key": "k"},
        "written_at": "2026-11-22T09:00:00Z",
    }


HEADINGS = ("title", "Target", "What you found", "Confirmed", "Where this comes from")
WORDS = {
    "program": "Example *Ltd*",
    "sections": [
        {
            "title": "What you found",
            "fields": [
                {"id": "title", "label": "Title", "choices": {}},
                {"id": "report_kind", "label": "Kind", "choices": {"weakness": "A weakness"}},
                {"id": "steps", "label": "Steps", "choices": {}},
            ],
        },
        {"title": "You", "fields": [{"id": "handle", "label": "Handle", "choices": {}}]},
    ],
    "clauses": {"no-dos": "I did not attempt denial of service."},
}


def written(node: Node, **fields: str) -> tuple[dict[str, Any], str]:
    """Write both files and give the parsed JSON and the Markdown."""
    (first, document), (second, text) = node(WRITE, {"draft": draft(**fields), "words": WORDS})
    assert (first, second) == ("report.json", "report.md")
    return json.loads(document), text


def test_the_document_has_the_agreed_shape(node: Node) -> None:
    """Every member of portico/report/v1 is there, and unanswered fields are left out."""
    document, _ = written(node, title="Find", steps="1\n2", handle="  ", impact="")
    assert list(document) == [
        "format", "program", "policy", "keyset", "build", "kind", "exposed", "exploited", "target",
        "fields", "conduct", "reporter", "attachments", "written_at",
    ]  # fmt: skip
    assert document["format"] == "portico/report/v1"
    assert (document["kind"], document["exposed"], document["exploited"]) == ("report", False, True)
    assert document["fields"] == {"title": "Find", "steps": "1\n2"}
    assert document["target"]["nonce"] == "bm9uY2U"
    assert document["attachments"] is None


def test_the_readable_copy_says_the_same(node: Node) -> None:
    """Title, target, ruling, answers by label, choices in words and confirmations are there."""
    _, text = written(node, title="Find", report_kind="weakness", steps="one\ntwo")
    assert text.startswith("# Find\n")
    for part in (
        "`https://x.org/secret?q=1`",
        "`in` (It is \\<named\\> here\\.)",
        "Question `sensitive`: yes",
        "**Kind**: A weakness",
        "```text\none\ntwo\n```",
        "I did not attempt denial of service\\.",
        "Policy version 4",
    ):
        assert part in text
    assert "## You" not in text


def test_the_readable_copy_says_what_it_is(node: Node) -> None:
    """A question names no target; what was ticked stands at the top."""
    _, text = written(node, title="Find")
    assert "A report to Example" in text
    assert "- It is being exploited." in text
    asked = draft(title="May I?") | {"kind": "question", "flags": {}}
    (_, (_, text)) = node(WRITE, {"draft": asked, "words": WORDS})
    assert "A question to Example" in text
    assert "Target" not in text


@pytest.mark.parametrize("value", HOSTILE)
def test_a_reporters_text_stays_a_quotation(node: Node, value: str) -> None:
    """Nothing a reporter writes becomes markup, moves a terminal's cursor or hides itself."""
    document, text = written(node, title=value, steps=value)
    assert document["fields"]["steps"] == value, "the machine-readable copy is exact"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]", text)
    outside = re.sub(r"^(`{3,})text\n.*?\n\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    outside = re.sub(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)", "", outside)
    assert not re.search(r"(?<!\\)[<\[]", outside)
    assert len(re.findall(r"^#", outside, flags=re.MULTILINE)) == len(HEADINGS)
