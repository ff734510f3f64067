"""Promise 1: when the sealing script is missing, blocked or broken, nothing is sent.

Each test takes something away and then does what a hopeful person would do: type, press, submit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Request, Route, expect

from tests.journeys.form import ReportForm
from tests.live import Live

pytestmark = pytest.mark.browser

CANARY = "canary-3f9c1d77"
EXAMPLE = "https://api.example.com:8443"


@dataclass
class Wire:
    """Everything the browser put on the wire."""

    sent: list[bytes] = field(default_factory=list)

    def note(self, request: Request) -> None:
        """Remember a request, its address and its body."""
        self.sent.append(f"{request.method} {request.url}".encode())
        self.sent.append(request.post_data_buffer or b"")

    def carries(self, text: str) -> bool:
        """Tell whether the text left the browser."""
        return any(text.encode() in part for part in self.sent)

    @property
    def delivered(self) -> bool:
        """Tell whether anything was posted to a report's address."""
        return any(re.fullmatch(rb"POST .*/report", part) for part in self.sent)


@pytest.fixture
def wire(context: BrowserContext) -> Iterator[Wire]:
    """What this profile sends."""
    noted = Wire()
    context.on("request", noted.note)
    yield noted
    assert not noted.carries(CANARY)


def insist(page: Page) -> None:
    """Type and press whatever lets itself be typed into and pressed."""
    for control in page.locator("#report input:enabled, #report textarea:enabled").all():
        if control.get_attribute("type") in {None, "text", "email", "tel"}:
            control.fill(CANARY)
            control.press("Enter")
    for button in page.locator("#report button:enabled").all():
        if button.is_visible():
            button.click()


@pytest.mark.parametrize("script", ["report.js", "seal-worker.js", "sealing.js", "vendor/age.js"])
@pytest.mark.parametrize("how", ["missing", "broken", "throws"])
def test_a_script_that_does_not_come_keeps_the_form_locked(
    page: Page, live: Live, wire: Wire, script: str, how: str
) -> None:
    """404, unreadable or throwing: no field opens, nothing leaves, the page says what to do."""
    answers: dict[str, Callable[[Route], None]] = {
        "missing": lambda route: route.fulfill(status=404, body=""),
        "broken": lambda route: route.fulfill(
            status=200, content_type="text/javascript", body="export {"
        ),
        "throws": lambda route: route.fulfill(
            status=200, content_type="text/javascript", body="throw new Error('broken')"
        ),
    }
    page.route(f"**/{script}", answers[how])
    page.goto(f"{live.url}/example/report")
    expect(page.locator("#gate")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator("#f-title")).to_be_disabled()
    expect(page.locator("#gate")).to_contain_text("by hand")
    insist(page)
    assert not wire.delivered


def test_a_stricter_policy_keeps_the_form_locked(page: Page, live: Live, wire: Wire) -> None:
    """A proxy or an extension that forbids scripts leaves a locked form and the way by hand."""

    def forbid(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": "default-src 'none'"}
        route.fulfill(response=answer, headers=headers)

    page.route("**/example/report", forbid)
    page.goto(f"{live.url}/example/report")
    expect(page.locator("#f-title")).to_be_disabled()
    expect(page.locator("#gate")).to_be_visible()
    insist(page)
    assert not wire.delivered


def test_without_script_only_a_sealed_file_can_be_sent(live: Live, context: BrowserContext) -> None:
    """The one form on the page has one named control, and that is a file."""
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{live.url}/example/report")
    names = page.locator("form [name]")
    assert [one.get_attribute("name") for one in names.all()] == ["sealed"]
    assert page.locator("#report form").count() == 0
    expect(page.locator("#gate")).to_be_visible()
    expect(page.locator("#by-hand")).to_be_visible()
    plain.close()


def filled(page: Page, live: Live) -> ReportForm:
    """A form with a report ready to be sent."""
    form = ReportForm.open(page, live, "example")
    form.check(EXAMPLE, "in")
    form.fill({"title": CANARY, "steps": CANARY})
    form.confirm()
    return form


# Each breaks one thing a sealing page needs, after the text was typed.
SABOTAGE = {
    "random numbers": "crypto.getRandomValues = () => { throw new Error('no entropy') }",
    "key derivation": "SubtleCrypto.prototype.deriveBits = () => Promise.reject(Error('no'))",
    "the worker": "Worker.prototype.postMessage = () => { throw new Error('no worker') }",
    "packing": "TextEncoder.prototype.encode = () => { throw new Error('no text') }",
    "sending": "XMLHttpRequest.prototype.send = () => { throw new Error('no network') }",
    "form data": "FormData.prototype.set = () => { throw new Error('no form') }",
}


@pytest.mark.parametrize("what", SABOTAGE)
def test_a_failure_at_any_step_sends_nothing_and_keeps_the_text(
    page: Page, live: Live, wire: Wire, what: str
) -> None:
    """Whatever throws, the text stays on the page and the page says what to do."""
    form = filled(page, live)
    page.evaluate(f"() => {{ {SABOTAGE[what]} }}")
    form.send()
    expect(page.locator("#failure")).to_be_visible(timeout=30_000)
    expect(page.locator("#failure-hint")).not_to_be_empty()
    expect(page.locator("#f-steps")).to_have_value(CANARY)
    assert not wire.delivered


def test_keys_that_cannot_be_verified_are_not_sealed_to(page: Page, live: Live, wire: Wire) -> None:
    """A swapped keyset closes the form: the page names the problem and nothing is sent."""
    other = live.url + "/integratpark/keyset.jws"

    def swap(route: Route) -> None:
        route.fulfill(response=route.fetch(url=other))

    form = filled(page, live)
    page.route("**/example/keyset.jws", swap)
    form.send()
    expect(page.locator("#failure")).to_be_visible(timeout=30_000)
    expect(page.locator("#f-steps")).to_have_value(CANARY)
    assert not wire.delivered


def test_leaving_with_unsent_text_is_asked_about(page: Page, live: Live) -> None:
    """A reload or a wrong click does not throw a draft away unasked."""
    filled(page, live)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.reload()
    assert asked == ["beforeunload"]


def test_nothing_breaks_the_content_policy(page: Page, live: Live) -> None:
    """A whole report is made and sent without one violation."""
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    form = filled(page, live)
    form.send()
    form.token()
    assert complaints == []
