"""What a reporter wants to send, read from the command line's words and a Markdown file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.cases.kinds import REPORT
from portal.errors import DeliveryRefused
from portal.offline.report_file import LONG_TEXT, Written


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
        used: Ids of the forbidden ways of testing the reporter owns up to.
        own_copy: Whether the reporter can open the files with their token.
        kind: A key of `KINDS`.
        exposed: Whether the server may see that data lies open.
        exploited: Whether it may see that somebody makes use of it.
        with_path: Whether the check may send the path too, for policies with rules about paths.
    """

    program: str
    target: str = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    files: Sequence[Path] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    attested: Sequence[str] = ()
    used: Sequence[str] = ()
    own_copy: bool = True
    with_path: bool = False
    kind: str = REPORT
    exposed: bool = False
    exploited: bool = False


def target_of(written: Written, *, given: str | None) -> str:
    """Return the one target of a report.

    Args:
        written: The report.
        given: The command's word; None when it says nothing.

    Raises:
        DeliveryRefused: Neither names a target, or they name two.
    """
    if given and written.target and given.strip() != written.target:
        raise DeliveryRefused(
            "The report names another target than --target does.",
            hint="Take --target out, or make them the same.",
        )
    if not (given or written.target):
        raise DeliveryRefused(
            "The report names no target.",
            hint="Write it under “### Target”, or give it as --target.",
        )
    return given or written.target


def fields_of(
    written: Written, *, title: str | None, target: str, more: Mapping[str, str]
) -> dict[str, str]:
    """Return the answers to the form: those of the report, and over them the command's own.

    Args:
        written: The report.
        title: The command's word; None when it says nothing.
        target: Stands in for the exact place, where that was left open.
        more: Further answers of the command, by field id.

    Raises:
        DeliveryRefused: The report has no title.
    """
    named = {"title": title} if title else {}
    fields = {"location": target, **written.fields, **named, **more}
    if not fields.get("title"):
        raise DeliveryRefused(
            "The report has no title.", hint="Write it under “### Title”, or give it as --title."
        )
    return fields


def question_of(
    written: Written, *, subject: str | None, more: Mapping[str, str]
) -> dict[str, str]:
    """Return a question's answers: what stands under no heading is the question itself.

    Args:
        written: The file.
        subject: The command's word; None when it says nothing.
        more: Further answers of the command, by field id.

    Raises:
        DeliveryRefused: It has no subject, or asks nothing.
    """
    said = dict(written.fields)
    asked = [said.pop(name, "").strip() for name in ("question", LONG_TEXT)]
    named = {"title": subject} if subject else {}
    fields = {**said, "question": "\n\n".join(filter(None, asked)), **named, **more}
    places = {"title": "“### Subject”, or give it as --title", "question": "“### Your question”"}
    for name, place in places.items():
        if not fields.get(name):
            missing = "subject" if name == "title" else "text"
            raise DeliveryRefused(
                f"The question has no {missing}.", hint=f"Write it under {place}."
            )
    return fields
