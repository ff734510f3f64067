"""Public holidays: what each country calls one, and which countries are known."""

import pytest

from portal.policy import public_holidays


@pytest.mark.parametrize("code", ["", "nl", "NLD", "ZZ", "USA", "N"])
def test_an_unknown_country_is_refused(code: str) -> None:
    """Only two capital letters of a known country count."""
    with pytest.raises(ValueError, match="country"):
        public_holidays.check_country(code)


def test_a_country_has_a_name() -> None:
    """Sentences name countries, not codes."""
    assert public_holidays.country_name("NL") == "Netherlands"
    assert public_holidays.country_name("US") == "United States"


def test_no_country_has_no_holidays() -> None:
    """Without a country there are weekends and nothing else."""
    assert public_holidays.of(None, [2026]) == {}
    assert public_holidays.weekend(None) == {5, 6}
