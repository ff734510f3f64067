"""What can be said of a message, in the words that both sides read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from portal.offline.thread.message import Author

Verdict = Literal["good", "forged", "broken", "unsigned", "unchecked"]
Reason = Literal[
    "signed",
    "order",
    "malformed",
    "other-report",
    "other-author",
    "changed",
    "signature",
    "keyset",
    "stranger",
    "retired",
    "by-hand",
    "unopened",
    "no-root",
    "no-key",
]

VERDICTS: Final[Mapping[Reason, Verdict]] = MappingProxyType(
    {
        "signed": "good",
        "order": "broken",
        "malformed": "forged",
        "other-report": "forged",
        "other-author": "forged",
        "changed": "forged",
        "signature": "forged",
        "keyset": "forged",
        "stranger": "forged",
        "retired": "forged",
        "by-hand": "unsigned",
        "unopened": "unsigned",
        "no-root": "unchecked",
        "no-key": "unchecked",
    }
)

DETAILS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        "signed": "",
        "order": "This one is signed, but does not follow the one before it.",
        "malformed": "It is not written as Portico writes messages.",
        "other-report": "It was written for another report.",
        "other-author": "Who wrote it and who the portal says wrote it are not the same.",
        "changed": "Its text is not the text that was signed.",
        "signature": "Its signature does not fit.",
        "keyset": "It names keys for which the program's root key never vouched.",
        "stranger": "It was signed with another key.",
        "retired": "Its key had been withdrawn when it was written.",
        "by-hand": "Nobody can tell who wrote it, or whether it is whole.",
        "unopened": "So nothing in it can be checked.",
        "no-root": "No copy of the report was kept, and with it the program's root key.",
        "no-key": "The report names no signing key of the reporter.",
    }
)

_FORGED: Final[Mapping[tuple[Author, Author], str]] = MappingProxyType(
    {
        ("reporter", "staff"): "This message was not signed by the program's staff.",
        ("reporter", "reporter"): "This message was not signed with your token.",
        ("staff", "staff"): "This message was not signed by the program's staff.",
        ("staff", "reporter"): "This message was not signed by the reporter.",
    }
)
_UNOPENED: Final[Mapping[Author, str]] = MappingProxyType(
    {
        "reporter": "This message does not open with your token.",
        "staff": "This message does not open with your key.",
    }
)


def headline(reason: Reason, *, author: Author, role: str | None, reader: Author) -> str:
    """Return the sentence that stands above a message.

    Args:
        reason: Why it was judged so.
        author: Who wrote it, or is said to have.
        role: What a signer from the staff does, in the keyset's words.
        reader: Who reads the sentence.
    """
    verdict = VERDICTS[reason]
    if verdict == "good":
        return _signed(author, role, reader)
    if verdict == "forged":
        return f"{_FORGED[reader, author]} Do not trust it."
    if verdict == "broken":
        return "A message is missing or was moved."
    if verdict == "unchecked":
        return "Who signed this message cannot be checked."
    return _UNOPENED[reader] if reason == "unopened" else "Sealed by hand, and not signed."


def _signed(author: Author, role: str | None, reader: Author) -> str:
    if author == "staff":
        return f"Signed by the program's staff ({role})."
    return (
        "Signed with your token." if reader == "reporter" else "Signed with the reporter's token."
    )
