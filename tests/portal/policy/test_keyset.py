"""The keyset: a sender seals only to a set that its root vouched for, today, for this program."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.age import bech32
from portal.age.recipients import X25519Recipient
from portal.errors import KeysetRefused
from portal.policy import statement
from portal.policy.keyset import Keyset, issue

Claims = dict[str, Any]
DAY = 86400
IDENTITY = bech32.encode("age-secret-key-", bytes(32)).upper()


def recipient() -> str:
    """Return a new classic recipient."""
    return str(X25519Recipient(X25519PrivateKey.generate().public_key().public_bytes_raw()))


def signed(claims: Claims, root: Ed25519PrivateKey) -> str:
    """Sign claims without asking whether they make a keyset."""
    return statement.sign(claims, key=root, typ=statement.KEYSET, with_key=True)


def refuses(text: str, now: datetime, **asked: Any) -> str:
    """Return what a sender says when it refuses a keyset."""
    with pytest.raises(KeysetRefused) as refusal:
        Keyset.verify(text, **({"root": None, "program": "example", "now": now} | asked))
    assert refusal.value.hint
    return refusal.value.message


def test_a_current_keyset_is_read(claims: Claims, root: Ed25519PrivateKey, now: datetime) -> None:
    """A set signed by the pinned root today says who reads and what comes next."""
    text = issue(claims, root=root)
    pin = statement.fingerprint(root.public_key())
    keyset = Keyset.verify(f" {text}\n", root=pin, program="example", now=now, newest_seen=3)
    assert keyset.fingerprint == pin
    assert (keyset.version, keyset.kind, keyset.text) == (3, "hybrid", text)
    assert keyset.recipients == tuple(entry["recipient"] for entry in claims["entries"])
    assert keyset.expires - keyset.created == timedelta(days=30)
    assert statement.fingerprint(keyset.receipt_public_key) == claims["receipt_key"]["kid"]
    assert [entry.signing is None for entry in keyset.entries] == [False, True]


def test_a_set_names_the_one_before_by_its_hash(
    claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """The hash of a set's text is what its successor carries as `previous`."""
    first = Keyset.read(issue(claims, root=root), root=None)
    text = issue(claims | {"version": 4, "previous": first.sha256}, root=root)
    assert Keyset.verify(text, root=None, program="example", now=now).previous == first.sha256


def test_a_classic_set_is_allowed(
    claims: Claims, root: Ed25519PrivateKey, now: datetime, recipients: dict[str, list[str]]
) -> None:
    """A program may choose X25519 for all its recipients."""
    for listed, classic in zip(claims["entries"], recipients["classic"], strict=False):
        listed["recipient"] = classic
    text = issue(claims | {"kind": "classic"}, root=root)
    assert Keyset.verify(text, root=None, program="example", now=now).kind == "classic"


def test_an_unsigned_set_is_refused(claims: Claims, root: Ed25519PrivateKey, now: datetime) -> None:
    """A set without a signature, or altered after signing, is refused."""
    head, body, signature = signed(claims, root).split(".")
    _, other, _ = signed(claims | {"version": 9}, root).split(".")
    assert "three" in refuses(f"{head}.{body}.", now)
    assert "signature" in refuses(f"{head}.{other}.{signature}", now)


