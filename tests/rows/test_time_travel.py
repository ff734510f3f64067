"""A whole case under each pack, with the clock turned by hand: what its reporter reads, and when.

Every report arrives on Sunday 22 November 2026, 09:30 UTC. The days below are the packs' own
numbers, counted by a person with a calendar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests import letters
from tests.actors import DAY, MINUTE, Researcher
from tests.towns import PACKS, Place, Town, status

pytestmark = pytest.mark.thorough


@dataclass(frozen=True)
class Own:
    """What a pack says in numbers; None where it is silent.

    Attributes:
        ack: When receipt has to be confirmed.
        assess: When it has to be assessed, if it was confirmed on the Tuesday.
        earliest: Until when the reporter is asked to be silent at least.
        latest: Until when at most.
        gone: What has become of data, as the reporter signs it.
    """

    ack: str | None = None
    assess: str | None = None
    earliest: str | None = None
    latest: str | None = None
    gone: str | None = None


OWN = {
    "example": Own(
        ack="2026-11-25T23:59:59+01:00",
        assess="2026-12-03T23:59:59+01:00",
        earliest="2026-12-22T23:59:59+01:00",
        latest="2027-02-20T23:59:59+01:00",
        gone="deleted",
    ),
    "integratpark": Own(gone="purged"),
    "unnamed": Own(
        ack="2026-11-25T23:59:59+01:00", assess="2026-12-03T23:59:59+01:00", gone="deleted"
    ),
    "onefactory": Own(ack="2026-11-30T23:59:59-08:00", earliest="2027-02-20T23:59:59-08:00"),
    "iwelcome": Own(latest="2027-01-03T23:59:59+01:00", gone="deleted"),
}


@dataclass
class Story:
    """A report and its reporter.

    Attributes:
        place: Where it was sent.
        reporter: Who sent it.
        report: Its name.
        own: What the pack says in numbers.
    """

    place: Place
    reporter: Researcher
    report: str
    own: Own

    def to(self, moment: str | datetime) -> None:
        """Go to a moment."""
        when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        self.place.town.clock.now = when

    def act(self, verb: str, **data: object) -> int:
        """Record an event at the desk and return how that was answered."""
        return self.place.act(self.report, verb, **data).status_code

    def clock(self, name: str) -> dict[str, Any] | None:
        """Return how one clock stands, as JSON; None when there is none."""
        found = {one["id"]: one for one in self.seen["deadlines"]}
        return found.get(name)

    @property
    def seen(self) -> dict[str, Any]:
        """What the status page's script is told."""
        return dict(self.reporter.status().json)

    @property
    def page(self) -> str:
        """The words of the status page."""
        return status(self.reporter)


@pytest.fixture(params=PACKS)
def story(request: pytest.FixtureRequest, found: Callable[..., Town]) -> Story:
    """The same report under each of the five packs."""
    place = found(request.param).at(request.param)
    reporter = place.reporter()
    return Story(place, reporter, reporter.send().json["report"], OWN[request.param])


def test_acknowledged_in_time(story: Story) -> None:
    """S0-19, S1-15, S1-16, S2-8, S3-23: on the Tuesday; the next clock starts, if there is one."""
    story.to("2026-11-24T09:30+00:00")
    before = story.clock("ack")
    assert (before and before["due"], before and before["state"]) == (
        story.own.ack,
        story.own.ack and "running",
    )
    assert story.act("acknowledge") == 201
    assert "Confirmed by staff" in story.page
    assert "This promise" not in story.page
    ack, assess = story.clock("ack"), story.clock("assess")
    assert (ack and ack["state"]) == (story.own.ack and "met")
    assert (assess and assess["due"]) == story.own.assess
    assert ("confirmation of receipt" in story.seen["not_promised"]) is (story.own.ack is None)
    assert ("assessment" in story.seen["not_promised"]) is (story.own.assess is None)


def test_acknowledged_late(story: Story) -> None:
    """S1-15, S2-8: a minute after the last one it is broken, and kept late two days on; S0-19."""
    last = datetime.fromisoformat(story.own.ack or "2026-11-30T23:59:59-08:00")
    story.to(last)
    assert "This promise" not in story.page
    story.to(last + MINUTE)
    assert ("This promise is broken." in story.page) is (story.own.ack is not None)
    story.to(last + 2 * DAY)
    assert ("late by 2 days" in story.page) is (story.own.ack is not None)
    assert story.act("acknowledge") == 201
    assert ("This promise was kept, but late." in story.page) is (story.own.ack is not None)
    ack = story.clock("ack")
    assert (ack and (ack["state"], ack["late_by"])) == (story.own.ack and ("late", "2 days"))


