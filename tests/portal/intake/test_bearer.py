"""What someone who follows a report shows at the door."""

import pytest

from portal.errors import MalformedToken
from portal.intake import bearer
from portal.intake.token import Token


def test_a_status_code_and_an_issued_token_lead_to_the_same_place() -> None:
    """Without script either the code or a token that the server issued is taken."""
    token = Token.issue()
    assert bearer.from_text(token.text) == bearer.from_text(token.lookup) == token.stored
    assert bearer.from_json({"lookup": token.lookup}) == token.stored


def test_a_token_of_the_reporters_own_is_never_looked_up() -> None:
    """A token that can open the report is refused, and called exposed."""
    with pytest.raises(MalformedToken) as refusal:
        bearer.from_text(Token.mint().text)
    assert "exposed" in refusal.value.message
    assert "status code" in refusal.value.hint


@pytest.mark.parametrize("body", [None, [], {}, {"lookup": 1}, {"lookup": "A" * 64}, "x"])
def test_a_look_up_value_is_64_hex_digits(body: object) -> None:
    """Anything else is refused before the database is asked."""
    with pytest.raises(MalformedToken):
        bearer.from_json(body)
