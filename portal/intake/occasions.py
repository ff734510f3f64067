"""What is asked on occasion, whatever the policy: about open data, about misuse, in a question.

A policy chooses from the catalogue what every report is asked for. These are asked of those who
tick that their report cannot wait, and of those who only want to ask something. All answers are
sealed, as those of the catalogue are.
"""

from collections.abc import Mapping
from typing import Final

from portal.policy.field import LONG, MAIL, Asked, Choice, Field

_FOUND_OPEN: Final = (
    Choice("yes", "Yes, it is still open"),
    Choice("no", "No, not any more"),
    Choice("unknown", "I cannot tell"),
)
_EXPOSED: Final = (
    Field(
        id="exposed_data",
        section="finding",
        kind="long",
        label="What data lies open",
        help="What sort of data, and about whom. Describe it; do not copy more of it.",
        limit=LONG,
    ),
    Field(
        id="exposed_amount",
        section="finding",
        kind="text",
        label="How much of it",
        help="As far as you can tell without looking further.",
    ),
    Field(
        id="exposed_open",
        section="finding",
        kind="choice",
        label="Is it still open?",
        choices=_FOUND_OPEN,
    ),
)
_EXPLOITED: Final = (
    Field(
        id="exploited_signs",
        section="finding",
        kind="long",
        label="What shows that it is exploited",
        help="What you saw, where and when.",
        limit=LONG,
    ),
)
# The fields of a question, by what the sealed document calls them.
QUESTION: Final[Mapping[str, Asked]] = {
    "title": Asked(
        Field(id="subject", section="finding", kind="text", label="Subject"),
        "required",
    ),
    "question": Asked(
        Field(
            id="question",
            section="finding",
            kind="long",
            label="Your question",
            help="Write down what you found as a report, not here: this starts no clock.",
            limit=LONG,
        ),
        "required",
    ),
    "contact_email": Asked(
        Field(
            id="contact",
            section="finding",
            kind="email",
            label="Your e-mail address",
            help="Without one, staff answer through your tracking token.",
            limit=MAIL,
        ),
        "optional",
    ),
}
# What is asked beside each tick that the server sees.
URGENT: Final[Mapping[str, tuple[Asked, ...]]] = {
    "exposed": tuple(Asked(field, "requested") for field in _EXPOSED),
    "exploited": tuple(Asked(field, "requested") for field in _EXPLOITED),
}
# Everything above that has no place in the catalogue, by id.
OCCASIONAL: Final[Mapping[str, Field]] = {
    field.id: field for field in (*_EXPOSED, *_EXPLOITED, QUESTION["question"].field)
}
