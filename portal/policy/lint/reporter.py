"""C-1 and C-4: nobody should have to say who they are."""

from collections.abc import Iterator
from typing import Final

from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.remarks import BOD, Found

# Answers that tell who somebody is, or lead to them.
IDENTITY: Final = ("full_name", "company", "contact_email", "contact_phone")


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on what reporters have to give away, and on what they are told about it."""
    yield from _asked(policy)
    if policy.anonymity is None:
        yield silent(
            "anonymity",
            "no-anonymity",
            "whether anonymous reports are welcome",
            f"{BOD} wants it said; who is not sure of it often keeps a find to themselves.",
            '[anonymity] with text = "You need not say who you are."',
        )


def _asked(policy: Policy) -> Iterator[Found]:
    """C-1: what identifies people may be asked for, and not required."""
    for asked in policy.fields:
        name, path = asked.field.label.lower(), ("fields", asked.field.id)
        if asked.field.id in IDENTITY and asked.strength == "required":
            yield Found(
                path,
                "warning",
                "identity-required",
                f"The {name} is required.",
                f"{BOD} rules out required personal data: reports must be possible without a name.",
                'Write "requested" or "optional"; a token keeps reporters reachable.',
            )
        if asked.field.id == "full_name" and asked.strength == "requested":
            yield Found(
                path,
                "notice",
                "identity-requested",
                "A full name is asked for.",
                "This strains against BOD 20-01: people take a request for a demand.",
                "Leaving it empty still submits; say so in the field's note, or ask for a handle.",
            )
