"""Whether what the form says can be read by anybody."""

from collections.abc import Iterator

from portal.policy.pack import Policy
from portal.policy.remarks import Found


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[fields]``."""
    for asked in policy.fields:
        if asked.strength == "hidden" and asked.note:
            yield Found(
                ("fields", asked.field.id),
                "warning",
                "note-unseen",
                "This note is on a hidden field.",
                "Nobody will ever read it.",
                'Add strength = "optional", or take the field out.',
            )
