"""Checking a target: the verdict, and the receipt that can prove it later."""

import base64
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.cases import report
from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.errors import InquiryRefused
from portal.intake import asked_facts
from portal.intake.asked_facts import NOTHING_KNOWN
from scope import AnswerRefused, Facts, Ruling, Verdict
from scope.answers import among, require

LONGEST_TARGET = 4096  # characters; a longer one is not an address
NONCE_BYTES = 16  # salts the target's hash, so that nobody can guess it from a receipt

QUESTION = re.compile(r"[a-z0-9_-]{1,64}")  # a question's id


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A target as someone asked about it.

    Attributes:
        target: As typed; never stored, never logged.
        answers: Yes or no to the policy's questions, by question id.
        facts: What the asker says of the target; neither stored nor logged either.
    """

    target: str = field(repr=False)
    answers: Mapping[str, bool] = field(default_factory=dict)
    facts: Facts = field(default=NOTHING_KNOWN, repr=False)

    @property
    def given(self) -> tuple[str, ...]:
        """The kinds of things that the asker said beside the target."""
        said = ("answers",) if self.answers else ()
        return said + tuple(
            kind for kind in asked_facts.KINDS if getattr(self.facts, kind) is not None
        )

    @classmethod
    def from_form(cls, fields: Mapping[str, str]) -> "Inquiry":
        """Read the checker's form: `target`, `answer-<question id>` with yes or no, and facts.

        Raises:
            InquiryRefused: A fact that cannot be read.
        """
        answers = {
            name.removeprefix("answer-"): value == "yes"
            for name, value in fields.items()
            if name.startswith("answer-") and value in {"yes", "no"}
        }
        return cls(fields.get("target", ""), answers, asked_facts.from_form(fields))

    @classmethod
    def from_json(cls, body: object) -> "Inquiry":
        """Read ``{"target": text, "answers": {id: bool}, "facts": {kind: list}}``.

        Any other target asks about nothing.

        Raises:
            InquiryRefused: Facts or answers that cannot be read.
        """
        plain = body if isinstance(body, dict) else {}
        target, answers = plain.get("target"), plain.get("answers")
        return cls(
            target=target if isinstance(target, str) else "",
            answers={} if answers is None else _answers(answers),
            facts=asked_facts.from_json(plain.get("facts")),
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with its proof.

    Attributes:
        verdict: From the scope library, with reason and rule.
        receipt: Signed statement over the salted hash of the target; None for an invalid target.
        nonce: The salt; whoever holds it can show which target the receipt is about.
    """

    verdict: Verdict
    receipt: str | None = None
    nonce: bytes | None = field(default=None, repr=False)

    @property
    def nonce_text(self) -> str | None:
        """The salt as people and JSON carry it: unpadded base64url."""
        return base64.urlsafe_b64encode(self.nonce).decode().rstrip("=") if self.nonce else None


def _answers(given: object) -> dict[str, bool]:
    """Read ``{id: bool}``.

    Raises:
        InquiryRefused: Anything else; an answer that was dropped would look like one heard.
    """
    if isinstance(given, dict) and all(
        isinstance(value, bool) and QUESTION.fullmatch(name) for name, value in given.items()
    ):
        return dict(given)
    raise InquiryRefused(
        "The answers are not true or false by question.",
        hint='Write {"answers": {"the question\'s id": true}}.',
    )


def require_asked(answers: Mapping[str, bool], *, program: Program) -> None:
    """Make sure that answers are to questions of the policy in force.

    Raises:
        InquiryRefused: One is not; the hint names the questions.
    """
    try:
        require(answers, program.policy.scope_rules.scope.questions)
    except AnswerRefused as fault:
        raise InquiryRefused(fault.message, hint=fault.hint) from fault


def check(
    inquiry: Inquiry, *, program: Program, signer: Signer, now: datetime, signed: bool = True
) -> Checked:
    """Rule on a target and sign what was ruled.

    Args:
        inquiry: What is asked.
        program: Whose policy decides.
        signer: Who signs.
        now: Present time, aware; the day asked about, unless the inquiry names one.
        signed: Whether a receipt is wanted.
    """
    verdict = rule(inquiry, program=program, now=now)
    if verdict.ruling is Ruling.INVALID or not signed:
        return Checked(verdict)
    nonce = secrets.token_bytes(NONCE_BYTES)
    ruled = report.Verdict(
        ruling=str(verdict.ruling),
        rule=verdict.rule.id if verdict.rule else None,
        code=verdict.code,
        policy_version=program.policy_version,
    )
    receipt = signer.scope_receipt(
        program,
        target=verdict.target,
        verdict=ruled,
        nonce=nonce,
        now=now,
        given=inquiry.given,
    )
    return Checked(verdict, receipt, nonce)


def rule(inquiry: Inquiry, *, program: Program, now: datetime) -> Verdict:
    """Rule on a target; the day is today's in the program's zone, unless the inquiry names one."""
    if len(inquiry.target) > LONGEST_TARGET:
        reason = f"The text is longer than {LONGEST_TARGET} characters, so it is not an address."
        return Verdict(Ruling.INVALID, None, reason, "target-too-long")
    scope = program.policy.scope_rules.scope
    return scope.check(
        inquiry.target,
        answers=among(inquiry.answers, scope.questions),  # a page may be older than the policy
        facts=dated(inquiry.facts, program=program, now=now),
    )


def dated(facts: Facts, *, program: Program, now: datetime) -> Facts:
    """Add the day, which the portal knows: today's in the zone in which the program counts."""
    if facts.date is not None:
        return facts
    today = now.astimezone(ZoneInfo(program.policy.calendar.zone)).date()
    return Facts(facts.ips, facts.cnames, facts.tags, today)


def plain(checked: Checked, program: Program) -> dict[str, Any]:
    """Return the answer the page and the API give, JSON-ready."""
    return {
        "verdict": checked.verdict.to_dict(),
        "receipt": checked.receipt,
        "nonce": checked.nonce_text,
        "policy": {"version": program.policy_version, "sha256": program.policy.sha256},
    }
