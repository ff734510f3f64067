"""Who vouches for a bundle: the roots of all programs that it holds reports of.

A root signs a keyset, the keyset names the server's receipt key, and that key signs the manifest.
One program whose chain does not hold is enough to refuse the whole: else a keyset of somebody's own
making, put beside the genuine ones, could vouch for their reports.
"""

from collections.abc import Mapping

from portal.errors import KeysetRefused
from portal.offline.bundle import Bundle
from portal.offline.pins import Pins
from portal.offline.report_text import span
from portal.policy.keyset import Keyset
from portal.policy.succession import Succession

HINT = (
    "Export it again: `portico export`. With --unsigned a bundle opens without any proof, unless a "
    "root of its portal was seen before."
)


def vouched(bundle: Bundle, *, pins: Pins, root: str | None) -> dict[str, Succession]:
    """Return the keysets of a bundle by program, the newest of which all vouch for it.

    They may have expired since: what they prove is who signed, not whom to seal to.

    Args:
        bundle: Read, nothing of it believed yet.
        pins: What was seen of the portal before; nothing is added to it.
        root: Fingerprint the user gave; None to go by what was seen.

    Raises:
        KeysetRefused: A keyset is missing, too many, under another name, or signed by another root
            than expected; or the pins are damaged.
        StatementRefused: The manifest was not signed by the server they name, or was changed since.
    """
    programs = sorted({case.program for case in bundle.cases})
    if not programs:
        raise _refused("The bundle holds no report, so nobody vouches for it.")
    for program in bundle.keysets.keys() - set(programs):
        raise _refused(f"The bundle carries a keyset of {span(program)}, and no report to it.")
    found = {program: _keysets(bundle, program, pins, root) for program in programs}
    for keysets in found.values():
        bundle.verify(keysets.newest)
    return found


def unseen(bundle: Bundle, keysets: Mapping[str, Succession], *, pins: Pins) -> tuple[Keyset, ...]:
    """Return the newest keysets of those programs that had no root in the pins yet."""
    return tuple(
        found.newest
        for program, found in keysets.items()
        if pins.of(bundle.portal, program).root is None
    )


def _keysets(bundle: Bundle, program: str, pins: Pins, root: str | None) -> Succession:
    texts = bundle.keysets.get(program)
    if not texts:
        raise _refused(f"The bundle carries no keyset of {span(program)}.")
    found = Succession.of(
        pins.read(text, portal=bundle.portal, program=program, root=root) for text in texts
    )
    if found.newest.program != program:
        raise _refused(f"The bundle's keyset of {span(program)} is that of another program.")
    return found


def _refused(message: str) -> KeysetRefused:
    return KeysetRefused(message, hint=HINT)
