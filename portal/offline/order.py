"""What a reporter wants to send, read from the command line's words and a Markdown file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.policy.fields import FIELDS

LONG_TEXT = "steps"  # where text goes that does not stand under one of the form's questions

_HEADING = re.compile(r"#{1,6}\s+(.*?)(?:\s+\((?:required|requested|optional)\))?\s*#*\s*")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Order:
    """What a reporter wants to send.

    Attributes:
        program: Slug of the program.
        target: As typed; sealed as it is, checked as `sent_target` cuts it.
        fields: Answers by field id.
        files: Attachments.
        answers: Yes or no to the policy's questions about the target.
        attested: Ids of the conduct clauses the reporter confirms.
        own_copy: Whether the reporter can open the files with their token.
        with_path: Whether the check may send the path too, for policies with rules about paths.
    """

    program: str
    target: str = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    files: Sequence[Path] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    attested: Sequence[str] = ()
    own_copy: bool = True
    with_path: bool = False


def fields_of(text: str, *, title: str, target: str) -> dict[str, str]:
    """Return form answers from a report in Markdown.

    Headings that are questions of the form, as in the portal's template, give those answers; all
    other text goes to the steps to reproduce, character for character: what is odd in it may be
    the very finding, and is made harmless where it is shown.
    """
    labels = {each.label.casefold(): each.id for each in FIELDS.values()}
    found: dict[str, list[str]] = {}
    current = LONG_TEXT
    for line in _LINE_END.split(text):
        match = _HEADING.fullmatch(line)
        known = labels.get(match.group(1).casefold()) if match else None
        if known:
            current = known
        else:
            found.setdefault(current, []).append(line)
    answers = {name: "\n".join(lines).strip() for name, lines in found.items()}
    given = {name: value for name, value in answers.items() if value}
    return {"location": target, **given, "title": title}
