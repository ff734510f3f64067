"""A receipt as people keep it: by itself, or inside the checker's whole answer.

The answer of the checker holds everything that is needed later: receipt, code and target.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.errors import StatementRefused


@dataclass(frozen=True, slots=True)
class Kept:
    """What was in a file that somebody kept.

    Attributes:
        receipt: The signed statement, unchecked.
        code: The code that shows which target a scope receipt is about; None when not there.
        target: That target, as the checker named it; None when not there.
    """

    receipt: str
    code: str | None = field(default=None, repr=False)
    target: str | None = None


def read(text: str) -> Kept:
    """Read a receipt, or an answer of the checker with a receipt in it.

    Raises:
        StatementRefused: It looks like an answer, and there is no receipt in it.
    """
    if not text.lstrip().startswith("{"):
        return Kept(text.strip())
    answer = _object(text)
    receipt, code = answer.get("receipt"), answer.get("nonce")
    verdict = answer.get("verdict")
    target = verdict.get("target") if isinstance(verdict, dict) else None
    if not isinstance(receipt, str):
        raise StatementRefused(
            "There is no receipt in this answer.",
            hint="Keep one answer of the checker as it came, or the receipt by itself.",
        )
    if not (_text(code) and _text(target)):  # one is of no use without the other
        return Kept(receipt.strip())
    return Kept(receipt.strip(), code, target)


def _object(text: str) -> Mapping[str, Any]:
    """Read a JSON object; anything else holds nothing."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _text(value: object) -> str | None:
    """Return a text that says something."""
    return value if isinstance(value, str) and value else None
