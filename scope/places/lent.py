"""Stars that may stand inside a public suffix, such as one of a hosting company.

Below ``s3.eu-west-1.amazonaws.com`` anybody can have a name, and ``*.s3.*.amazonaws.com`` takes
all of them, although nobody lends names directly below ``amazonaws.com``.
"""

from collections.abc import Sequence
from functools import cache

from scope.places import glob, suffix


def free_below(labels: Sequence[str]) -> bool:
    """Tell whether a name with stars may leave a stranger's name open below a listed suffix.

    >>> free_below(["*", "s3", "*", "amazonaws", "com"]), free_below(["*", "*", "shop", "com"])
    (True, False)

    Args:
        labels: The labels of a normalised name; the last has no star.
    """
    starred = [at for at, label in enumerate(labels) if "*" in label]
    if len(starred) < 2:
        return False
    listed = _listed_below().get(suffix.as_listed(".".join(labels[starred[-1] + 1 :])), ())
    return any(_leaves_open(labels, starred, each.split(".")) for each in listed)


def may_be(name: str) -> bool:
    """Tell whether a name, or one of those that a pattern stands for, is lent to a customer.

    The names that companies lend below count, and so do the endings themselves.

    >>> may_be("me.github.io"), may_be("www.shop.com"), may_be("*.amazonaws.com")
    (True, False, True)
    """
    base = name.rpartition("*.")[2] if "*" in name else name
    shown = f"{suffix.PROBE}.{base}" if "*" in name else name
    owned = suffix.public_suffix(shown, private=False)
    if suffix.public_suffix(shown, private=True) != owned:
        return True
    return "*" in name and suffix.as_listed(base) in _listed_below()


def _leaves_open(labels: Sequence[str], starred: Sequence[int], ending: Sequence[str]) -> bool:
    """Tell whether the labels behind a star, or its own further labels, can be one suffix."""
    spare = len(labels) - len(ending)
    if spare > 0:
        return spare - 1 in starred and _may_be(labels[spare:], ending)
    return labels[0].startswith("*") and _may_be(
        labels[1:], ending[len(ending) - len(labels) + 1 :]
    )


def _may_be(labels: Sequence[str], ending: Sequence[str]) -> bool:
    """Tell whether labels with stars can stand for those of a suffix, which may have its own."""
    return all(map(glob.may_meet, map(suffix.as_listed, labels), ending))


@cache
def _listed_below() -> dict[str, list[str]]:
    """Return the suffixes of three labels and more, by each name above them that has a dot."""
    found: dict[str, list[str]] = {}
    for rule in suffix.rules():
        above = rule.partition(".")[2] if rule.count(".") > 1 and rule[0] not in "/!" else ""
        while "." in above:
            found.setdefault(above, []).append(rule)
            above = above.partition(".")[2]
    return found
