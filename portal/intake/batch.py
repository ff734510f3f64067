"""What a program asks about targets: one of them or thousands, read strictly.

    {"target": "https://shop.example/"}
    {"targets": ["shop.example", {"target": "a.shop.example", "facts": {"ips": ["192.0.2.7"]}}],
     "answers": {"acquired": true}, "facts": {"tags": ["production"]}, "receipts": false}

People's slips in a form are forgiven (`portal.intake.checking`); a program's are named by their
place, because a misspelt member would otherwise be a question that nobody asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from portal.errors import InquiryRefused, TooLarge
from portal.intake import asked_facts
from portal.intake.asked_facts import refused
from portal.intake.checking import QUESTION, Inquiry
from scope import Facts, ScopeError
from scope.formats import strict
from scope.formats.strict import Value

LONGEST_BODY: Final = 4 * 1024 * 1024  # bytes; 10,000 addresses of 400 characters each
MOST_TARGETS: Final = 10_000
MOST_ANSWERS: Final = 100
# Four million bytes could hold a million empty lists, which take twenty times as much memory.
MOST_VALUES: Final = 100_000

_MEMBERS = ("target", "targets", "answers", "facts", "receipts")


@dataclass(frozen=True, slots=True)
class Batch:
    """Targets to rule on.

    Attributes:
        inquiries: One for each target, in order.
        many: Whether a list was asked about, be it a short one.
        receipts: Whether each ruling should be signed.
    """

    inquiries: tuple[Inquiry, ...] = field(repr=False)
    many: bool
    receipts: bool

    @classmethod
    def read(cls, body: bytes) -> "Batch":
        """Read the body of a request.

        Raises:
            InquiryRefused: Not JSON, no target, or something odd; the message names its place.
            TooLarge: More targets than are answered at once, or more values than they need.
        """
        if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
            raise _too_many()
        try:
            return cls._read(strict.document(body.decode("utf-8")))
        except UnicodeDecodeError as fault:
            raise InquiryRefused("The request is not UTF-8.", hint="Send JSON in UTF-8.") from fault
        except ScopeError as fault:
            raise refused(fault) from fault

    @classmethod
    def _read(cls, value: Value) -> "Batch":
        members = value.members(_MEMBERS)
        many = "targets" in members
        if many == ("target" in members):
            value.refuse("has to have either target or targets")
        answers = _answers(members["answers"]) if "answers" in members else {}
        facts = asked_facts.read(members["facts"]) if "facts" in members else Facts()
        asked = _listed(members["targets"]) if many else (members["target"],)
        return cls(
            inquiries=tuple(_inquiry(each, answers, facts) for each in asked),
            many=many,
            receipts=members["receipts"].flag() if "receipts" in members else not many,
        )


def _listed(value: Value) -> Iterable[Value]:
    """Return the targets of a list that is neither empty nor too long."""
    listed = tuple(value.items())
    if not listed:
        value.refuse("is empty")
    if len(listed) > MOST_TARGETS:
        raise _too_many()
    return listed


def _inquiry(value: Value, answers: Mapping[str, bool], facts: Facts) -> Inquiry:
    """Read a target: a text, or in a list an object with facts of its own."""
    if not isinstance(value.raw, dict):
        return Inquiry(value.text(), answers, facts)
    members = value.members(("target", "facts"))
    if "target" not in members:
        value.refuse("has no target")
    own = asked_facts.read(members["facts"], facts) if "facts" in members else facts
    return Inquiry(members["target"].text(), answers, own)


def _answers(value: Value) -> dict[str, bool]:
    """Read yes or no to the policy's questions, by question id."""
    members = value.members()
    if len(members) > MOST_ANSWERS:
        value.refuse("has more answers than a policy has questions")
    for name in members:
        if not QUESTION.fullmatch(name):
            value.refuse("names a question by something that is not a question's id")
    return {name: answer.flag() for name, answer in members.items()}


def _too_many() -> TooLarge:
    return TooLarge(
        f"That is more than {MOST_TARGETS:,} targets, or far more than there is to say of them.",
        hint="Ask in several requests, or rule on your own machine: "
        "`portico scope check --url URL -`.",
    )
