"""What a policy does not say, no page, receipt, clock or file says for it."""

import json
import re

import pytest

from tests.towns import SILENT, Place, Town, status

pytestmark = pytest.mark.thorough

NUMBER = re.compile(
    r"\b(?:\d+|one|two|three|five|six|seven|ninety)[ -](?:business |working |calendar )?"
    r"(?:day|week|hour|month)s?\b",
    re.IGNORECASE,
)
# What each policy is silent on: parts of its page, keys of its JSON, questions it does not ask.
SILENCE: dict[str, tuple[set[str], set[str], set[str]]] = {
    "integratpark": (
        {"promises", "publication", "reward", "recognition", "harbour", "anonymity"},
        {"promise", "disclosure", "reward", "recognition", "safe_harbour", "anonymity"},
        {"credit", "effort_hours", "anonymous_to_authorities"},
    ),
    "unnamed": (
        {"contacts", "harbour", "reward"},
        {"contact", "safe_harbour", "reward"},
        {"effort_hours", "full_name"},
    ),
    "onefactory": (
        {"anonymity", "authorities", "retention", "data"},
        {"anonymity", "authorities", "retention", "data_handling"},
        {"credit", "anonymous_to_authorities", "data_held", "effort_hours"},
    ),
    "iwelcome": (
        {"recognition", "retention"},
        {"recognition", "retention"},
        {"credit", "full_name", "tools_used", "service_impact"},
    ),
}


@pytest.fixture(params=SILENCE)
def place(town: Town, request: pytest.FixtureRequest) -> Place:
    """Each of the four programs in turn."""
    return town.at(request.param)


@pytest.fixture
def silence(request: pytest.FixtureRequest, place: Place) -> tuple[set[str], set[str], set[str]]:
    """What it is silent on."""
    return SILENCE[request.node.callspec.params["place"]]


def test_the_page_says_that_the_policy_does_not_say(
    place: Place, silence: tuple[set[str], set[str], set[str]]
) -> None:
    """S0-19, S1-24, S2-28, S3-23: in those words, and nowhere where the policy does say."""
    headings = re.findall(r'<h2 id="([a-z]+)"', place.page())
    said = {name for name in headings if name not in {"about", "level", "files"}}
    silent = {name for name in said if SILENT in place.part(name)}
    assert silence[0] <= silent
    assert silent - silence[0] <= {"authorities", "retention", "readers", "recognition"}


def test_the_file_for_programs_has_null(
    place: Place, silence: tuple[set[str], set[str], set[str]]
) -> None:
    """S0-19, S1-24, S2-28, S3-23: never a default that reads like a promise."""
    said = json.loads(place.page("policy.json"))
    assert {name for name in silence[1] if said[name] is not None} == set()


def test_what_a_policy_has_no_use_for_is_not_asked(
    place: Place, silence: tuple[set[str], set[str], set[str]]
) -> None:
    """S0-19, S2-28, S3-23: who does not speak of credit does not ask how to give it."""
    assert not silence[2] & set(place.asked)


@pytest.mark.parametrize("pack", ["integratpark", "iwelcome"])
def test_where_no_time_is_promised_none_is_shown(town: Town, pack: str) -> None:
    """S0-19, S3-23: no clock starts, no date is due, and neither form nor receipt has a number."""
    place = town.at(pack)
    reporter = place.reporter()
    kept = reporter.send().json
    assert [one for one in kept["claims"]["deadlines"] if not one["soft"]] == []
    seen = reporter.status().json
    assert [one for one in seen["deadlines"] if not one["soft"]] == []
    assert seen["not_promised"] == ["confirmation of receipt", "assessment", "fix"]
    assert "No date is promised for: confirmation of receipt, assessment, fix" in status(reporter)
    listed = place.handler().get("/staff/api/queue").json["reports"]
    assert {one["due_at"] for one in listed} == {None}
    assert NUMBER.findall(place.part("promises")) == []
    assert "Receipt confirmed The policy does not say." in place.words()


def test_integratpark_names_no_number_of_days_at_all(town: Town) -> None:
    """S0-19: on the policy page, in the form, on the receipt and on the status page."""
    place = town.at("integratpark")
    reporter = place.reporter()
    reporter.send()
    for text in (place.words(), place.by_hand(), status(reporter)):
        assert NUMBER.findall(text) == []
    following = place.form.split("<h3>What happens next</h3>")[1].split("</dl>")[0]
    assert NUMBER.findall(following) == []
    assert following.count("The policy does not say when.") == 3
    told = reporter.status().json["publication"]["told"]
    assert told[-1] == "The policy does not say anything about publication."


def test_the_unnamed_policy_promises_nothing_it_does_not(town: Town) -> None:
    """S1-24: no longest silence, no addresses, no harbour; each has a remark, and none an error."""
    place = town.at("unnamed")
    reporter = place.reporter()
    reporter.send()
    window = reporter.status().json["publication"]
    assert (window["earliest"], window["latest"], window["endless"]) == (None, None, True)
    assert NUMBER.findall(place.part("publication")) == []
    assert "The policy lists no addresses." in place.part("scope")
    assert place.check("shop.example.org")["verdict"]["ruling"] == "unknown"
    lines = place.page("security.txt").splitlines()
    assert [line for line in lines if line.startswith("Contact:")] == [
        "Contact: http://portico.test/unnamed/report"
    ]


def test_the_number_that_is_looked_for_would_be_found(town: Town) -> None:
    """The tests above can fail: policies that name a number of days show it."""
    assert NUMBER.findall(town.at("onefactory").part("promises"))
    assert NUMBER.findall(town.at("unnamed").part("promises"))
    assert NUMBER.findall(town.at("iwelcome").part("publication"))
