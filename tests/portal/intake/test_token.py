"""The token, its written form, and what is derived from it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import IdentityRefused, MalformedToken
from portal.intake import crockford
from portal.intake.token import Token

VECTOR_FILE = Path(__file__).resolve().parents[2] / "vectors" / "token.json"
VECTORS: dict[str, Any] = json.loads(VECTOR_FILE.read_text("utf-8"))
KINDS = ("mlkem768x25519", "x25519")

secrets = st.binary(min_size=16, max_size=16)
places = st.lists(st.integers(0, 29), min_size=1, max_size=4, unique=True)


def symbols_of(token: Token) -> list[str]:
    """Give the thirty symbols of a token, hyphens left out."""
    return list(token.text.replace("-", ""))


def spoilt(token: Token, mistakes: dict[int, int]) -> str:
    """Write a token with some symbols moved on in the alphabet, by 1 to 31 steps each."""
    symbols = symbols_of(token)
    for place, step in mistakes.items():
        value = crockford.ALPHABET.index(symbols[place])
        symbols[place] = crockford.ALPHABET[(value + step) % 32]
    return "".join(symbols)


@pytest.mark.parametrize("row", VECTORS["tokens"], ids=lambda row: row["text"])
def test_a_token_derives_what_the_vectors_say(row: dict[str, Any]) -> None:
    """Text, lookup value and stored hash agree with the shared vectors, both ways."""
    token = Token(bytes.fromhex(row["secret"]), row["version"])
    assert token.text == row["text"]
    assert token.lookup == row["lookup"]
    assert token.stored == row["stored"]
    assert Token.parse(row["text"]) == token


@pytest.mark.parametrize(
    "row", [row for row in VECTORS["tokens"] if row["version"] == 0], ids=lambda row: row["text"]
)
def test_a_reporters_token_gives_its_keys(row: dict[str, Any]) -> None:
    """Both reply identities and the signing seed agree with the shared vectors."""
    token = Token.parse(row["text"])
    for kind in KINDS:
        assert token.reply_identity(kind) == row[f"reply_{kind}"]["identity"]
    assert token.signing_seed.hex() == row["signing_seed"]


@pytest.mark.parametrize(
    "row", [row for row in VECTORS["tokens"] if row["version"] == 1], ids=lambda row: row["text"]
)
def test_a_servers_token_gives_no_keys(row: dict[str, Any]) -> None:
    """Nobody derives a key from a token whose secret the server has seen."""
    token = Token.parse(row["text"])
    for kind in KINDS:
        with pytest.raises(IdentityRefused):
            token.reply_identity(kind)
    with pytest.raises(IdentityRefused):
        _ = token.signing_seed


@pytest.mark.parametrize("row", VECTORS["typed"], ids=lambda row: row["why"])
def test_a_token_is_read_as_people_type_it(row: dict[str, str]) -> None:
    """Case, spaces, hyphens of any kind, and O, I and L for 0 and 1 make no difference."""
    assert Token.parse(row["input"]).text == row["text"]


@pytest.mark.parametrize("row", VECTORS["malformed"], ids=lambda row: row["why"])
def test_a_mistake_is_named_and_located(row: dict[str, Any]) -> None:
    """The first failed check is named, in the order length, character, checksum, version."""
    with pytest.raises(MalformedToken) as refusal:
        Token.parse(row["input"])
    assert refusal.value.reason == row["reason"]
    assert refusal.value.group == row["group"]
    assert refusal.value.hint == row["hint"]


@settings(max_examples=150, deadline=None)
@given(secrets, st.sampled_from([0, 1]))
def test_reading_undoes_writing(secret: bytes, version: int) -> None:
    """Every token reads back as itself."""
    token = Token(secret, version)
    assert Token.parse(token.text) == token


@settings(max_examples=200, deadline=None)
@given(secrets, places, st.data())
def test_up_to_four_wrong_symbols_are_always_caught(
    secret: bytes, wrong: list[int], data: st.DataObject
) -> None:
    """No token becomes another one by four slips of the pen, and one or two are located."""
    mistakes = {place: data.draw(st.integers(1, 31)) for place in wrong}
    with pytest.raises(MalformedToken) as refusal:
        Token.parse(spoilt(Token(secret), mistakes))
    assert refusal.value.reason == "checksum"
    if len(wrong) <= 2:
        assert refusal.value.group == min(wrong) // 5 + 1
        assert all(f"group {place // 5 + 1}" in refusal.value.hint for place in wrong)


def test_every_single_slip_is_located() -> None:
    """All 930 ways to get one symbol wrong are traced to their group."""
    token = Token(bytes(range(16)))
    for place in range(30):
        for step in range(1, 32):
            with pytest.raises(MalformedToken) as refusal:
                Token.parse(spoilt(token, {place: step}))
            assert refusal.value.group == place // 5 + 1


def test_fresh_tokens_differ() -> None:
    """Minted and issued tokens are random, and say who made them."""
    minted = {Token.mint().text for _ in range(50)}
    assert len(minted) == 50
    assert Token.mint().version == 0
    assert Token.issue().version == 1


def test_a_servers_token_never_looks_like_a_reporters() -> None:
    """Version 0 starts with 0 to 7 and version 1 with 8 to F, so a form field can tell them."""
    assert all(Token.mint().text[0] in "01234567" for _ in range(50))
    assert all(Token.issue().text[0] in "89ABCDEF" for _ in range(50))


def test_the_secret_stays_out_of_logs() -> None:
    """Printing a token shows its version only."""
    token = Token(bytes(range(16)))
    for printed in (repr(token), str(token), f"{token}"):
        assert printed == "Token(version=0)"


def test_only_sixteen_bytes_make_a_token() -> None:
    """A secret of another length, or an unknown version, is a mistake of the caller."""
    with pytest.raises(ValueError, match="16 bytes"):
        Token(b"short")
    with pytest.raises(ValueError, match="0 or 1"):
        Token(bytes(16), 2)
