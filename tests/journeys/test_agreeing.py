"""Two sides come to terms in a real browser: a date, data, a name, a reward; none is forged."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import BrowserContext, Page, expect

from portal.offline.thread.agreements import accord
from portal.offline.thread.sealing import Draft
from tests.colleagues import Colleague
from tests.journeys.casework import PATIENT, Bureau, sit, unlock
from tests.journeys.pen import Pen
from tests.journeys.reporter import Reporter
from tests.live import Live

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "axe.run().then((found) => found.violations.map((one) => [one.id, one.help]))"


@pytest.fixture(scope="module")
def ada(bureau: Bureau) -> Colleague:
    """A handler."""
    return bureau.hire("Ada Agreeing")


@pytest.fixture
def reporter(page: Page, live: Live) -> Reporter:
    """Somebody whose report has arrived."""
    made = Reporter(page, live)
    made.send("The gate opens by itself", "1. Walk up")
    return made


@pytest.fixture
def desk(context: BrowserContext) -> Page:
    """A second tab, for staff."""
    return context.new_page()


def day(days: int) -> date:
    """A day ahead."""
    return (datetime.now(UTC) + timedelta(days=days)).date()


def words(when: date) -> str:
    """A day as the pages write it."""
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def sit_down(desk: Page, ada: Colleague, bureau: Bureau, report: str) -> None:
    """Open the report at the desk."""
    sit(desk, ada, f"{bureau.live.url}/staff/reports/{report}")
    unlock(desk, bureau.key)
    expect(desk.locator("#write-form")).to_be_visible(timeout=PATIENT)
    expect(desk.locator("#publish")).to_be_visible(timeout=PATIENT)


def barriers(page: Page) -> list[list[str]]:
    """Return what axe finds in the way of anybody, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.evaluate(AXE.read_text())
    return list(page.evaluate(BARRIERS))


def propose(desk: Page, when: date) -> None:
    """Let staff propose a day."""
    desk.get_by_text("Propose a day for publication").click()
    desk.get_by_label("Publish on").fill(when.isoformat())
    desk.get_by_role("button", name="Sign and propose").click()


def test_a_date_is_agreed_by_both(
    reporter: Reporter, desk: Page, ada: Colleague, bureau: Bureau, live: Live, tmp_path: Path
) -> None:
    """S1-20: staff propose, the reporter counters, staff accept: agreed on both pages."""
    first, second = day(60), day(90)
    pen = Pen(live, "example", reporter.report, tmp_path)
    sit_down(desk, ada, bureau, reporter.report)
    propose(desk, first)
    expect(desk.locator("#events")).to_contain_text("As message 1 says.", timeout=PATIENT)
    expect(desk.locator("#agreements")).to_contain_text("the reporter has not answered it.")

    reporter.follow()
    page = reporter.page
    expect(page.locator("#proposal")).to_contain_text(words(first))
    page.get_by_text("Propose another day").click()
    page.fill("#propose-date", second.isoformat())
    page.locator("#propose").get_by_role("button", name="Sign and propose").click()
    expect(reporter.message(2)).to_contain_text(words(second), timeout=PATIENT)
    expect(page.locator("#proposal")).to_be_hidden()
    expect(page.locator("#pledges-list")).to_contain_text("staff have not answered it.")
    counter = accord(pen.thread())
    assert (counter.state, counter.proposal and counter.proposal.author) == ("proposed", "reporter")

    # Whoever owns the database cannot agree in anybody's name.
    answer = Draft("publication-agreed", data={"proposal": 2, "date": second.isoformat()})
    pen.write(answer, key=Ed25519PrivateKey.generate())
    sit_down(desk, ada, bureau, reporter.report)
    expect(desk.locator(".message[data-verdict=forged]")).to_have_count(1, timeout=PATIENT)
    expect(desk.locator("#agreements")).to_contain_text("staff have not answered it.")

    desk.get_by_role("button", name="Sign that staff agree").click()
    agreed = f"Agreed: publication on {words(second)} (message 4, signed by staff)."
    expect(desk.locator("#agreements")).to_contain_text(agreed, timeout=PATIENT)
    expect(desk.locator("#publication-told")).to_contain_text(
        f"The reporter and staff agreed to publish on {words(second)}.", timeout=PATIENT
    )
    expect(desk.get_by_role("button", name="Record that")).to_have_count(0)
    reporter.follow()
    expect(page.locator("#pledges-list")).to_contain_text(agreed)
    expect(page.locator("#found")).to_contain_text(
        f"You and staff agreed to publish on {words(second)}."
    )
    expect(page.locator("#accord-doubt")).to_be_hidden()
    assert accord(pen.thread()).state == "agreed"


