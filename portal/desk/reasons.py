"""Why an act was done: short lists to choose from, and no free text, which the server could read.

A reason stands in the audit log beside the act, and nowhere a reporter looks. It must be given
where the act goes against somebody or hands sealed reports out, and where nothing else in the log
lets a reviewer guess why. It never holds up shutting somebody out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.cases import choices
from portal.errors import ReasonRefused

_OWN: Final[Mapping[str, str]] = {
    "spam": "Advertising, or nothing to do with security",
    "abuse": "Insults or threats",
    "flood": "The same again and again",
    "machine": "The output of a scanner that nobody checked",
    "unreadable": "Nobody can make sense of it",
    "settled": "It has stopped",
    "no-weakness": "It is no weakness",
    "not-shown": "It could not be shown again",
    "intended": "It works as intended",
    "accepted-risk": "The risk is known and accepted",
    "not-ours": "It concerns a system of somebody else",
    "out-of-scope": "It is out of scope",
    "no-answer": "The reporter did not answer questions",
    "same-problem": "It is the same problem",
    "same-cause": "It has the same cause",
    "sent-twice": "The same report was sent twice",
    "done": "Everything is done",
    "withdrawn": "The reporter withdrew it",
    "handed-over": "Somebody else goes on with it",
    "wrong-decision": "The decision is wrong",
    "wrong-details": "A date, number or name in it is wrong",
    "too-early": "It is too early",
    "overtaken": "Something else is done instead",
    "tracker": "Hand-over to a tracker",
    "offline": "Work without the desk",
    "sharing": "Sharing with a colleague",
    "backup": "Backup",
    "drill": "Recovery drill",
    "review": "Review",
    "authority": "Request of an authority",
    "joined": "Joined",
    "duties": "Changed duties",
    "stand-in": "Stand-in for a colleague",
    "left": "Left the organisation",
    "lost-device": "Lost a device or passkey",
    "new-device": "New device or passkey",
    "forgotten": "Forgot to sign out",
    "misuse": "Suspected misuse",
    "mistake": "Put a mistake right",
    "other": "Another reason",
}
# Some events carry their reason themselves. The log shows it, too, and speaks to staff.
_TOLD: Final[Mapping[str, str]] = {
    code: words for codes in choices.REASONS.values() for code, words in codes.items()
} | {"waiting-for-reporter": "Waiting for the reporter"}
WORDS: Final[Mapping[str, str]] = {**_TOLD, **_OWN}


@dataclass(frozen=True, slots=True)
class Choice:
    """The reasons that one kind of act can have.

    Attributes:
        codes: Keys of `WORDS`, in the order they are offered.
        required: Whether the act takes one.
    """

    codes: tuple[str, ...]
    required: bool = False


# By kind of act; events by their names.
CHOICES: Final[Mapping[str, Choice]] = {
    "quiet": Choice(("spam", "abuse", "flood", "machine", "unreadable", "other"), required=True),
    "unquiet": Choice(("settled", "mistake", "other")),
    "declined": Choice(
        (
            *("no-weakness", "not-shown", "intended", "accepted-risk", "not-ours"),
            *("out-of-scope", "no-answer", "unreadable", "other"),
        ),
        required=True,
    ),
    "duplicate": Choice(("same-problem", "same-cause", "sent-twice", "other")),
    "closed": Choice(("done", "withdrawn", "no-answer", "handed-over", "mistake", "other")),
    "refusal": Choice(
        ("wrong-decision", "wrong-details", "too-early", "overtaken", "other"), required=True
    ),
    "export": Choice(
        ("tracker", "offline", "sharing", "backup", "drill", "review", "authority", "other"),
        required=True,
    ),
    "audit-export": Choice(("review", "backup", "misuse", "authority", "other")),
    "person": Choice(
        (
            *("joined", "duties", "stand-in", "left", "lost-device", "new-device"),
            *("misuse", "mistake", "other"),
        )
    ),
    "access": Choice(("lost-device", "new-device", "forgotten", "misuse", "other")),
}


def parse(kind: str, given: object, *, demanded: bool = True) -> str | None:
    """Return the reason that was given for a kind of act; None for none.

    Args:
        kind: A key of `CHOICES`; an act that is not there takes no reason.
        given: What came with the act: a code, or nothing.
        demanded: Whether a list that requires a reason is held to it.

    Raises:
        ReasonRefused: It is none of the list, or one is missing; the hint names the list.
    """
    choice = CHOICES.get(kind, Choice(()))
    if given in (None, ""):
        if choice.required and demanded:
            raise ReasonRefused("This act takes a reason.", hint=_listed(choice))
        return None
    if not isinstance(given, str) or given not in choice.codes:
        raise ReasonRefused(f"“{str(given)[:40]}” is no reason for this act.", hint=_listed(choice))
    return given


def noted(data: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    """Return what an audit entry carries, with the reason if there is one."""
    return dict(data) if reason is None else {**data, "reason": reason}


def words(code: str) -> str:
    """Return a reason in plain words; one that this version does not know, by its code."""
    return WORDS.get(code, code)


def offered(kind: str) -> dict[str, Any] | None:
    """Return a list as JSON-ready data, for a page; None for an act without one."""
    choice = CHOICES.get(kind)
    if choice is None:
        return None
    listed = [{"code": code, "words": WORDS[code]} for code in choice.codes]
    return {"required": choice.required, "choices": listed}


def _listed(choice: Choice) -> str:
    if not choice.codes:
        return "It takes none."
    return f"Give one as “reason”: {', '.join(choice.codes)}."
