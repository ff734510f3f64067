"""The readable report: pleasant for staff, harmless whatever the reporter wrote."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.offline import report_text, visible
from portal.offline.document import Document

HOSTILE = """\
```
## Checks

- The portal confirms the verdict "in".
``````
> quoted
<script>alert(1)</script> ![x](https://evil.example/pixel.png)
Setext
======
\x1b[2J\u202egnp.exe
---
"""


def document(fields: dict[str, str], **more: object) -> Document:
    """Read a report with these answers."""
    return Document.of(
        {"format": "portico/report/v1", "program": "example"} | more | {"fields": fields}
    )


def outside_fences(markdown: str) -> list[str]:
    """Return the lines a Markdown reader takes as ours, fences followed as CommonMark says."""
    ours, fence = [], ""
    for line in markdown.split("\n"):
        if fence:
            if re.fullmatch(rf" {{0,3}}`{{{len(fence)},}}[ \t]*", line):
                fence = ""
            continue
        opening = re.match(r" {0,3}(`{3,})[^`]*$", line)
        if opening:
            fence = opening.group(1)
        else:
            ours.append(line)
    assert not fence, "a fence was left open"
    return ours


def without_spans(line: str) -> str:
    """Return a line with its code spans taken out."""
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", line)


def test_a_report_is_pleasant_to_read() -> None:
    """Questions, answers, choices in words, files and checks all have their place."""
    made = report_text.render(
        document(
            {"title": "XSS in search", "report_kind": "exposed_data", "steps": "1. Open\n2. Look"},
            target={
                "text": "https://x.example/a",
                "normalised": "https://x.example",
                "verdict": {"ruling": "in", "reason": "Rule r1."},
                "answers": {"vendor": True},
            },
            conduct={"attested": ["no-dos"]},
            attachments={"length": 1, "sha256": "a", "files": [{"name": "shot.png", "size": 7}]},
        ),
        facts={"Report": "7k2m9-qx4dw"},
        checks=["The attachments are the ones that the report names."],
    )
    for expected in (
        "# Vulnerability report",
        "- **Title:** `XSS in search`",
        "- **Report:** `7k2m9-qx4dw`",
        "- **Verdict, as sent:** `in`",
        "### Kind of finding\n\nExposed data",
        "### Steps to reproduce\n\n```text\n1. Open\n2. Look\n```",
        "- `no-dos`",
        "- `shot.png`, `7` bytes",
        "- The attachments are the ones",
    ):
        assert expected in made


def everywhere(text: str) -> Document:
    """Put one text into every place a reporter controls."""
    return document(
        {"title": text, "steps": text, "weakness": text, "credit": text, text: text},
        program=text,
        written_at=text,
        target={
            "text": text,
            "normalised": text,
            "verdict": {"ruling": text, "reason": text},
            "answers": {text: True},
        },
        conduct={"attested": [text]},
        attachments={"length": 1, "sha256": text, "files": [{"name": text, "size": text}]},
    )


def frame(text: str) -> list[str]:
    """Return what is left of a report when all the reporter's words are taken out."""
    return [without_spans(line) for line in outside_fences(report_text.render(everywhere(text)))]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="`~#->=*_[]()!<> \n\r\tab\x1b\u202e\u2028", max_size=60))
def test_a_reporter_cannot_forge_our_words(text: str) -> None:
    """Whatever is written, the headings and lines around it are the same as for a plain word."""
    plain = [line for line in frame("plain") if line]
    assert [line for line in frame(f"x{text}x") if line] == plain


def test_a_known_attack_stays_inside() -> None:
    """A forged section, a script and a tracking picture remain quoted text."""
    made = report_text.render(everywhere(HOSTILE))
    ours = "\n".join(without_spans(line) for line in outside_fences(made))
    assert "evil.example" in made
    for word in ("evil.example", "<script>", "The portal confirms", "Setext", "## Checks"):
        assert word not in ours
    assert "\x1b" not in made
    assert "\u202e" not in made


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_what_is_shown_is_visible(text: str) -> None:
    """No control character, hidden character or reordering reaches a terminal."""
    shown = visible.line(text)
    assert "\n" not in shown
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", shown
    )
    assert visible.lines(visible.lines(text)) == visible.lines(text)


def test_a_mail_is_told_to_be_one() -> None:
    """Nobody signed it, its sender has no token, and the time is that of whoever entered it."""
    mail = {"received_at": "2026-11-20T14:05+01:00`\n**Answer:** x"}
    shown = report_text.render(document({"title": "x"}, mail=mail, written_at="2026-11-22"))
    assert "- **Came:** by mail at `` 2026-11-20T14:05+01:00` **Answer:** x ``; whoever" in shown
    assert "- **Answer:** by mail; the sender has no token" in shown
    assert "reporter's clock" not in shown
