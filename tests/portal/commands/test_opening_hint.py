"""The end of `portico open`: the portal is told of a first opening by people, or not at all."""

from portal.commands import opening_hint
from portal.offline.filed import Filed
from portal.offline.manifest import Case


def case(name: str, *events: str, role: str = "report") -> Case:
    """A report of a bundle, to which these events happened."""
    file = Filed(role, f"{name}/{role}.age", 1, "", "", "", "")
    told = tuple({"name": event} for event in events)
    return Case(name, "example", "", "", 1, {}, told, (file,))


def test_only_what_was_opened_here_for_the_first_time_is_named() -> None:
    """Neither what the portal knows of, nor what stayed shut, nor what was deleted."""
    cases = [
        case("first", "received"),
        case("known", "received", "opened"),
        case("shut", "received"),
        case("deleted", "received", role="message-1"),
    ]
    said = list(opening_hint.lines(cases, {"first", "known", "deleted"}))
    assert said[-1] == "  portico report event first open"
    assert [line for line in said if "portico" in line] == said[-1:]
    assert list(opening_hint.lines(cases, {"known"})) == []


def test_a_long_list_is_cut() -> None:
    """A hint is no flood."""
    cases = [case(f"r{number}") for number in range(9)]
    said = list(opening_hint.lines(cases, {one.report for one in cases}))
    assert said[-1] == "  and likewise for 4 more"
    assert len(said) == 2 + opening_hint.NAMED + 1


def test_a_name_from_a_bundle_does_nothing_to_a_terminal() -> None:
    """It is shown, and nothing more."""
    said = "".join(opening_hint.lines([case("a\x1b[2J")], {"a\x1b[2J"}))
    assert "\x1b" not in said
