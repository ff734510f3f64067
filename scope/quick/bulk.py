"""Many rules at once: which of them are plainly one host, so that the others get a look each."""

import re
from collections.abc import Sequence

from scope.quick import marks
from scope.quick.glance import LONGEST_LABEL, NAME, NO_APP

# A rule a line, and a line end before the first: where a line begins that is no host name.
_MISFIT = re.compile(rf"\n(?!\Z|{NO_APP}{NAME}\n)")


def others(texts: Sequence[str]) -> list[int]:
    """Return the places of rules that are not plainly one short host, in rising order.

    >>> others(["a.example", "*.b.example", "com.shop.app", "b", "x--y.de", "a..b"])
    [1, 2, 3, 4, 5]
    """
    joined = "\n".join(["", *texts, ""])
    if joined.count("\n") != len(texts) + 1:  # a rule with a line end inside
        return [*range(len(texts))]
    misfits = marks.numbered(joined, (found.start() for found in _MISFIT.finditer(joined)))
    found = {*misfits, *marks.having(joined, "--")}
    if max(map(len, texts), default=0) > LONGEST_LABEL:
        found.update(at for at, text in enumerate(texts) if len(text) > LONGEST_LABEL)
    return sorted(found)
