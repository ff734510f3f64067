"""The text form of keys."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.age import bech32

ABANDON = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


@settings(max_examples=100, deadline=None)
@given(st.text("abcdefghijklmnop1-", min_size=1, max_size=20), st.binary(max_size=1300))
def test_written_then_read_is_the_original(prefix: str, data: bytes) -> None:
    """Any bytes come back, in lower case and in upper case."""
    text = bech32.encode(prefix, data)
    assert bech32.decode(text) == (prefix, data)
    assert bech32.decode(text.upper()) == (prefix.upper(), data)


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_mistyped_symbol_is_noticed(data: bytes, choice: st.DataObject) -> None:
    """No single wrong symbol gets past the checksum."""
    text = bech32.encode("age", data)
    place = choice.draw(st.integers(4, len(text) - 1))
    symbol = choice.draw(st.sampled_from(bech32.ALPHABET).filter(lambda s: s != text[place]))
    with pytest.raises(ValueError):
        bech32.decode(text[:place] + symbol + text[place + 1 :])


def test_the_published_example_is_read() -> None:
    """The recipient in the format's own document decodes to 32 bytes and back."""
    prefix, public = bech32.decode(ABANDON)
    assert (prefix, len(public)) == ("age", 32)
    assert bech32.encode(prefix, public) == ABANDON


@pytest.mark.parametrize(
    "text",
    [
        "A12UEL5L",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "?1ezyfcl",
    ],
)
def test_valid_strings_of_the_standard_are_taken(text: str) -> None:
    """Valid examples of BIP 173 whose symbols make whole bytes are read."""
    prefix, data = bech32.decode(text)
    assert bech32.encode(prefix.lower(), data) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "age1",
        "pzry9x0s0muk",  # no separator
        "1pzry9x0s0muk",  # no prefix
        "x1b4n0q5v",  # a character outside the alphabet
        "li1dgmt3",  # checksum too short
        "A1G7SGD8",  # checksum over the upper-case prefix
        "10a06t8",  # empty prefix
        "\x201nwldj5",  # a space in the prefix
        "\x7f1axkwrx",
        ABANDON[:-1] + "J",  # mixed case
        ABANDON.upper().replace("K", "\u212a"),  # KELVIN SIGN, a lookalike that lowers to k
        ABANDON.replace("q", "\u0261", 1),
        ABANDON + "q",
        ABANDON[:-1],
    ],
)
def test_malformed_strings_are_refused(text: str) -> None:
    """Invalid examples of BIP 173, and lookalike characters, are not read as something else."""
    with pytest.raises(ValueError):
        bech32.decode(text)


def test_left_over_bits_must_be_zero() -> None:
    """One key has one spelling: bits beyond the last byte may not be set, nor a symbol be spare."""
    symbols = bech32._regroup(b"\xff", 8, 5)
    for extra in ([*symbols[:-1], symbols[-1] | 1], [*symbols, 0]):
        check = bech32._checksum("age", extra)
        text = "age1" + "".join(bech32.ALPHABET[value] for value in extra + check)
        with pytest.raises(ValueError, match="left over"):
            bech32.decode(text)
