"""Checking a target: the verdict, and the receipt that can prove it later."""

import base64
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.cases import report
from portal.cases.program import Program
from portal.cases.signer import Signer
from scope import Ruling, Verdict

LONGEST_TARGET = 4096  # characters; a longer one is not an address
NONCE_BYTES = 16  # salts the target's hash, so that nobody can guess it from a receipt

_QUESTION = re.compile(r"[a-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A target as someone asked about it.

    Attributes:
        target: As typed; never stored, never logged.
        answers: Yes or no to the policy's questions, by question id.
    """

    target: str = field(repr=False)
    answers: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def from_form(cls, fields: Mapping[str, str]) -> "Inquiry":
        """Read the checker's form: `target`, and `answer-<question id>` with yes or no."""
        answers = {
            name.removeprefix("answer-"): value == "yes"
            for name, value in fields.items()
            if name.startswith("answer-") and value in {"yes", "no"}
        }
        return cls(target=fields.get("target", ""), answers=answers)

    @classmethod
    def from_json(cls, body: object) -> "Inquiry":
        """Read ``{"target": text, "answers": {id: bool}}``; anything else asks about nothing."""
        plain = body if isinstance(body, dict) else {}
        target, answers = plain.get("target"), plain.get("answers")
        return cls(
            target=target if isinstance(target, str) and len(target) <= LONGEST_TARGET else "",
            answers={
                name: value
                for name, value in (answers if isinstance(answers, dict) else {}).items()
                if isinstance(value, bool) and _QUESTION.fullmatch(name)
            },
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


def check(inquiry: Inquiry, *, program: Program, signer: Signer, now: datetime) -> Checked:
    """Rule on a target and sign what was ruled."""
    verdict = program.policy.scope_rules.scope.check(inquiry.target, answers=inquiry.answers)
    if verdict.ruling is Ruling.INVALID:
        return Checked(verdict)
    nonce = secrets.token_bytes(NONCE_BYTES)
    ruled = report.Verdict(
        ruling=str(verdict.ruling),
        rule=verdict.rule.id if verdict.rule else None,
        code=verdict.code,
        policy_version=program.policy_version,
    )
    receipt = signer.scope_receipt(
        program, target=verdict.target, verdict=ruled, nonce=nonce, now=now
    )
    return Checked(verdict, receipt, nonce)


def plain(checked: Checked, program: Program) -> dict[str, Any]:
    """Return the answer the page and the API give, JSON-ready."""
    return {
        "verdict": checked.verdict.to_dict(),
        "receipt": checked.receipt,
        "nonce": checked.nonce_text,
        "policy": {"version": program.policy_version, "sha256": program.policy.sha256},
    }
