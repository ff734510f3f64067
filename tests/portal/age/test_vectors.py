"""The public vectors of the age format: exact failure, exact plaintext, exact bytes."""

import hashlib
import hmac
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.age import header, primitives, stream
from portal.age.armor import ArmoredSink, ArmoredSource
from portal.age.decrypting import decrypt
from portal.age.errors import (
    AgeError,
    ArmorFailure,
    HeaderFailure,
    MacFailure,
    NoMatch,
    PayloadFailure,
)
from portal.age.identities import Identity, ScryptIdentity, parse
from portal.age.sizes import NONCE_BYTES, payload_length, plaintext_length

TESTDATA = Path(__file__).parents[2] / "vectors" / "age" / "testdata"
NAMES = sorted(path.name for path in TESTDATA.iterdir())
NOTHING = hashlib.sha256(b"").hexdigest()
FAILURES: dict[str, type[AgeError] | None] = {
    "success": None,
    "no match": NoMatch,
    "HMAC failure": MacFailure,
    "header failure": HeaderFailure,
    "payload failure": PayloadFailure,
    "armor failure": ArmorFailure,
}
KEYS = {
    "expect",
    "payload",
    "identity",
    "passphrase",
    "armored",
    "file key",
    "comment",
    "compressed",
}


@dataclass(frozen=True, slots=True)
class Vector:
    """One file of the suite."""

    facts: tuple[tuple[str, str], ...]
    file: bytes

    def all(self, key: str) -> list[str]:
        """Return every value of a key."""
        return [value for name, value in self.facts if name == key]

    def one(self, key: str, default: str = "") -> str:
        """Return the first value of a key."""
        return (self.all(key) or [default])[0]

    @property
    def identities(self) -> list[Identity]:
        """The keys and passphrases to open the file with."""
        keys: list[Identity] = [parse(text) for text in self.all("identity")]
        return keys + [ScryptIdentity(text) for text in self.all("passphrase")]

    @property
    def source(self) -> io.BytesIO | ArmoredSource:
        """The file, out of its armour if it has one."""
        stream = io.BytesIO(self.file)
        return ArmoredSource(stream) if self.one("armored") == "yes" else stream


def load(name: str) -> Vector:
    """Read one file of the suite."""
    head, _, file = (TESTDATA / name).read_bytes().partition(b"\n\n")
    facts = tuple(line.partition(": ")[::2] for line in head.decode("utf-8").split("\n"))
    assert {key for key, _ in facts} <= KEYS, "the suite gained a key this reader does not know"
    vector = Vector(facts, file)
    if vector.one("compressed") == "zlib":
        return Vector(facts, zlib.decompress(file))
    return vector


def headers() -> list[str]:
    """Name the vectors whose header is sound."""
    return [name for name in NAMES if load(name).one("expect") not in _UNREADABLE]


_UNREADABLE = {"header failure", "armor failure"}


def successes() -> list[str]:
    """Name the vectors that open."""
    return [name for name in NAMES if load(name).one("expect") == "success"]


def test_the_suite_is_whole() -> None:
    """All 143 vectors are here."""
    assert len(NAMES) == 143


@pytest.mark.parametrize("name", NAMES)
def test_every_vector_ends_as_the_suite_says(name: str) -> None:
    """The failure is of the exact class, and exactly the right plaintext came out before it."""
    vector = load(name)
    sink = io.BytesIO()
    failure: type[AgeError] | None = None
    try:
        decrypt(vector.source, vector.identities, sink)
    except AgeError as error:
        failure = type(error)
    assert failure is FAILURES[vector.one("expect")]
    released = hashlib.sha256(sink.getvalue()).hexdigest()
    assert released == vector.one("payload", NOTHING)


@pytest.mark.parametrize("name", headers())
def test_a_header_is_written_as_it_was_read(name: str) -> None:
    """Reading a header and writing its parts gives the same bytes."""
    head = header.read(load(name).source)
    assert header.finished(header.unfinished(head.stanzas), head.mac) == head.raw
    assert head.raw.startswith(head.authenticated)
    assert head.authenticated.endswith(b"\n---")


@pytest.mark.parametrize("name", successes())
def test_a_payload_is_sealed_as_the_suite_sealed_it(name: str) -> None:
    """With the vector's file key and nonce, sealing gives the vector's own bytes."""
    vector = load(name)
    source = vector.source
    head = header.read(source)
    payload = b"".join(iter(lambda: source.read(1 << 16), b""))
    file_key = bytes.fromhex(vector.one("file key"))
    assert hmac.compare_digest(primitives.header_mac(file_key, head.authenticated), head.mac)
    plain, again = io.BytesIO(), io.BytesIO()
    decrypt(vector.source, vector.identities, plain)
    nonce = payload[:NONCE_BYTES]
    stream.seal(io.BytesIO(plain.getvalue()), again, primitives.payload_key(file_key, nonce))
    assert nonce + again.getvalue() == payload
    assert payload_length(len(plain.getvalue())) == len(payload)
    assert plaintext_length(len(payload)) == len(plain.getvalue())


@pytest.mark.parametrize("name", ["armor_full_last_line", "armor_x25519", "armor_hybrid"])
def test_armour_is_written_as_the_suite_writes_it(name: str) -> None:
    """Taking the armour off and putting it on again gives the same text."""
    vector = load(name)
    source = ArmoredSource(io.BytesIO(vector.file))
    binary = b"".join(iter(lambda: source.read(7), b""))
    sink = io.BytesIO()
    with ArmoredSink(sink) as armored:
        for start in range(0, len(binary), 11):
            armored.write(binary[start : start + 11])
    assert sink.getvalue() == vector.file
