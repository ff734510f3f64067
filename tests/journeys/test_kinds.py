"""A quick report, a question, and what cannot wait: in a real browser, up to the staff's key."""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portal import age
from portal.intake.token import Token
from tests.journeys.form import SLOWLY, ReportForm
from tests.live import Live

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "axe.run().then((found) => found.violations.map((one) => [one.id, one.help]))"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh visitor."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture
def form(page: Page, live: Live) -> ReportForm:
    """The form of a program that takes all three kinds."""
    return ReportForm.open(page, live.url, "example")


def kept(form: ReportForm, live: Live) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Send, and return the sealed report as staff read it, its standing, and the readable copy."""
    form.send()
    token = Token.parse(form.token())
    asked = {"lookup": token.lookup}
    standing = form.page.request.post(f"{live.url}/status", data=asked).json()
    sealed = form.page.request.post(f"{live.url}/status/envelope", data={**asked, "role": "report"})
    key = (live.staff_machine / "example-handler.key").read_text("utf-8")
    identity = re.search(r"AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+", key)
    assert identity
    sink = io.BytesIO()
    age.decrypt(io.BytesIO(sealed.body()), [identity[0]], sink)
    with tarfile.open(fileobj=io.BytesIO(sink.getvalue())) as tar:
        files = {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}
    return json.loads(files["report.json"]), standing, files["report.md"].decode()


def barriers(page: Page) -> list[Any]:
    """Return what axe finds in the way of anybody."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(BARRIERS))


def test_two_answers_are_a_quick_report(form: ReportForm, live: Live) -> None:
    """S0-16, S3-1: target and title are all it asks; its clocks start like any other's."""
    page = form.page
    page.click("[data-kind-of=quick]")
    fields = page.locator("#report :is(input, textarea, select):visible")
    shown = fields.evaluate_all("all => all.map((one) => one.id)")
    assert shown == ["target", "f-title", "exposed", "exploited"]
    form.check("https://shop.example.com", "in")
    page.fill("#f-title", "A door is open")
    assert barriers(page) == []
    document, standing, _ = kept(form, live)
    assert (document["kind"], document["fields"]) == ("quick", {"title": "A door is open"})
    assert document["conduct"] == {"attested": [], "used": []}
    assert document["reporter"]["recipient"], "the rest can follow by token"
    assert standing["kind"] == "quick"
    assert "Confirmation of receipt" in [one["label"] for one in standing["deadlines"]]


def test_a_question_is_asked_before_testing(page: Page, live: Live) -> None:
    """S2-1, S2-27: from the checker's “ask first” to the staff: no target, no ruling, no clock."""
    page.goto(f"{live.url}/example/scope")
    page.fill("#target", "somewhere.example.net")
    page.press("#target", "Enter")
    page.get_by_role("link", name="Ask first").click()
    form = ReportForm(page)
    expect(page.locator("#f-subject")).to_be_enabled()
    expect(page.locator("[data-kind-of=question]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#target")).to_be_hidden()
    expect(page.get_by_text("A question starts no clock").first).to_be_visible()
    form.send()
    expect(page.locator("#faults-list li")).to_have_count(2)
    form.fill({"subject": "Testing", "question": "Test somewhere.example.net on Sunday?"})
    assert barriers(page) == []
    document, standing, text = kept(form, live)
    asked = {"title": "Testing", "question": "Test somewhere.example.net on Sunday?"}
    assert (document["kind"], document["fields"]) == ("question", asked)
    assert document["target"]["verdict"] is None
    assert text.startswith("# Testing\n\nA question to")
    assert "## Target" not in text
    assert (standing["kind"], standing["deadlines"]) == ("question", [])
    expect(page.locator("#kept-title")).to_have_text("Your question is kept", use_inner_text=True)
    expect(page.locator("#no-deadlines")).to_contain_text("starts no clock", use_inner_text=True)


