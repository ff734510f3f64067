"""Opening an age file. Never imported by anything that runs on the server."""

import hmac
from collections.abc import Iterable, Sequence

from portal.age import header, identities, primitives, stream
from portal.age.bytestreams import Sink, Source, read_fully
from portal.age.errors import DAMAGED, HeaderFailure, MacFailure, NoMatch
from portal.age.header import Header, Stanza
from portal.age.identities import Identity
from portal.age.sizes import NONCE_BYTES


def decrypt(source: Source, using: Iterable[Identity | str], sink: Sink) -> None:
    """Open an age file with whichever identity fits.

    Everything written to the sink was authenticated, but until this returns it may be only the
    beginning: write to a temporary name and rename afterwards.

    Args:
        source: Binary stream at the start of a file without armour.
        using: Identities, parsed or as ``AGE-SECRET-KEY-…`` text, or passphrases.
        sink: Binary stream that takes the content.

    Raises:
        HeaderFailure: The header is not one that the format allows.
        NoMatch: None of the identities opens this file.
        MacFailure: The header was changed.
        PayloadFailure: The content was changed, cut or continued.
        IdentityMalformed: An identity given as text is not one.
    """
    known = [identities.parse(each) if isinstance(each, str) else each for each in using]
    head = header.read(source)
    file_key = unlock(head, known)
    nonce = read_fully(source, NONCE_BYTES)
    if len(nonce) < NONCE_BYTES:
        raise HeaderFailure("The age file ends right after its header.", hint=DAMAGED)
    stream.unseal(source, sink, primitives.payload_key(file_key, nonce))


def unlock(head: Header, known: Iterable[Identity]) -> bytes:
    """Return the file key, with the header proven to be the one made for it.

    Raises:
        HeaderFailure: A stanza that the format does not allow.
        NoMatch: None of the identities opens this file.
        MacFailure: The header was changed.
    """
    _passphrase_alone(head.stanzas)
    file_key = _file_key(head.stanzas, known)
    if not hmac.compare_digest(primitives.header_mac(file_key, head.authenticated), head.mac):
        raise MacFailure("The age header was changed after it was made.", hint=DAMAGED)
    return file_key


def _passphrase_alone(stanzas: Sequence[Stanza]) -> None:
    if len(stanzas) > 1 and any(each.type == primitives.SCRYPT_TYPE for each in stanzas):
        raise HeaderFailure("The age header mixes a passphrase with other keys.", hint=DAMAGED)


def _file_key(stanzas: Sequence[Stanza], known: Iterable[Identity]) -> bytes:
    for identity in known:
        if (file_key := identity.unwrap(stanzas)) is not None:
            return file_key
    raise NoMatch(
        "None of the keys given opens this file.",
        hint="Check which key or passphrase it was sealed to; "
        "a key added later does not open older files.",
    )
