"""The catalogue of what can be asked."""

from portal.policy.field import SECTIONS, STRENGTHS
from portal.policy.fields import FIELDS

LENGTHLESS = {"files"}


def test_every_field_is_complete() -> None:
    """Each has a section, a label, a default and a limit; choices only where one chooses."""
    for name, field in FIELDS.items():
        assert field.id == name
        assert field.section in SECTIONS
        assert field.label
        assert field.default in STRENGTHS
        assert (field.limit > 0) is (field.kind not in LENGTHLESS), name
        assert bool(field.choices) is (field.kind == "choice"), name
        assert not field.help or field.help.endswith("."), name


def test_fields_stand_in_the_order_of_the_sections() -> None:
    """The catalogue's order is the order of the form."""
    order = list(SECTIONS)
    places = [order.index(field.section) for field in FIELDS.values()]
    assert places == sorted(places)


def test_choices_have_stable_values() -> None:
    """The values in a sealed report are the ones staff tools rely on."""
    values = {name: [one.value for one in field.choices] for name, field in FIELDS.items()}
    assert values["report_kind"] == ["vulnerability", "exposed_data", "weakness"]
    assert values["service_impact"] == ["no", "yes", "unknown"]
    assert values["data_held"] == ["none", "minimal", "more"]
    assert values["credit"] == ["none", "handle", "name"]
