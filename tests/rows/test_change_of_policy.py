"""A policy changes: old reports keep its promises, the change is shown, the lint speaks."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from portal.policy.lint import lint
from portal.policy.pack import Policy
from tests.actors import MINUTE
from tests.towns import Town, pack, status

pytestmark = pytest.mark.thorough

WINDOW = 'minimum = "90 calendar days"'
MAXIMUM = 'maximum = "6 weeks"'
PROMISE = """[[promise]]
id = "ack"
label = "Confirmation of receipt"
text = "You hear from a person within two business days."
clock = { within = "2 business days", until = "acknowledged" }

[fields]"""


@dataclass(frozen=True)
class Change:
    """One text of a pack put for another.

    Attributes:
        old: What it said.
        new: What it says now.
        before: Words on the status page of a report under the old version.
        after: Words on that of a report under the new one.
        shown: Words on the page of the change.
        remark: Code of a remark that the change brings about, or takes away.
    """

    old: str
    new: str
    before: str
    after: str
    shown: str
    remark: str


CHANGES = {
    "example": Change(
        old='within = "3 business days", after = "received"',
        new='within = "9 business days", after = "received"',
        before="Wednesday 25 November 2026",
        after="Thursday 3 December 2026",
        shown="Changed Promise “ack” Within Before: 3 business days Now: 9 business days",
        remark="slow-acknowledgement",
    ),
    "integratpark": Change(
        old="[fields]",
        new=PROMISE,
        before="No date is promised for: confirmation of receipt",
        after="Tuesday 24 November 2026",
        shown="What you are promised New Promise “ack”",
        remark="no-acknowledgement-time",
    ),
    "unnamed": Change(
        old='until = "resolved"\nagreement',
        new='until = "resolved"\nmaximum = "90 calendar days"\nagreement',
        before="There is no date for that.",
        after="at most until Saturday 20 February 2027",
        shown="At most Before: not stated Now: 90 calendar days",
        remark="open-ended-embargo",
    ),
    "onefactory": Change(
        old=WINDOW,
        new=f'{WINDOW.replace("90", "30")}\nmaximum = "60 calendar days"',
        before="at least until Saturday 20 February 2027",
        after="at most until Thursday 21 January 2027",
        shown="At least Before: 90 calendar days Now: 30 calendar days",
        remark="no-latest-publication",
    ),
    "iwelcome": Change(
        old=MAXIMUM,
        new='until = "resolved"',
        before="at most until Sunday 3 January 2027",
        after="There is no date for that.",
        shown="At most Before: 6 weeks Now: not stated",
        remark="open-ended-embargo",
    ),
}


def remarks(source: str) -> set[str]:
    """Return the codes of what the lint says about a pack."""
    return {one.code for one in lint(Policy.parse(source))}


@pytest.mark.parametrize("name", CHANGES)
def test_old_reports_keep_what_they_were_promised(found: Callable[..., Town], name: str) -> None:
    """S1-2, S2-15, S3-18: of two reports under two versions, each has the dates of its own."""
    town, change = found(name), CHANGES[name]
    place, source = town.at(name), pack(name)
    assert source.count(change.old) == 1
    earlier = place.reporter()
    earlier.send()
    told = earlier.status().json
    town.clock.advance(MINUTE)
    changed = source.replace(change.old, change.new)
    assert town.catalogue.publish_policy(changed, actor="test", now=town.clock.now) == 2
    place.program = town.catalogue.program(place.slug, now=town.clock.now)
    later = place.reporter()
    assert later.send().json["claims"]["policy"]["version"] == 2
    assert earlier.status().json == told
    assert change.before in status(earlier)
    assert change.after not in status(earlier)
    assert change.after in status(later)
    assert change.before not in status(later)


@pytest.mark.parametrize("name", CHANGES)
def test_the_change_is_shown_and_remarked_on(found: Callable[..., Town], name: str) -> None:
    """In words and line by line; and the lint has another look."""
    town, change = found(name), CHANGES[name]
    place, source = town.at(name), pack(name)
    changed = source.replace(change.old, change.new)
    town.catalogue.publish_policy(changed, actor="test", now=town.clock.now)
    page = place.words("history/2")
    assert change.shown in page
    for line in set(change.new.splitlines()) - set(change.old.splitlines()) - {""}:
        assert line in page
    assert "Version 2, in force" in place.words("history")
    assert change.remark in remarks(source) ^ remarks(changed)
