"""What a star in a rule's host name may stand for, on the side that permits and on the other.

A star next to a public suffix would take names of strangers, so a permit never follows it there.
Section 5.2 of the scope semantics is the source of every case below.
"""

from scope.frozen import Frozen
from scope.places import lent, suffix
from scope.places.names import Names

BROAD = "broad"  # covers a suffix under which strangers register names
STAR_ON_NAME = "star-on-name"  # the star stands where strangers choose the name
STAR_IN_SUFFIX = "star-in-suffix"  # the star is a part of the last label


class Reading(Frozen):
    """The two readings of a name; without a narrow one, ``why`` gives the reason."""

    __slots__ = ("narrow", "why", "wide")

    narrow: Names | None
    wide: Names
    why: str

    def __init__(self, narrow: Names | None, wide: Names, why: str = "") -> None:
        self._hold(narrow=narrow, wide=wide, why=why)


def read(text: str, *, apex: bool = False, confirmed: bool = False) -> Reading:
    """Return what a normalised name with stars must mean at least, and may mean at most.

    >>> read("*.shop.example").narrow.text, read("*.com").why
    ('*.shop.example', 'broad')
    >>> read("*53.com").narrow.text, read("*53.com").wide.text
    ('*.53.com', '*53.com')

    Args:
        text: A normalised name.
        apex: A name that opens with ``*.`` also means what follows.
        confirmed: A person has confirmed that a broad rule is meant as written.
    """
    if "*" not in text:
        return Reading(Names(text), Names(text, wide=True))
    labels = text.split(".")
    if len(labels) == 1:  # no suffix is named, so any may be meant
        return Reading(None, Names(text, wide=True), STAR_IN_SUFFIX)
    if labels[-1].endswith("*") and labels[-1] != "*":
        found = read(text.rstrip("*"), apex=apex, confirmed=confirmed)  # surely any path, at most
        wide = Names(text, wide=True, apex=found.wide.apex)  # also names that go on with letters
        return Reading(found.narrow, wide, found.why)
    apex = apex and text.startswith("*.")
    wide = Names(text, wide=True, apex=apex)
    if "*" in labels[-1] and labels[-1] != "*":
        return Reading(None, wide, STAR_IN_SUFFIX)
    if labels[-1] == "*":
        return _before_any_suffix(labels[:-1], wide)
    return _before_literal_tail(labels, wide, confirmed=confirmed)


def _before_any_suffix(labels: list[str], wide: Names) -> Reading:
    """Read ``name.*``: certain unless the name itself has a star."""
    if labels and "*" not in labels[-1]:
        return Reading(Names(wide.text, apex=wide.apex), wide)
    return _glued(labels, wide)


def _before_literal_tail(labels: list[str], wide: Names, *, confirmed: bool) -> Reading:
    """Read a name whose last label has no star."""
    starred = [at for at, label in enumerate(labels) if "*" in label]
    certain = Names(wide.text, apex=wide.apex)
    if not starred or not suffix.is_shared(".".join(labels[starred[-1] + 1 :])):
        return _among_lent(labels, certain, wide, confirmed=confirmed)
    if starred == [0] and labels[0] == "*":
        return Reading(certain if confirmed else None, wide, "" if confirmed else BROAD)
    return _glued(labels[: starred[-1] + 1], wide)


def _among_lent(labels: list[str], certain: Names, wide: Names, *, confirmed: bool) -> Reading:
    """Read a name whose stars may stand inside the suffix of a hosting company."""
    broad = labels[0] == "*"
    if (broad and confirmed) or not lent.free_below(labels):
        return Reading(certain, wide)
    return Reading(None, wide, BROAD if broad else STAR_ON_NAME)


def _glued(labels: list[str], wide: Names) -> Reading:
    """Read ``*text`` before a public suffix: ``text`` there and below it is certain."""
    text = labels[0][1:] if len(labels) == 1 else ""
    if not text or "*" in text or not labels[0].startswith("*"):
        return Reading(None, wide, STAR_ON_NAME)
    return Reading(Names(f"*.{wide.text[1:]}", apex=True), wide, STAR_ON_NAME)