def test_what_cannot_wait_asks_little_and_comes_first(form: ReportForm, live: Live) -> None:
    """S0-17: two ticks bring up questions, fold away what only helps, and reach the server."""
    page = form.page
    page.fill("#f-impact", "Written before.")
    for tick in ("#exposed", "#exploited"):
        page.focus(tick)
        page.keyboard.press("Space")
    expect(page.locator("#f-exposed_data")).to_be_visible()
    expect(page.locator("#f-exploited_signs")).to_be_visible()
    expect(page.locator("#f-weakness")).to_be_hidden()
    expect(page.locator("#f-impact")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name=re.compile("Show .* more")).press("Enter")
    expect(page.locator("#f-weakness")).to_be_visible()
    form.check("https://shop.example.com", "in")
    form.fill({"title": "Orders", "steps": "Look.", "exposed_data": "Names", "exposed_open": "yes"})
    form.confirm()
    expect(page.locator("#recap")).to_contain_text("Non-public data lies open")
    document, standing, text = kept(form, live)
    assert (document["exposed"], document["exploited"]) == (True, True)
    assert document["fields"]["exposed_data"] == "Names"
    assert "it is still open" in text
    assert (standing["exposed"], standing["exploited"]) == (True, True)


def test_exposed_data_brings_up_its_questions(form: ReportForm) -> None:
    """S0-2: as the kind of finding, too; the server learns of it only by the tick."""
    page = form.page
    expect(page.locator("#f-exposed_data")).to_be_hidden()
    page.select_option("#f-report_kind", "exposed_data")
    expect(page.locator("#f-exposed_data")).to_be_visible()
    expect(page.locator("#exposed")).not_to_be_checked()
    expect(page.locator("#recap")).not_to_contain_text("lies open")


def test_what_comes_next_is_said_with_dates(form: ReportForm) -> None:
    """Before anything is sent, beside the policy's own words."""
    page = form.page
    expect(page.locator("#if-now-dates li").first).to_contain_text("Europe/Amsterdam")
    expect(page.get_by_text("The same times hold with a name and without one.")).to_be_visible()
    page.click("[data-kind-of=question]")
    expect(page.locator("#if-now-dates")).to_be_hidden()


def test_turning_to_another_kind_sends_only_what_it_shows(form: ReportForm, live: Live) -> None:
    """What was written for a full report stays on the page, and is not sent with a quick one."""
    page = form.page
    form.check("https://shop.example.com", "in")
    form.fill({"title": "A door", "impact": "Not yet.", "handle": "me"})
    page.click("[data-kind-of=quick]")
    expect(page.locator("#recap")).to_contain_text("Nothing: you stay anonymous")
    document, _, text = kept(form, live)
    assert document["fields"] == {"title": "A door"}
    assert "Not yet." not in text


def test_the_rest_follows_by_token(form: ReportForm, live: Live) -> None:
    """S0-16: from the status page, the policy's other questions, bit by bit, sealed and signed."""
    page = form.page
    page.click("[data-kind-of=quick]")
    form.check("https://shop.example.com", "in")
    page.fill("#f-title", "A door is open")
    form.send()
    token = Token.parse(form.token())
    form.type_back(form.token())
    page.goto(f"{live.url}/status")
    page.fill("#token", token.text)
    page.click("#show")
    expect(page.locator("#rest-send")).to_be_enabled(timeout=SLOWLY)
    page.click("#rest-send")
    expect(page.locator("#rest-error")).to_contain_text("nothing to send")
    for part in page.locator("#rest-form summary").all():
        part.click()
    page.fill("#f-cvss", "nonsense")
    page.click("#rest-send")
    expect(page.locator("#f-cvss")).to_be_focused()
    page.fill("#f-cvss", "")
    page.fill("#f-steps", "Open it.")
    page.select_option("#f-report_kind", "weakness")
    page.check("#attested-no-publishing-data")
    assert barriers(page) == []
    page.click("#rest-send")
    said = page.locator(".message[data-verdict=good]")
    expect(said).to_contain_text("More answers to the form", timeout=SLOWLY)
    expect(said).to_contain_text("A weakness")
    expect(said).to_contain_text("Open it.")
    expect(said).to_contain_text("no-publishing-data")
    expect(page.locator("#rest-note")).to_contain_text("Sent.")
    expect(page.locator("#f-steps")).to_have_value("")
