"""`report.md`: a report as people read it.

The reporter's words stand in code spans and fences that they cannot close, so nothing in them can
pose as a heading, a verdict or a signature of ours, load a picture from elsewhere, or run in a
viewer. Source: CommonMark 0.31, sections "Code spans" and "Fenced code blocks".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.cases.kinds import QUESTION, QUICK, REPORT
from portal.intake.occasions import OCCASIONAL
from portal.offline import visible
from portal.offline.document import Document
from portal.policy.field import SECTIONS, Field
from portal.policy.fields import FIELDS

MIN_FENCE = 3

_TICKS = re.compile(r"`+")
_HEADINGS: Mapping[str, str] = {
    REPORT: "Vulnerability report",
    QUICK: "Quick vulnerability report",
    QUESTION: "Question",
}
_URGENT: Mapping[str, str] = {
    "exposed": "non-public data lies open",
    "exploited": "it is being exploited",
}
# The catalogue's fields, and those that are asked on occasion.
_KNOWN: Mapping[str, Field] = {**FIELDS, **OCCASIONAL}


def render(
    document: Document, *, facts: Mapping[str, str] | None = None, checks: Sequence[str] = ()
) -> str:
    """Return a report as Markdown.

    Args:
        document: What the reporter sealed.
        facts: What is known from elsewhere, by label, such as when the portal received it; each
            value on one line.
        checks: Sentences about what was verified, and what failed.
    """
    blocks = [f"# {_HEADINGS[document.kind]}", _bullets(_overview(document, facts or {}))]
    if checks:
        blocks += ["## Checks", "\n".join(f"- {visible.line(each)}" for each in checks)]
    blocks += _sections(document.fields)
    blocks += _conduct(document)
    blocks += _files(document)
    return "\n\n".join(blocks) + "\n"


def span(text: object) -> str:
    """Return text on one line as a code span that it cannot close."""
    plain = visible.line(text)
    if not plain:
        return "(empty)"
    fence = "`" * (_longest_run(plain) + 1)
    return f"{fence} {plain} {fence}" if "`" in plain else f"{fence}{plain}{fence}"


def fence(text: str) -> str:
    """Return text as a fenced block that it cannot close."""
    plain = visible.lines(text).strip("\n")
    mark = "`" * max(MIN_FENCE, _longest_run(plain) + 1)
    return f"{mark}text\n{plain}\n{mark}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def _bullets(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{label}:** {value}" for label, value in pairs)


def _overview(document: Document, facts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "Title", span(document.fields.get("title", ""))
    yield "Program", span(document.program)
    for label, value in facts.items():
        yield label, span(value)
    if document.urgent:
        yield "Urgent", ", ".join(_URGENT[each] for each in document.urgent)
    if document.kind != QUESTION:
        yield "Target", span(document.target.text)
        yield from _verdict(document)
    if document.came_by_mail is not None:
        yield "Came", f"by mail at {span(document.came_by_mail)}; whoever entered it vouches for it"
        yield "Entered", f"{span(document.written_at)} by their clock"
        yield "Answer", "by mail; the sender has no token"
        return
    yield "Written", f"{span(document.written_at)} by the reporter's clock"
    answer = "can be sealed to the reporter" if document.recipient else "is not wanted"
    yield "Answer", answer


def _verdict(document: Document) -> Iterator[tuple[str, str]]:
    target = document.target
    if not target.verdict:
        yield "Verdict", "the target was not checked before sending"
        return
    if target.normalised and target.normalised != target.text:
        yield "Checked as", span(target.normalised)
    yield "Verdict, as sent", span(target.verdict.get("ruling"))
    yield "Reason, as sent", span(target.verdict.get("reason"))
    for question, answer in target.answers.items():
        yield f"Answer to {span(question)}", "yes" if answer else "no"


def _sections(fields: Mapping[str, str]) -> Iterator[str]:
    """Yield the catalogue's sections in form order, then answers it does not know."""
    for section, heading in SECTIONS.items():
        answered = [
            field
            for field in _KNOWN.values()
            if field.section == section and field.id != "title" and fields.get(field.id)
        ]
        if answered:
            yield f"## {heading}"
            for field in answered:
                yield f"### {field.label}\n\n{_answer(field, fields[field.id])}"
    unknown = [name for name in fields if name not in _KNOWN]
    if unknown:
        yield "## Other answers"
        for name in unknown:
            yield f"### {span(name)}\n\n{fence(fields[name])}"


def _answer(field: Field, value: str) -> str:
    if field.kind == "long" or "\n" in value:
        return fence(value)
    labels = {choice.value: choice.label for choice in field.choices}
    return labels.get(value) or span(value)


def _conduct(document: Document) -> Iterator[str]:
    if document.attested:
        yield "## Confirmed by the reporter"
        yield "\n".join(f"- {span(each)}" for each in document.attested)
    if document.used:
        yield "## Done although the policy rules it out"
        yield "\n".join(f"- {span(each)}" for each in document.used)


def _files(document: Document) -> Iterator[str]:
    if document.attachments and document.attachments.files:
        yield "## Files"
        yield "\n".join(
            f"- {span(each.get('name'))}, {span(each.get('size'))} bytes"
            for each in document.attachments.files
        )
