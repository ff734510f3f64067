"""The stanzas of an age file: how many people can open it, and with what kind of key.

Who they are cannot be seen without a key; how many they are, and of which kind, can.
"""

from collections import Counter
from collections.abc import Sequence

from portal.age.header import Stanza
from portal.errors import EnvelopeRefused
from portal.policy.entries import MAX_STANZAS
from portal.policy.keyset import Keyset

# Characters of each argument (a share) and bytes of the body (a file key of 16 with its tag).
_SHAPES = {"X25519": ([43], 32), "mlkem768x25519": ([1494], 32)}
_STANZA = {"hybrid": "mlkem768x25519", "classic": "X25519"}
_KIND = {stanza: kind for kind, stanza in _STANZA.items()}


def check(stanzas: Sequence[Stanza], *, keyset: Keyset, copies: int | None) -> None:
    """Make sure that a file could be sealed to everybody in a keyset, and to nobody else.

    Args:
        stanzas: Of its header.
        keyset: Whose recipients they must be for.
        copies: How many of them are for others, as the reporter; None for at most one.

    Raises:
        EnvelopeRefused: Recipients of another kind, too few or too many, a passphrase, or a
            wrapped key that cannot be one.
    """
    _check_kinds([stanza.type for stanza in stanzas], keyset, copies)
    _check_shapes(stanzas)


def _check_kinds(types: Sequence[str], keyset: Keyset, copies: int | None) -> None:
    count = Counter(kind for kind in types if not kind.endswith("-grease"))
    if len(types) > MAX_STANZAS or len(types) - count.total() > 1:
        raise EnvelopeRefused(
            f"The file names {len(types)} recipients, more than any keyset lists.",
            hint="Seal it to the recipients shown on the page, and to nobody else but yourself.",
        )
    if "scrypt" in count:
        raise EnvelopeRefused(
            "The file is locked with a passphrase, which staff do not have.",
            hint="Seal it with `age -R` and the recipients shown on the page.",
        )
    if set(count) != {_STANZA[keyset.kind]}:
        kinds = " and ".join(sorted(_KIND.get(kind, kind) for kind in count)) or "nobody"
        raise EnvelopeRefused(
            f"The file is sealed to {kinds} keys; this program's keys are {keyset.kind}.",
            hint="Use the recipients shown on the page, without adding keys of another kind.",
        )
    _check_count(count.total(), len(keyset.recipients), copies)


def _check_count(found: int, staff: int, copies: int | None) -> None:
    allowed = range(staff, staff + 2) if copies is None else [staff + copies]
    if found not in allowed:
        raise EnvelopeRefused(
            f"The file is sealed to {found} recipients; the keyset has {staff}, all of whom are "
            "needed, and nobody else but you.",
            hint="Seal it to every recipient shown on the page, so that no colleague is left out.",
        )


def _check_shapes(stanzas: Sequence[Stanza]) -> None:
    """Make sure that each wrapped key could be one; whether it is, only its owner can tell."""
    for stanza in stanzas:
        shape = _SHAPES.get(stanza.type)
        if shape and ([len(text) for text in stanza.args], len(stanza.body)) != shape:
            raise EnvelopeRefused(
                "One of the wrapped keys in the file is damaged.",
                hint="Seal the report again and send the new file.",
            )
