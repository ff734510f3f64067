"""C-2: a request for silence needs an end that a date can be given for."""

from collections.abc import Iterator
from typing import Final

from portal.policy.clock_rules import ANCHORS
from portal.policy.disclosure import Disclosure
from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.remarks import BOD, Found
from portal.policy.spans import Span

_PATH: Final = ("disclosure",)
_LATE: Final = frozenset({"resolved", "closed"})  # events that may take longer than any window


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[disclosure]``."""
    window = policy.disclosure
    if window is None:
        yield silent(
            "disclosure",
            "no-disclosure",
            "when a find may be published",
            "Each side then assumes what suits it, and the quarrel comes when both are in a hurry.",
            '[disclosure] with a text and maximum = "90 calendar days"',
        )
        return
    yield from _end(window)
    yield from _both(window)
    yield from _days("minimum", window.minimum)
    yield from _days("maximum", window.maximum)


def _end(window: Disclosure) -> Iterator[Found]:
    if (window.until or window.agreement or window.not_before) and not window.maximum:
        yield Found(
            _PATH,
            "warning",
            "open-ended-embargo",
            "The request for silence is open-ended.",
            f"{BOD} allows only a request that is limited in time.",
            'Add a maximum to [disclosure], as in maximum = "90 calendar days".',
        )
    elif window.minimum and not window.maximum:
        yield Found(
            _PATH,
            "notice",
            "no-latest-publication",
            "There is an earliest date for publication, and none from which it is free.",
            "A researcher cannot tell when the request is over.",
            'Add a maximum if the policy has one, as in maximum = "120 calendar days".',
        )


def _both(window: Disclosure) -> Iterator[Found]:
    """Two rules of which one sets the researcher free and the other one does not."""
    if window.not_before in _LATE and window.maximum:
        yield Found(
            (*_PATH, "not_before"),
            "notice",
            "windows-differ",
            f"After {window.maximum} the researcher is free, and you publish nothing before "
            f"{ANCHORS[window.not_before]}.",
            "Should that take longer, they speak first and you have no words ready.",
            "Keep both if you mean them; prepare what you will say on the last day.",
        )


def _days(key: str, span: Span | None) -> Iterator[Found]:
    """Windows are agreed in dates that everybody can count."""
    if span and span.unit == "business_days":
        yield Found(
            (*_PATH, key),
            "notice",
            "window-in-business-days",
            f"The {key} is counted in business days.",
            "A researcher elsewhere does not know your holidays, and counts to another day.",
            f'Write it in calendar days or weeks, as in {key} = "90 calendar days".',
        )
