"""Every way a sealed file can be wrong that shows without a key, with the words that answer it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal import age
from portal.age.identities import HybridIdentity, X25519Identity
from portal.age.recipients import ScryptRecipient
from portal.policy.keyset import Keyset
from tests.actors import seal

Change = Callable[[bytes, Keyset], bytes]


@dataclass(frozen=True)
class Fault:
    """A sealed file gone wrong.

    Attributes:
        phrase: Part of the message that names the fault.
        change: Makes the wrong file from a sound one.
        declared: What the delivery says otherwise than the truth about that file.
        by_hand: Whether it is a fault of a file that nothing was declared about, too.
    """

    phrase: str
    change: Change = lambda data, _: data
    declared: dict[str, Any] = field(default_factory=dict)
    by_hand: bool = True


def recipient(kind: str) -> str:
    """A fresh recipient of this kind."""
    made = X25519Identity.generate() if kind == "classic" else HybridIdentity.generate()
    return str(made.recipient)


def other(kind: str) -> str:
    """The kind of key that the program does not use."""
    return "hybrid" if kind == "classic" else "classic"


def grown(keyset: Keyset, more: int) -> bytes:
    """A file sealed to the keyset and to more recipients."""
    return seal(b"x", (*keyset.recipients, *(recipient(keyset.kind) for _ in range(more))))


def locked() -> bytes:
    """A file under a passphrase."""
    sink = io.BytesIO()
    age.encrypt(io.BytesIO(b"x"), [ScryptRecipient("sesame", work_factor=4)], sink)
    return sink.getvalue()


def mixed(data: bytes, keyset: Keyset) -> bytes:
    """A file with one wrapped key of the other kind among those of the keyset's."""
    foreign = seal(b"x", (recipient(other(keyset.kind)),))
    stanza = foreign[foreign.index(b"\n") + 1 : foreign.index(b"--- ")]
    start = data.index(b"\n") + 1
    return data[:start] + stanza + data[start:]


def damaged(data: bytes, _: Keyset) -> bytes:
    """A file whose first wrapped key is too short."""
    start = data.index(b"\n") + 1
    first = data.index(b"\n", start) + 1
    end = min(place for place in (data.find(b"-> ", first), data.find(b"--- ", first)) if place > 0)
    return data[:first] + b"YQ\n" + data[end:]


def body(data: bytes) -> int:
    """Return where the payload starts."""
    return data.index(b"\n", data.index(b"\n--- ") + 1) + 1


FAULTS = {
    "plain text": Fault("not an age file", lambda _, __: b"I found a hole in the payment page."),
    "empty": Fault("not an age file", lambda _, __: b""),
    "armoured": Fault(
        "not an age file", lambda _, __: b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n"
    ),
    "header cut": Fault("not an age file", lambda data, _: data[:100]),
    "payload missing": Fault("cut off", lambda data, _: data[: body(data)]),
    "nonce only": Fault("cut off", lambda data, _: data[: body(data) + 16]),
    "a length no file has": Fault("cut off", lambda data, _: data[: body(data) + 16 + 65552 + 5]),
    "fewer bytes than announced": Fault(
        "were announced", declared={"report_length": "99"}, by_hand=False
    ),
    "another file than announced": Fault(
        "not the file that was announced", declared={"report_sha256": "0" * 64}, by_hand=False
    ),
    "a colleague left out": Fault(
        "recipients", lambda _, keyset: seal(b"x", keyset.recipients[:-1])
    ),
    "own copy missing": Fault(
        "recipients", lambda _, keyset: seal(b"x", keyset.recipients), by_hand=False
    ),
    "two too many": Fault("recipients", lambda _, keyset: grown(keyset, 2)),
    "more than 64": Fault("more than any keyset", lambda _, keyset: grown(keyset, 64)),
    "keys of another kind": Fault(
        "this program's keys are",
        lambda _, keyset: seal(b"x", tuple(recipient(other(keyset.kind)) for _ in range(3))),
    ),
    "both kinds of key": Fault("this program's keys are", mixed),
    "a passphrase": Fault("passphrase", lambda _, __: locked()),
    "a damaged key": Fault("damaged", damaged),
}
