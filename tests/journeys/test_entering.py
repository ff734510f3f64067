"""A report that came by mail, from the queue to an opened report; and all that can go wrong."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.colleagues import Colleague
from tests.journeys.casework import PATIENT, Bureau, sit, unlock
from tests.journeys.wire import Wire

pytestmark = pytest.mark.browser

CANARY = "canary-mail-5d2e90"
TEXT = f"Dear all,\n\nthe side door is open <script>1</script>. {CANARY}\n"
AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "found => found.violations.map(({ id, nodes }) => [id, nodes.map(one => one.html)])"
API = "**/staff/api/programs/example/reports"


@pytest.fixture(scope="module")
def ada(bureau: Bureau) -> Colleague:
    """A handler."""
    return bureau.hire("Ada Mail")


@pytest.fixture(autouse=True)
def unread(wire: Wire) -> Iterator[None]:
    """Whatever happens, nothing of the mail leaves the browser in a readable form."""
    yield
    assert not wire.carries(CANARY)


def write(page: Page, came: datetime) -> None:
    """Fill in the mail, once the page lets people type."""
    expect(page.locator("#gate")).to_be_hidden(timeout=PATIENT)
    page.get_by_label("Date").fill(f"{came:%Y-%m-%d}")
    page.get_by_label("Time").fill(f"{came:%H:%M}")
    page.get_by_label("Zone").select_option("+00:00")
    page.get_by_label("Title").fill(f"Side door {CANARY}")
    page.get_by_label("The mail", exact=True).fill(TEXT)
    page.get_by_role("textbox", name="Sender").fill(f"{CANARY}@sender.example")
    mail = {"name": f"{CANARY}.eml", "mimeType": "message/rfc822", "buffer": b"Subject: door"}
    page.locator("#f-files").set_input_files(mail)  # type: ignore[arg-type]


def yesterday() -> datetime:
    """Return a time at which a mail may have come."""
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=1)


def test_a_mail_is_entered_read_and_answered_by_mail(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau
) -> None:
    """From the queue: sealed here, kept with its own time, opened with its file; words to send."""
    came = yesterday()
    sit(page, ada, f"{wire.url}/staff/")
    page.get_by_role("link", name="Enter a mail").click()
    page.wait_for_url("**/staff/programs/example/enter")
    write(page, came)
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.locator("#kept")).to_be_visible(timeout=PATIENT)
    note = page.locator("#sender-note").inner_text()
    assert "Confirmation of receipt" in note
    assert "/verify" in note
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the receipt").click()
    assert saving.value.path().read_text().count(".") == 2
    report = page.locator("#kept-report").inner_text()
    page.get_by_role("link", name="Go to the report").click()
    expect(page.locator("#events")).to_contain_text("by mail, entered by Ada Mail")
    unlock(page, bureau.key)
    expect(page.locator("#report-text")).to_contain_text("the side door is open <script>1</script>")
    expect(page.locator("#checks")).to_contain_text("It came by mail, entered by Ada Mail on")
    expect(page.locator("#checks")).not_to_contain_text("sealed by hand")
    expect(page.locator("#write-gate")).to_contain_text("Answer by mail")
    expect(page.locator("#own-key-field")).to_be_hidden()
    page.get_by_role("button", name="Fetch the file").click()
    expect(page.locator("#report-files")).to_contain_text(f"{CANARY}.eml", timeout=PATIENT)
    shown = ada.get(f"/staff/api/reports/{report}").json
    assert datetime.fromisoformat(shown["received_at"]) == came


def test_nothing_is_lost_when_it_fails(page: Page, wire: Wire, ada: Colleague) -> None:
    """A refusal and a broken line leave the text; the next press keeps the report, once."""
    refused = {"error": {"code": "x", "message": "Not now.", "hint": "Later."}}
    outcomes = iter(("refused", "lost", "through"))

    def unlucky(route: Route) -> None:
        outcome = next(outcomes)
        if outcome == "refused":
            route.fulfill(status=503, content_type="application/json", body=json.dumps(refused))
        elif outcome == "lost":
            route.fetch()  # the portal keeps it, and its answer never comes
            route.abort()
        else:
            route.continue_()

    sit(page, ada, f"{wire.url}/staff/programs/example/enter")
    write(page, yesterday())
    page.route(API, unlucky)
    before = ada.get("/staff/api/queue/counts").json["open"]["count"]
    press = page.get_by_role("button", name="Seal and keep")
    press.click()
    expect(page.locator("#failure")).to_contain_text("Not now.", timeout=PATIENT)
    press.click()
    expect(page.locator("#failure")).to_contain_text("may have been kept", timeout=PATIENT)
    expect(page.get_by_label("The mail", exact=True)).to_have_value(TEXT)
    expect(page.get_by_label("Title")).to_be_enabled()
    press.click()
    expect(page.locator("#kept")).to_be_visible(timeout=PATIENT)
    assert ada.get("/staff/api/queue/counts").json["open"]["count"] == before + 1


def test_what_is_missing_or_cannot_be_is_said_beside_it(
    page: Page, wire: Wire, ada: Colleague
) -> None:
    """A time in the future, no title: nothing is sealed, and the fields say why."""
    sit(page, ada, f"{wire.url}/staff/programs/example/enter")
    write(page, datetime.now(UTC) + timedelta(days=2))
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.locator("#f-date-error")).to_contain_text("in the future")
    expect(page.locator("#f-title-error")).to_contain_text("required")
    expect(page.locator("#faults a")).to_have_count(2)


@pytest.mark.parametrize("script", ["entering.js", "seal-worker.js", "vendor/age.js"])
def test_a_script_that_does_not_come_keeps_the_form_locked(
    page: Page, wire: Wire, ada: Colleague, script: str
) -> None:
    """No field opens, and the page says what else can be done."""
    page.route(f"**/{script}", lambda route: route.fulfill(status=404, body=""))
    sit(page, ada, f"{wire.url}/staff/programs/example/enter")
    expect(page.locator("#gate")).to_contain_text("portico report enter")
    page.wait_for_timeout(500)
    expect(page.locator("#gate")).to_be_visible()
    expect(page.locator("#f-steps")).to_be_disabled()
    expect(page.locator("#send")).to_be_disabled()


def test_another_keyset_than_the_pinned_root_s_locks_it(
    page: Page, wire: Wire, ada: Colleague
) -> None:
    """Keys that nobody vouches for are not sealed to."""
    page.route("**/keyset.jws*", lambda route: route.fulfill(status=200, body="a.b.c"))
    sit(page, ada, f"{wire.url}/staff/programs/example/enter")
    expect(page.locator("#gate-title")).to_have_text("The form stays locked", timeout=PATIENT)
    expect(page.locator("#f-steps")).to_be_disabled()


def test_a_reader_enters_nothing(page: Page, wire: Wire, bureau: Bureau) -> None:
    """No way leads there from the queue, and the page stays locked."""
    sit(page, bureau.hire("Rob Mail", "reader"), f"{wire.url}/staff/")
    expect(page.locator("#work")).to_be_visible()
    expect(page.locator("#enter-mail")).to_be_hidden()
    page.goto(f"{wire.url}/staff/programs/example/enter")
    expect(page.locator("#gate-title")).to_have_text("The form stays locked")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_page(
    page: Page, wire: Wire, ada: Colleague, width: int, scheme: str
) -> None:
    """Nothing is unlabelled or too faint, before and after, and nothing scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sit(page, ada, f"{wire.url}/staff/programs/example/enter")
    write(page, yesterday())
    page.evaluate(AXE.read_text("utf-8"))
    for done in ("#page", "#kept"):
        expect(page.locator(done)).to_be_visible(timeout=PATIENT)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(f"axe.run().then({BARRIERS})") == []
        if done == "#page":
            page.get_by_role("button", name="Seal and keep").click()