def test_a_set_of_another_kind_of_statement_is_refused(
    claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """Claims signed as a scope receipt are no keyset, nor is one that carries no key."""
    text = statement.sign(claims, key=root, typ=statement.SCOPE_RECEIPT, with_key=True)
    assert "kind" in refuses(text, now)
    assert "carry" in refuses(statement.sign(claims, key=root, typ=statement.KEYSET), now)


def test_another_root_is_refused(
    claims: Claims, root: Ed25519PrivateKey, server: Ed25519PrivateKey, now: datetime
) -> None:
    """Who controls the server cannot put a root of their own in place of the pinned one."""
    pin = statement.fingerprint(root.public_key())
    mine = claims | {"iss": "urn:portico:root:" + statement.fingerprint(server.public_key())}
    assert "pinned" in refuses(signed(mine, server), now, root=pin)
    assert "issuer" in refuses(signed(claims, server), now)


def test_another_program_is_refused(claims: Claims, root: Ed25519PrivateKey, now: datetime) -> None:
    """The set of one program does not serve another."""
    assert "belongs" in refuses(signed(claims, root), now, program="other")


def test_a_set_is_refused_from_its_expiry_on(
    claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """Good until the last second, refused from the moment it expires."""
    text, end = signed(claims, root), now + timedelta(days=30)
    last = end - timedelta(seconds=1)
    assert Keyset.verify(text, root=None, program="example", now=last).expires == end
    assert "expired" in refuses(text, end)


def test_a_set_from_the_future_is_refused(
    claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """Dating a set ahead does not lengthen its life; ten minutes of clock skew are forgiven."""
    text = signed(claims, root)
    soon = now - timedelta(minutes=10)
    assert Keyset.verify(text, root=None, program="example", now=soon)
    assert "future" in refuses(text, soon - timedelta(seconds=1))


@pytest.mark.parametrize("life", [30 * DAY + 1, 365 * DAY, 0, -1])
def test_a_set_lives_at_most_thirty_days(
    life: int, claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """A longer life, or none at all, is refused, also by the root that is asked to sign."""
    bad = claims | {"exp": claims["iat"] + life}
    assert "30 days" in refuses(signed(bad, root), now)
    with pytest.raises(KeysetRefused):
        issue(bad, root=root)


def test_an_older_set_is_refused(claims: Claims, root: Ed25519PrivateKey, now: datetime) -> None:
    """A reader who has met version 4 does not go back to 3; the log may still show it."""
    text = signed(claims, root)
    assert "seen before" in refuses(text, now, newest_seen=4)
    assert Keyset.read(text, root=None).version == 3


def test_mixed_recipients_are_refused(
    claims: Claims, root: Ed25519PrivateKey, now: datetime, recipients: dict[str, list[str]]
) -> None:
    """One classic recipient among hybrid ones would undo the protection of all."""
    claims["entries"][1]["recipient"] = recipients["classic"][0]
    assert "mixes" in refuses(signed(claims, root), now)


def test_a_set_is_what_it_says(claims: Claims, root: Ed25519PrivateKey, now: datetime) -> None:
    """A set that calls itself classic and lists hybrid recipients is refused."""
    assert "says it is" in refuses(signed(claims | {"kind": "classic"}, root), now)


@pytest.mark.parametrize(("others", "taken"), [(60, True), (61, False)])
def test_sixty_two_recipients_are_the_most(
    others: int, taken: bool, claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """With the reporter's own copy and grease they fit one envelope; one more is refused."""
    entries = claims["entries"] + [
        {"name": f"Safe {number}", "role": "recovery", "recipient": recipient()}
        for number in range(others)
    ]
    for first in entries[:2]:
        first["recipient"] = recipient()
    text = signed(claims | {"kind": "classic", "entries": entries}, root)
    if taken:
        assert len(Keyset.verify(text, root=None, program="example", now=now).recipients) == 62
    else:
        assert "62" in refuses(text, now)


def test_a_set_without_recovery_is_refused(
    claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """Without an offline recovery key, one lost laptop could lose every report."""
    claims["entries"] = claims["entries"][:1]
    assert "recovery" in refuses(signed(claims, root), now)


def test_a_recipient_is_listed_once(claims: Claims, root: Ed25519PrivateKey, now: datetime) -> None:
    """The recovery key may not quietly be a copy of a handler's key."""
    claims["entries"][1]["recipient"] = claims["entries"][0]["recipient"]
    assert "twice" in refuses(signed(claims, root), now)


def without(name: str) -> Callable[[Claims], object]:
    """Return a change that takes a claim away."""
    return lambda claims: claims.pop(name)


def claim(name: str, value: object) -> Callable[[Claims], object]:
    """Return a change that sets a claim."""
    return lambda claims: claims.update({name: value})


def entry(name: str, value: object) -> Callable[[Claims], object]:
    """Return a change to the handler's entry."""
    return lambda claims: claims["entries"][0].update({name: value})


def receipt(name: str, value: object) -> Callable[[Claims], object]:
    """Return a change to the receipt key."""
    return lambda claims: claims["receipt_key"].update({name: value})


def respelt(spelling: Callable[[str], str]) -> Callable[[Claims], object]:
    """Return a change that writes the handler's recipient another way."""
    return lambda claims: claims["entries"][0].update(
        recipient=spelling(claims["entries"][0]["recipient"])
    )


MALFORMED: dict[str, Callable[[Claims], object]] = {
    "no issuer": without("iss"),
    "no previous": without("previous"),
    "unknown claim": claim("nbf", 1),
    "version zero": claim("version", 0),
    "version as text": claim("version", "3"),
    "version as truth": claim("version", True),
    "version with a fraction": claim("version", 3.0),
    "version beyond what databases count": claim("version", 2**31),
    "date as text": claim("iat", "2026-11-22"),
    "date as fraction": claim("exp", 1.5),
    "date before 1970": claim("iat", -1),
    "date after 9999": claim("exp", 10**15),
    "previous is no hash": claim("previous", "x"),
    "previous in capitals": claim("previous", "AB" * 32),
    "program is no name": claim("program", 7),
    "no entries": claim("entries", []),
    "entries is no list": claim("entries", {"a": 1}),
    "an entry is text": claim("entries", ["age1"]),
    "entry with a private part": entry("identity", "AGE-SECRET-KEY-1"),
    "handler without signing key": entry("signing", None),
    "signing key too short": entry("signing", "AAAA"),
    "signing key is a list": entry("signing", []),
    "recipient is no key": entry("recipient", "age1qqq"),
    "recipient is a number": entry("recipient", 5),
    "recipient is nothing": entry("recipient", None),
    "recipient is an identity": entry("recipient", IDENTITY),
    "recipient in capitals": respelt(str.upper),
    "recipient with a blank": respelt(lambda text: text + " "),
    "empty name": entry("name", ""),
    "name with a line break": entry("name", "Ada\nBob"),
    "name with blanks around": entry("name", " Ada"),
    "endless role": entry("role", "x" * 81),
    "receipt key is another": receipt("kid", "00" * 32),
    "receipt key is no key": receipt("key", "x"),
    "receipt key runs backwards": receipt("exp", 1),
    "receipt key with a member more": receipt("d", "x"),
    "no receipt key": claim("receipt_key", None),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_set_is_refused(
    change: Callable[[Claims], object], claims: Claims, root: Ed25519PrivateKey, now: datetime
) -> None:
    """Whatever is missing, unknown or of the wrong kind, the answer is a refusal, not a crash."""
    change(claims)
    assert refuses(signed(claims, root), now).startswith("This keyset was refused: ")


def test_every_role_of_the_policy_needs_a_key(claims: Claims, root: Ed25519PrivateKey) -> None:
    """S3-3: a role named by the policy without a recipient in the set is reported."""
    keyset = Keyset.read(issue(claims, root=root), root=None)
    assert keyset.missing_roles(["Security Officer", "ceo"]) == ("ceo",)
