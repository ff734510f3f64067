"""Reading `report.md`: the portal's own form, filled in, or whatever a reporter wrote.

The form is what `portal.intake.by_hand` writes: questions as headings, explanations in comments,
and lists of clauses to delete from. Everything that stands nowhere in particular goes to the steps
to reproduce, and nothing that somebody wrote is lost. Source of what a fence and a comment are:
CommonMark 0.31, sections "Fenced code blocks" and "HTML blocks".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.intake.by_hand import OWN_KEY
from portal.intake.occasions import OCCASIONAL, QUESTION
from portal.policy.field import SECTIONS, Field
from portal.policy.fields import FIELDS

LONG_TEXT = "steps"  # where text goes that does not stand under one of the form's questions
# Places of the form that are no fields.
TARGET, CONFIRMED, USED, REPLY = "target", "confirmed", "used", "reply"

_KNOWN: Mapping[str, Field] = {**FIELDS, **OCCASIONAL}
_QUESTIONS: Mapping[str, str] = {
    **{asked.field.label.casefold(): name for name, asked in QUESTION.items()},
    **{each.label.casefold(): each.id for each in _KNOWN.values()},
}
_SECTIONS: Mapping[str, str] = {
    **{title.casefold(): LONG_TEXT for title in SECTIONS.values()},
    "what you confirm": CONFIRMED,
    "what you did all the same": USED,
    "how staff can answer": REPLY,
}
_YES_NO = {"yes": "yes", "no": "no"}

_HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s+\((?:required|requested|optional)\))?\s*#*\s*")
_LINE_END = re.compile(r"\r\n?")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A fence up to its end or that of the text; a note, which is a comment with blanks inside: what
# lacks them (`<!--#exec …-->`) may be the finding itself.
_APART = re.compile(
    r"^ {0,3}(?P<fence>`{3,}(?![^\n]*`)|~{3,})[^\n]*(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*)"
    r"|^ {0,3}<!--\s.*?-->",
    re.MULTILINE | re.DOTALL,
)
_ITEM = re.compile(r" {0,3}[-*+]\s+(?:\[(?P<tick>[ xX])\]\s+)?")
_CLAUSE = re.compile(r"\(([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\)\s*\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a report.

    Attributes:
        fields: Answers by field id; what was left open is absent.
        target: What the report is about; empty when it does not say.
        attested: Ids of the clauses the reporter confirms.
        used: Ids of the forbidden ways of testing they own up to.
    """

    fields: Mapping[str, str] = field(repr=False)
    target: str = field(repr=False)
    attested: tuple[str, ...]
    used: tuple[str, ...]


def read(text: str) -> Written:
    """Return what a reporter wrote.

    Text under no question is kept character for character: what is odd in it may be the very
    finding, and is made harmless where it is shown.
    """
    places = _by_place(_LINE_END.sub("\n", text))
    attested, loose = _clauses(places.pop(CONFIRMED, ""))
    used, more = _clauses(places.pop(USED, ""))
    target, reply = places.pop(TARGET, "").strip(), places.pop(REPLY, "").strip()
    reply = "" if reply == OWN_KEY else reply  # left open
    _append(places, LONG_TEXT, loose, more)
    # The token lets staff answer; an address of the reporter's own is passed on all the same.
    _append(places, "remarks", f"How staff can answer: {reply}" if reply else "")
    answers = {name: _answer(_KNOWN[name], said.strip()) for name, said in places.items()}
    given = {name: answer for name, answer in answers.items() if answer}
    return Written(given, target, attested, used)


def _by_place(text: str) -> dict[str, str]:
    """Return the text under each heading of the form, notes left out if it is a form at all."""
    pieces = list(_pieces(text))
    is_form = any(_place(line) for piece, kind in pieces if kind == "text" for line in _of(piece))
    found: dict[str, str] = {}
    place = LONG_TEXT
    for piece, kind in pieces:
        for line in _of(piece) if kind == "text" else [piece]:
            named = _place(line) if kind == "text" else None
            place = named or place
            if not named and not (is_form and kind == "note"):
                found[place] = found.get(place, "") + line
    return found


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text into ``text``, ``code`` and ``note``."""
    end = 0
    for match in _APART.finditer(text):
        yield text[end : match.start()], "text"
        yield match[0], "code" if match["fence"] else "note"
        end = match.end()
    yield text[end:], "text"


def _of(piece: str) -> Sequence[str]:
    return _LINE.findall(piece)


def _place(line: str) -> str | None:
    """Return where the text under a heading belongs; None for any other line."""
    match = _HEADING.fullmatch(line.rstrip("\n"))
    if match is None:
        return None
    level, words = len(match[1]), match[2].casefold()
    if level == 1 and words.startswith(("report to ", "question to ")):
        return LONG_TEXT
    if level == 2 and words in _SECTIONS:
        return _SECTIONS[words]
    if level == 3 and words == TARGET:
        return TARGET
    return _QUESTIONS.get(words)


def _clauses(text: str) -> tuple[tuple[str, ...], str]:
    """Return the ids that a list still holds, and what stands there besides.

    An item ends with its id in brackets, and may take several lines; an empty box takes it out.
    """
    ids: list[str] = []
    loose, item = "", ""
    for line in _LINE.findall(text):
        if _ITEM.match(line):
            loose, item = loose + item, ""
        item += line
        found = _CLAUSE.search(item)
        start = _ITEM.match(item)
        if found and start:
            ids += [] if start["tick"] == " " else [found[1]]
            item = ""
    return tuple(dict.fromkeys(ids)), (loose + item).strip()


def _append(places: dict[str, str], name: str, *texts: str) -> None:
    said = [each for each in (places.get(name, "").rstrip(), *texts) if each]
    places[name] = "\n\n".join(said)


def _answer(field: Field, said: str) -> str:
    """Return an answer as the form gives it: a choice by its value, all else as written."""
    offered = {choice.label.casefold(): choice.value for choice in field.choices}
    return (_YES_NO if field.kind == "yes_no" else offered).get(said.casefold(), said)
