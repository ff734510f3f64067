"""Stars in text, matched in time that grows with the text and no faster.

A regular expression backtracks for every further star; cutting the pattern at its stars and
finding the pieces in order does not, so no rule and no target can hold the engine up.
"""


def covers(pattern: str, text: str) -> bool:
    """Tell whether ``text`` fits ``pattern``, in which ``*`` stands for any characters, or none.

    A star inside ``text`` is an ordinary character that only a star of the pattern can take, so
    the same call proves that everything written by one pattern is covered by another.

    >>> covers("api-*.example", "api-7.example"), covers("*.example", "api-*.example")
    (True, True)
    >>> covers("api-*.example", "*.example")
    False
    """
    head, *pieces = pattern.split("*")
    if not pieces:
        return text == head
    *pieces, tail = pieces
    at, end = len(head), len(text) - len(tail)
    if at > end or not text.startswith(head) or not text.endswith(tail):
        return False
    for piece in pieces:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def may_meet(one: str, other: str) -> bool:
    """Tell whether two patterns could fit the same text; True when in doubt.

    >>> may_meet("api-*", "*-eu"), may_meet("api-*", "web-*")
    (True, False)
    """
    if "*" not in one or "*" not in other:
        return covers(one, other) or covers(other, one)
    heads = one.partition("*")[0], other.partition("*")[0]
    tails = one.rpartition("*")[2], other.rpartition("*")[2]
    return (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0])) and (
        tails[0].endswith(tails[1]) or tails[1].endswith(tails[0])
    )