def test_acknowledged_never(story: Story) -> None:
    """S1-15, S2-8: broken it stays, also when the case is closed; silence is never late (S0-19)."""
    story.to("2027-01-22T09:30+00:00")
    for _ in range(2):
        assert ("This promise is broken." in story.page) is (story.own.ack is not None)
        states = {one["state"] for one in story.seen["deadlines"] if not one["soft"]}
        assert ("late" in states) is (story.own.ack is not None)
        story.act("close")
    assert "Closed" in story.page


def test_an_aim_is_never_late(story: Story) -> None:
    """S1-17: what a policy only aims at, or asks of the reporter, passes and is not broken."""
    for verb in ("acknowledge", "accept"):
        assert story.act(verb) == 201
    story.to("2028-01-22T09:30+00:00")
    soft = [one for one in story.seen["deadlines"] if one["soft"]]
    assert all((one["state"], one["late_by"]) != ("late", None) for one in soft)
    broken = story.page.count("This promise is broken.")
    hard = [one for one in story.seen["deadlines"] if not one["soft"]]
    assert broken == sum(one["state"] == "late" for one in hard)


def test_publication_agreed(story: Story) -> None:
    """S1-20, S1-21: both have said so; where the policy wants a fix first, not before it."""
    for verb in ("acknowledge", "accept"):
        story.act(verb)
    assert story.act("propose-publication", date="2026-11-23") == 201
    assert "Staff propose to publish on Monday 23 November 2026. Your answer is open." in story.page
    letters.write(story.reporter, 1)
    assert story.act("agree-publication", message=1) == 201
    assert "You and staff agreed to publish on Monday 23 November 2026." in story.page
    assert story.seen["publication"]["state"] == "agreed"
    story.to("2026-11-23T09:30+00:00")
    waits = story.place.slug == "unnamed"  # the only one that publishes nothing before the fix
    assert (story.act("publish", date="2026-11-23") == 409) is waits
    if waits:
        assert "Staff publish nothing before the problem is fixed." in story.page
        assert [story.act("resolve"), story.act("publish", date="2026-11-23")] == [201, 201]
    assert "It was published on Monday 23 November 2026." in story.page


def test_publication_refused(story: Story) -> None:
    """S1-20, S2-15, S3-18: without agreement, what the policy itself says goes on counting."""
    for verb in ("acknowledge", "accept", "resolve"):
        story.act(verb)
    story.act("propose-publication", date="2026-11-23")
    letters.write(story.reporter, 1)
    assert story.act("decline-publication", message=1) == 201
    said = "There is no agreement: the proposal to publish on Monday 23 November 2026 was declined."
    assert said in story.page
    story.to("2026-11-23T09:30+00:00")
    free = story.place.slug in {"integratpark", "iwelcome"}  # nothing there binds the organisation
    assert (story.act("publish", date="2026-11-23") == 201) is free


def test_the_windows_end_as_they_read(story: Story) -> None:
    """S0-19, S1-2, S2-15, S3-18: to the second; where there is no date, none is shown."""
    asked = story.seen["publication"]
    assert (asked["earliest"], asked["latest"]) == (story.own.earliest, story.own.latest)
    assert asked["free"] is False
    assert ("at least until" in story.page) is (story.own.earliest is not None)
    assert ("at most until" in story.page) is (story.own.latest is not None)
    if story.own.latest:
        story.to(story.own.latest)
        assert "You are free to publish." not in story.page
        story.to(datetime.fromisoformat(story.own.latest) + MINUTE)
    else:
        story.to("2028-01-22T09:30+00:00")
    assert ("You are free to publish." in story.page) is (story.own.latest is not None)
    assert story.seen["publication"]["free"] is (story.own.latest is not None)


def test_deletion_asked_and_confirmed(story: Story) -> None:
    """S0-18, S1-9, S3-12, S3-13: in the policy's words; what is signed names what was done."""
    assert story.seen["data"]["clause"] == story.own.gone
    if story.own.gone is None:
        assert "The policy does not say anything about held data." in story.page
    assert story.act("note-data-held") == 201
    assert "You hold data." in story.page
    assert "Staff wait for your confirmation" not in story.page
    story.to("2026-11-24T09:30+00:00")
    assert story.act("ask-data-deletion") == 201
    assert "Staff ask you to delete the data you hold for good" in story.page
    wish = f"Send it as a message once it is true: “{story.seen['data']['statement']}”"
    assert (wish in story.page) is (story.own.gone is not None)
    letters.write(story.reporter, 1)
    assert story.act("close") == 409
    assert story.act("confirm-data-deletion", message=1) == 201
    assert "You confirmed that the data is gone." in story.page
    assert story.seen["data"]["state"] == "deleted"
    assert story.act("close") == 201
