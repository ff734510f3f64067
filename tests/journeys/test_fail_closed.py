"""Promise 1: when the sealing script is missing, blocked or broken, nothing is sent.

Each test takes something away and then does what a hopeful person would do: type, press, submit.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Route, expect

from tests.journeys.form import ReportForm
from tests.journeys.wire import Wire

pytestmark = pytest.mark.browser

CANARY = "canary-3f9c1d77"
EXAMPLE = "https://api.example.com:8443"
UNLOCK = """() => {
    for (const one of document.querySelectorAll("#report [disabled]")) one.disabled = false
}"""


@pytest.fixture(autouse=True)
def unread(wire: Wire) -> Iterator[None]:
    """Whatever a test here does, what it typed never leaves the browser in a readable form."""
    yield
    assert not wire.carries(CANARY)


def insist(page: Page, wire: Wire) -> None:
    """Take every lock off by hand, type, tick, attach, press Enter and every button.

    Nothing at all is sent for it, not even the target to be checked.
    """
    page.evaluate(UNLOCK)
    controls = page.locator("#report input, #report textarea, #report select").all()
    typed = [enter(one) for one in controls if one.is_visible()]
    assert CANARY in typed
    for button in page.locator("#report button:not([data-files] *)").all():
        if button.is_visible():
            button.click()
    page.wait_for_timeout(1000)  # longer than the form waits before it checks a target
    assert wire.posts == []


def enter(control: Locator) -> str:
    """Put something into a control and press Enter; return what it then holds."""
    kind = control.evaluate("one => one.matches('select') ? 'select' : one.type")
    if kind == "file":
        text = CANARY.encode()
        control.set_input_files({"name": CANARY, "mimeType": "text/plain", "buffer": text})
    elif kind == "select":
        control.select_option(index=1)
    elif kind == "checkbox":
        control.check()
    else:
        control.fill("2026-11-20T10:00" if kind == "datetime-local" else CANARY)
        control.press("Enter")
    return control.input_value()


@pytest.mark.parametrize("script", ["report.js", "seal-worker.js", "sealing.js", "vendor/age.js"])
@pytest.mark.parametrize("how", ["missing", "broken", "throws"])
def test_a_script_that_does_not_come_keeps_the_form_locked(
    page: Page, wire: Wire, script: str, how: str
) -> None:
    """404, unreadable or throwing: no field opens, the page says what to do, and nothing is sent.

    Nothing is sent even for someone who opens the fields by other means.
    """
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
    page.goto(f"{wire.url}/example/report")
    expect(page.locator("#gate")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator("#f-title")).to_be_disabled()
    expect(page.locator("#gate")).to_contain_text("by hand")
    insist(page, wire)


def test_a_stricter_policy_keeps_the_form_locked(page: Page, wire: Wire) -> None:
    """A proxy or an extension that forbids scripts leaves a locked form and the way by hand."""

    def forbid(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": "default-src 'none'"}
        route.fulfill(response=answer, headers=headers)

    page.route("**/example/report", forbid)
    page.goto(f"{wire.url}/example/report")
    expect(page.locator("#f-title")).to_be_disabled()
    expect(page.locator("#gate")).to_be_visible()
    insist(page, wire)


def test_without_script_only_a_sealed_file_can_be_sent(wire: Wire, context: BrowserContext) -> None:
    """The one form on the page takes a file, and what the server may know of it."""
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{wire.url}/example/report")
    names = page.locator("form [name]")
    assert [(one.get_attribute("name"), one.get_attribute("type")) for one in names.all()] == [
        ("sealed", "file"),
        ("kind", None),
        ("exposed", "checkbox"),
        ("exploited", "checkbox"),
    ]
    assert page.locator("#report form").count() == 0
    expect(page.locator("#gate")).to_be_visible()
    expect(page.locator("#by-hand")).to_be_visible()
    insist(page, wire)
    plain.close()


def filled(page: Page, wire: Wire) -> ReportForm:
    """A form with a report ready to be sent."""
    form = ReportForm.open(page, wire.url, "example")
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
    page: Page, wire: Wire, what: str
) -> None:
    """Whatever throws, the text stays on the page and the page says what to do."""
    form = filled(page, wire)
    page.evaluate(f"() => {{ {SABOTAGE[what]} }}")
    form.send()
    expect(page.locator("#failure")).to_be_visible(timeout=30_000)
    expect(page.locator("#failure-hint")).not_to_be_empty()
    expect(page.locator("#f-steps")).to_have_value(CANARY)
    assert not wire.delivered
    assert not wire.sealed


def test_keys_that_cannot_be_verified_are_not_sealed_to(page: Page, wire: Wire) -> None:
    """A swapped keyset closes the form: the page names the problem and nothing is sent."""
    other = wire.url + "/integratpark/keyset.jws"

    def swap(route: Route) -> None:
        route.fulfill(response=route.fetch(url=other))

    form = filled(page, wire)
    page.route("**/example/keyset.jws", swap)
    form.send()
    expect(page.locator("#failure")).to_be_visible(timeout=30_000)
    expect(page.locator("#f-steps")).to_have_value(CANARY)
    assert not wire.delivered
    assert not wire.sealed


def test_leaving_with_unsent_text_is_asked_about(page: Page, wire: Wire) -> None:
    """A reload or a wrong click does not throw a draft away unasked."""
    filled(page, wire)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.reload()
    assert asked == ["beforeunload"]


def test_nothing_breaks_the_content_policy(page: Page, wire: Wire) -> None:
    """A whole report is made and sent without one violation; and the wire saw it leave, sealed."""
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    form = filled(page, wire)
    form.send()
    form.token()
    assert complaints == []
    assert wire.delivered
    assert wire.sealed