def test_an_agreement_that_is_only_in_the_timeline_is_doubted(
    reporter: Reporter, desk: Page, ada: Colleague, bureau: Bureau, live: Live, tmp_path: Path
) -> None:
    """S1-20: a forged answer, recorded by whoever owns the database, is agreed on neither page."""
    pen = Pen(live, "example", reporter.report, tmp_path)
    when = day(60).isoformat()
    pen.write(Draft("publication-proposed", data={"date": when}))
    forged = Draft("publication-agreed", data={"proposal": 1, "date": when})
    pen.write(forged, key=Ed25519PrivateKey.generate(), author="reporter")
    for name, data in (
        ("propose-publication", {"date": when, "message": 1}),
        ("agree-publication", {"message": 2}),
    ):
        told = ada.post(
            f"/staff/api/reports/{reporter.report}/events", {"name": name, "data": data}
        )
        assert told.status_code == 201, told.text
    reporter.follow()
    expect(reporter.page.locator("#accord-doubt")).to_be_visible()
    expect(reporter.page.locator("#proposal")).to_be_visible()
    expect(reporter.page.locator("#pledges-list")).not_to_contain_text("Agreed")
    sit_down(desk, ada, bureau, reporter.report)
    expect(desk.locator("#agreements")).to_contain_text("the signed messages do not")
    expect(desk.locator("#agreements")).not_to_contain_text("Agreed")


def test_data_a_name_and_a_reward(
    reporter: Reporter, desk: Page, ada: Colleague, bureau: Bureau
) -> None:
    """S3-13, S1-22, S3-14: asked and attested; named and taken off at once; weighed and decided."""
    sit_down(desk, ada, bureau, reporter.report)
    desk.get_by_text("Ask for the deletion of held data").click()
    desk.get_by_role("button", name="Ask and record it").click()
    expect(desk.locator("#data-told")).to_contain_text("was asked to delete", timeout=PATIENT)

    reporter.follow()
    page = reporter.page
    expect(page.locator("#attest-true")).not_to_be_checked()
    page.get_by_role("button", name="Sign that it is gone").click()
    expect(page.locator("#attest-error")).to_be_visible()
    page.check("#attest-true")
    page.get_by_role("button", name="Sign that it is gone").click()
    statement = "I have deleted the data of Example's customers that I came to hold."
    expect(reporter.message(2)).to_contain_text(statement, timeout=PATIENT)
    expect(page.locator("#attest-true")).not_to_be_checked()
    assert page.locator("#credit-choice").input_value() == "none"
    assert barriers(page) == []
    reporter.wish("<b>Zoë</b>")
    expect(reporter.message(3)).to_contain_text("<b>Zoë</b>", timeout=PATIENT)

    sit_down(desk, ada, bureau, reporter.report)
    for name in ("Record that the data is gone (message 2)", "Record that the reporter is to be"):
        desk.get_by_role("button", name=name).click(timeout=PATIENT)
        expect(desk.get_by_role("button", name=name)).to_have_count(0, timeout=PATIENT)
    desk.get_by_role("button", name="on the public page of thanks").click(timeout=PATIENT)
    expect(desk.get_by_role("button", name="Take the name off")).to_be_visible(timeout=PATIENT)
    desk.get_by_text("Decide about a reward").click()
    desk.locator("#decide-answer").select_option("yes")
    for factor in desk.locator("#decide-factors select").all():
        factor.select_option("high")
    desk.get_by_role("button", name="Sign and send the decision").click()
    expect(desk.locator("#reward-told")).to_contain_text("a reward is given", timeout=PATIENT)
    assert barriers(desk) == []

    page.goto(f"{bureau.live.url}/example/thanks")
    expect(page.locator("main")).to_contain_text("<b>Zoë</b>")
    reporter.follow()
    expect(reporter.message(4)).to_contain_text("We decided to give a reward.")
    page.get_by_role("button", name="Take my name off now").click()
    expect(page.locator("#thanked")).to_be_hidden()
    page.goto(f"{bureau.live.url}/example/thanks")
    expect(page.locator("main")).not_to_contain_text("Zoë")
