"""What was promised, in a real browser: recorded at the desk, read by the reporter."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.actors import Researcher
from tests.colleagues import Colleague
from tests.journeys.casework import Bureau, reported, sit
from tests.live import Live

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ada(bureau: Bureau) -> Colleague:
    """A handler."""
    return bureau.hire("Ada Promises")


@pytest.fixture
def someone(bureau: Bureau) -> Researcher:
    """Somebody with a token."""
    return bureau.researcher()


def choose(page: Page, event: str, **fields: str) -> None:
    """Choose an event and fill in what it asks for, by the names of its fields."""
    page.get_by_label("Event", exact=True).select_option(label=event)
    for name, value in fields.items():
        control = page.locator(f"#event-data-{name}")
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def record(page: Page, event: str, **fields: str) -> None:
    """Record an event at the desk."""
    choose(page, event, **fields)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("#said")).to_have_text("Recorded.")


def follow(page: Page, live: Live, someone: Researcher) -> None:
    """Look at one's report with the token."""
    page.goto(f"{live.url}/status")
    page.get_by_label("Your token").fill(someone.token.text)
    page.get_by_role("button", name="Show the report").click()
    expect(page.locator("#found")).to_be_visible()


def test_the_desk_records_and_the_reporter_reads(
    page: Page, live: Live, ada: Colleague, someone: Researcher
) -> None:
    """A stopped clock, a moment of awareness, held data: each to those whom it concerns."""
    report = reported(someone, "# A door is open\n", {})
    sit(page, ada, f"{live.url}/staff/reports/{report}")
    record(page, "A clock stands still", clock="ack", reason="waiting-for-reporter")
    expect(page.locator("#deadlines [data-state=paused]")).to_be_visible()
    record(
        page, "Staff became aware of an incident", at="2026-11-20T10:30", reason="clear-evidence"
    )
    expect(page.locator("#legal [data-slot=aware]")).to_contain_text("20 November 2026")
    record(page, "Staff noted that the reporter holds data")
    expect(page.locator("#data-told")).to_contain_text("The reporter holds data.")
    weighed = page.locator("#event-fields select")
    choose(page, "Staff decided about a reward", answer="no")
    expect(weighed).to_have_count(3)  # the answer, and each factor of the policy
    for number in (1, 2):
        weighed.nth(number).select_option("low")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("#reward-told")).to_contain_text("no reward is given")
    follow(page, live, someone)
    happened = page.locator("[data-slot=events]")
    expect(happened).to_contain_text("Confirmation of receipt: waiting for you.")
    expect(happened).not_to_contain_text("aware")
    expect(page.locator("[data-slot=data]")).to_contain_text("You hold data.")


def test_a_case_is_not_closed_over_held_data_by_accident(
    page: Page, live: Live, ada: Colleague, someone: Researcher
) -> None:
    """S3-13: the desk warns, and closes the case once the box is ticked."""
    report = reported(someone, "# A door is open\n", {})
    ada.post(f"/staff/api/reports/{report}/events", {"name": "note-data-held"})
    sit(page, ada, f"{live.url}/staff/reports/{report}")
    choose(page, "The case was closed")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("The reporter still holds data.")).to_be_visible()
    page.get_by_label("End it though the reporter still holds data").check()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("#strip [data-slot=state]")).to_have_text("Closed")


def test_the_dates_can_be_taken_along(
    page: Page, live: Live, someone: Researcher, tmp_path: Path
) -> None:
    """As a calendar file, from the page with script; the token is not in it."""
    report = reported(someone, "# A door is open\n", {})
    follow(page, live, someone)
    with page.expect_download() as found:
        page.get_by_role("button", name="Save the dates as a calendar file").click()
    assert found.value.suggested_filename == f"{report}.ics"
    found.value.save_as(tmp_path / "dates.ics")
    text = (tmp_path / "dates.ics").read_text(encoding="utf-8")
    assert "Confirmation of receipt" in text
    assert someone.token.lookup not in text
    assert someone.token.text not in text
