"""What an event can say besides dates and numbers: codes from short lists, with their words.

Free text would be plaintext in the database, so there is none.
"""

from collections.abc import Mapping
from typing import Any, Final

from portal.policy import pauses

Words = Mapping[str, str]

YES_NO: Final[Words] = {"yes": "Yes", "no": "No"}
BASES: Final[Words] = {
    "consent": "The reporter agreed",
    "law": "The law demands it",
    "court": "A court ordered it",
}
WEIGHTS: Final[Words] = {"low": "Low", "medium": "Medium", "high": "High"}
# Why, by event. What is not here takes no reason.
REASONS: Final[Mapping[str, Words]] = {
    "clock_paused": pauses.REASONS,
    "leaked": {
        "third-party": "Somebody else published it",
        "reporter": "The reporter published it",
        "attacker": "Attackers made it public",
        "own-mistake": "The organisation let it out",
    },
    "aware": {
        "clear-evidence": "The evidence was clear at once",
        "short-investigation": "A short investigation showed it",
        "exploited-in-the-wild": "It was seen to be exploited",
        "told-by-authority": "An authority said so",
    },
    "reportable": {
        "significant": "It is significant",
        "likely-risk": "It is likely to put people at risk",
        "other-duty": "Another duty applies",
        "not-exploited": "It was not exploited",
        "no-personal-data": "No personal data was touched",
        "good-faith-research": "Only good-faith research touched it",
        "unlikely-risk": "It is unlikely to put people at risk",
    },
    "shared_with": {
        "coordination": "To coordinate with others who are affected",
        "vendor-fix": "So that a vendor can fix it",
        "authority-request": "An authority asked for it",
        "court-order": "To follow an order of a court",
        "reporter-wish": "The reporter wishes it",
    },
}


def of(event: str, name: str) -> Words | None:
    """Return the codes that one thing an event carries is chosen from; None for no list."""
    if name == "reason":
        return REASONS.get(event)
    return {"answer": YES_NO, "basis": BASES}.get(name)


def words(event: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the words for the codes that an event carries, by what they are codes of."""
    lists = ((name, of(event, name)) for name in data)
    return {name: found[data[name]] for name, found in lists if found and data[name] in found}
