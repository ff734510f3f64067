"""How the desk works for a program: which acts take two people."""

from typing import Final

from portal.policy.advice import did_you_mean, wrong
from portal.policy.reading import Table

# What staff can decide, as they type it. That somebody opened a report is no decision, but a fact.
# A test compares this with the events themselves.
VERBS: Final = (
    *("acknowledge", "assess", "accept", "decline", "duplicate", "fix", "update", "resolve"),
    *("pause", "resume"),
    *("propose-publication", "counter-publication", "agree-publication", "accept-publication"),
    *("decline-publication", "refuse-publication", "publish", "leak"),
    *("note-data-held", "ask-data-deletion", "confirm-data-deletion"),
    *("note-exposure", "set-aware", "set-measure-available", "set-material"),
    *("note-notified", "decide-reportable", "share-outside"),
    *("reward", "credit", "drop-credit", "verify", "close"),
)


def read_two_people(pack: Table) -> tuple[str, ...]:
    """Return the acts that ``[desk]`` leaves to two people together; none when it does not say."""
    table = pack.table("desk")
    if table is None:
        return ()
    with table:
        verbs = table.lines("two_people", _check)
        if not verbs:
            hint = 'Write two_people = ["decline"], or take the table out.'
            table.note("two_people", "No act is named here.", hint)
        if len(set(verbs)) < len(verbs):
            table.note("two_people", "An act is named twice.", "Name each one once.")
        return verbs


def _check(verb: str) -> None:
    """Make sure that staff can record this.

    Raises:
        ValueError: They cannot.
    """
    if verb not in VERBS:
        hint = f"{did_you_mean(verb, VERBS)} Use some of: {', '.join(VERBS)}."
        raise wrong(f"{verb!r} is nothing that staff record", hint.strip())
