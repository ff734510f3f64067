"""Who can open a file."""

import pytest

from portal.age import bech32, identities
from portal.age.errors import HeaderFailure, IdentityMalformed
from portal.age.header import Stanza
from portal.age.identities import HybridIdentity, ScryptIdentity, X25519Identity
from portal.age.recipients import ScryptRecipient

# From the document of the format, sections on the two recipient types.
SPEC_CLASSIC = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
SPEC_CLASSIC_RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
SPEC_HYBRID = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
SPEC_HYBRID_START, SPEC_HYBRID_END = (
    "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7",
    "zc5xvq43r0zscjglpwlptpwydhqw",
)


def test_the_published_examples_are_ours_too() -> None:
    """The identities printed in the format's document give the recipients printed beside them."""
    assert str(identities.recipient_of(SPEC_CLASSIC)) == SPEC_CLASSIC_RECIPIENT
    recipient = str(identities.recipient_of(SPEC_HYBRID))
    assert recipient.startswith(SPEC_HYBRID_START)
    assert SPEC_HYBRID_END in recipient
    assert identities.parse(SPEC_CLASSIC).text == SPEC_CLASSIC
    assert identities.parse(SPEC_HYBRID).text == SPEC_HYBRID


def test_new_identities_are_new() -> None:
    """Two identities are never alike, and each is read back from its own text."""
    for kind in (X25519Identity, HybridIdentity):
        first, second = kind.generate(), kind.generate()
        assert first != second
        assert identities.parse(first.text) == first


@pytest.mark.parametrize(
    "text",
    [
        "",
        SPEC_CLASSIC.lower(),
        SPEC_CLASSIC[:-1],
        SPEC_CLASSIC_RECIPIENT,
        bech32.encode("age-secret-key-", bytes(31)).upper(),
        bech32.encode("age-secret-key-pq-", bytes(33)).upper(),
        bech32.encode("age-plugin-yubikey-", bytes(32)).upper(),
    ],
)
def test_malformed_identities_are_refused_without_repeating_them(text: str) -> None:
    """The message of a refusal never contains what may be most of a secret."""
    with pytest.raises(IdentityMalformed) as caught:
        identities.parse(text)
    assert len(text) < 8 or text[:-3].upper() not in str(caught.value).upper()


def test_an_identity_file_is_read() -> None:
    """Remarks and blank lines are passed over, whatever the line ends; every identity counts."""
    text = f"# created: today\r\n# public key: x\r\n\r\n{SPEC_CLASSIC}\r\n{SPEC_HYBRID}\r\n"
    assert [each.text for each in identities.parse_file(text)] == [SPEC_CLASSIC, SPEC_HYBRID]
    for broken in ("", "# nothing\n", f"{SPEC_CLASSIC}\nand more\n"):
        with pytest.raises(IdentityMalformed):
            identities.parse_file(broken)


def test_secrets_do_not_show_in_a_traceback() -> None:
    """The text form of an identity hides it."""
    assert repr(X25519Identity(b"A" * 32)) == "X25519Identity()"
    assert repr(HybridIdentity(b"A" * 32)) == "HybridIdentity()"
    assert "hunter2" not in repr(ScryptIdentity("hunter2"))


def test_the_cost_of_a_passphrase_has_a_limit() -> None:
    """A file that asks for more work than the limit is refused before any is done."""
    stanza = ScryptRecipient("x", work_factor=6).wrap(bytes(16))
    assert ScryptIdentity("x", max_work_factor=6).unwrap([stanza]) == bytes(16)
    with pytest.raises(HeaderFailure, match="work factor"):
        ScryptIdentity("x", max_work_factor=5).unwrap([stanza])
    for cost in ("21", "99", "9" * 4000, "0", "06", "+6", "6.0", "\u0666"):
        forged = Stanza(stanza.type, (stanza.args[0], cost), stanza.body)
        with pytest.raises(HeaderFailure, match="work factor"):
            ScryptIdentity("x").unwrap([forged])
