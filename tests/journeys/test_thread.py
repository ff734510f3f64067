"""A conversation with somebody whom only a token knows, on a server that may lie about it."""

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Locator, Page, expect

from portal.offline.thread.agreements import agreed
from portal.offline.thread.sealing import Draft
from tests.journeys.form import ReportForm
from tests.journeys.pen import Pen
from tests.live import PORTICO, Live, environment

pytestmark = pytest.mark.browser

PATIENT = 30_000  # milliseconds until a thread is fetched, opened and judged on a busy machine
FORGED = "This message was not signed by the program's staff. Do not trust it."
MOVED = "A message is missing or was moved."


@pytest.fixture(params=["example", "integratpark"], ids=["classic", "hybrid"])
def program(request: pytest.FixtureRequest) -> str:
    """A program with keys of either kind."""
    return str(request.param)


TARGETS = {
    "example": "https://api.example.com:8443",
    "integratpark": "https://app.integratpark.com",
}


def reported(page: Page, live: Live, program: str) -> tuple[str, str]:
    """Send a report on the page; return its token and its name."""
    form = ReportForm.open(page, live.url, program)
    form.check(TARGETS[program], "in")
    form.fill({"title": "The gate opens by itself", "steps": "1. Walk up"})
    if page.locator("#f-report_kind").count():
        form.fill({"report_kind": "vulnerability"})
    form.confirm()
    form.send()
    token = form.token()
    report = page.locator("#report-id").inner_text()
    form.type_back(token)
    return token, report


def follow(page: Page, live: Live, token: str) -> None:
    """Open the status page and wait until the thread was read."""
    page.goto(f"{live.url}/status")
    again(page, token)


def again(page: Page, token: str) -> None:
    """Ask once more on the page that is open."""
    page.fill("#token", token)
    page.click("#show")
    expect(page.locator("#messages-title")).to_be_visible(timeout=PATIENT)
    fetching = page.get_by_text("Fetching the messages and opening them here.")
    expect(fetching).to_be_hidden(timeout=PATIENT)


def message(page: Page, number: int) -> Locator:
    """One message of the thread."""
    return page.locator(f'.message[data-sequence="{number}"]')


def test_staff_ask_and_the_reporter_answers(
    page: Page, live: Live, program: str, tmp_path: Path
) -> None:
    """Asked, read, answered with a file, opened and verified by staff; both can read all of it."""
    token, report = reported(page, live, program)
    pen = Pen(live, program, report, tmp_path)
    question = tmp_path / "question.txt"
    question.write_text("Which of these?")
    pen.write(Draft(text="Thank you.\nWhich version was it?", files=[question]))

    follow(page, live, token)
    first = message(page, 1)
    expect(first).to_contain_text("Signed by the program's staff (handler).")
    expect(first).to_contain_text("Which version was it?")
    first.get_by_role("button", name="Fetch the file").click()
    expect(first.get_by_role("link", name="Save question.txt")).to_be_visible(timeout=PATIENT)

    evidence = tmp_path / "log.txt"
    evidence.write_bytes(b"seven\n" * 1000)
    expect(page.locator("#answer")).to_be_enabled(timeout=PATIENT)
    assert page.locator("#answer").get_attribute("name") is None
    page.fill("#answer", "Version 7.\u202e <b>bold</b>")
    page.set_input_files("#f-files", str(evidence))
    page.click("#answer-send")
    expect(message(page, 2)).to_contain_text("Signed with your token.", timeout=PATIENT)
    expect(message(page, 2)).to_contain_text("Version 7.<U+202E> <b>bold</b>")
    expect(page.locator("#answer")).to_have_value("")

    judged = pen.thread()
    assert [one.verdict for one in judged] == ["good", "good"]
    assert judged[1].body is not None
    assert judged[1].body.text.startswith("Version 7.")
    assert pen.files(2) == {"log.txt": evidence.read_bytes()}

    follow(page, live, token)
    expect(page.locator(".message[data-verdict=good]")).to_have_count(2, timeout=PATIENT)
    page.click("#read")
    expect(page.get_by_text("The gate opens by itself").first).to_be_visible()

    told = subprocess.run(
        [*PORTICO, "status", "--url", live.url, "-", "--read", str(tmp_path / "kept")],
        env=environment() | {"XDG_CONFIG_HOME": str(tmp_path)},
        input=token,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    assert "Signed by the program's staff (handler)." in told
    assert "Signed with your token." in told
    assert "\u202e" not in told
    kept = tmp_path / "kept" / "message-2"
    assert (kept / "message.txt").read_text().startswith("Version 7.")
    assert (kept / "files" / "log.txt").read_bytes() == evidence.read_bytes()


def test_what_is_agreed_is_signed(page: Page, live: Live, tmp_path: Path) -> None:
    """A proposal of staff is agreed to, a name is wished for, and staff can prove both."""
    token, report = reported(page, live, "example")
    pen = Pen(live, "example", report, tmp_path)
    pen.write(Draft("publication-proposed", data={"date": "2027-01-31"}))
    follow(page, live, token)
    expect(page.locator("#proposal")).to_contain_text("Sunday 31 January 2027")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(message(page, 2)).to_contain_text("Publication agreed", timeout=PATIENT)
    expect(page.locator("#proposal")).to_be_hidden()
    page.select_option("#credit-choice", "handle")
    page.fill("#credit", "Somebody")
    page.get_by_role("button", name="Sign this wish").click()
    expect(message(page, 3)).to_contain_text("How to be named: Somebody", timeout=PATIENT)
    pledges = page.locator("#pledges")
    pledges.locator("summary", has_text="Withdraw the report").click()
    pledges.get_by_role("button", name="Withdraw the report").click()
    expect(message(page, 4)).to_contain_text("The report is withdrawn", timeout=PATIENT)
    words = [(word.kind, word.value) for word in agreed(pen.thread())]
    assert words[1:] == [
        ("publication-agreed", "2027-01-31"),
        ("credit", "Somebody"),
        ("withdrawal", ""),
    ]
    again(page, token)
    expect(page.get_by_text("You withdrew the report")).to_be_visible()


def test_a_report_nobody_opened_can_be_deleted(page: Page, live: Live, tmp_path: Path) -> None:
    """With a signed message, and the token finds nothing afterwards."""
    token, _ = reported(page, live, "example")
    follow(page, live, token)
    expect(page.locator("#answer")).to_be_enabled(timeout=PATIENT)
    pledges = page.locator("#pledges")
    pledges.locator("summary", has_text="Have the report deleted").click()
    pledges.get_by_role("button", name="Ask for deletion").click()
    expect(page.get_by_text("Your report is deleted")).to_be_visible(timeout=PATIENT)
    page.click("#show")
    expect(page.locator("#found")).to_contain_text("There is no report for this token.")


def test_a_lying_server_is_seen_through(page: Page, live: Live, tmp_path: Path) -> None:
    """Forged, taken out and swapped messages each show as such, and a rollback in the same tab."""
    token, report = reported(page, live, "example")
    pen = Pen(live, "example", report, tmp_path)
    for text in ("One.", "Two.", "Three."):
        pen.write(Draft(text=text))
    pen.write(Draft(text="Send it by mail."), key=Ed25519PrivateKey.generate())
    follow(page, live, token)
    expect(page.locator(".message[data-verdict=good]")).to_have_count(3, timeout=PATIENT)
    expect(message(page, 4)).to_contain_text(FORGED)
    expect(message(page, 4).get_by_text("Send it by mail.")).to_be_hidden()

    swap = "UPDATE envelopes SET role = :to WHERE report = :report AND role = :from"
    moves = [("message-1", "aside"), ("message-2", "message-1"), ("aside", "message-2")]
    pen.tamper(*(swap.replace(":to", f"'{to}'").replace(":from", f"'{old}'") for old, to in moves))
    follow(page, live, token)
    expect(message(page, 1)).to_contain_text(MOVED, timeout=PATIENT)
    expect(message(page, 2)).to_contain_text(MOVED)
    pen.tamper(*(swap.replace(":to", f"'{to}'").replace(":from", f"'{old}'") for old, to in moves))

    pen.tamper(swap.replace(":to", "'gone'").replace(":from", "'message-2'"))
    follow(page, live, token)
    expect(message(page, 2)).to_contain_text("does not open with your token", timeout=PATIENT)
    expect(message(page, 1)).to_contain_text("Signed by")
    expect(message(page, 3)).to_contain_text(MOVED)

    pen.tamper("DELETE FROM messages WHERE report = :report AND sequence = 2")
    follow(page, live, token)
    expect(message(page, 1)).to_contain_text("Signed by", timeout=PATIENT)
    expect(message(page, 3)).to_contain_text(MOVED)
    expect(page.locator("#messages-lost")).to_be_hidden()

    pen.tamper("DELETE FROM messages WHERE report = :report AND sequence > 1")
    again(page, token)
    expect(page.locator("#messages-lost")).to_be_visible(timeout=PATIENT)


def test_a_failed_answer_is_not_lost(page: Page, live: Live, tmp_path: Path) -> None:
    """While the portal is away the text stays; a message that came in between is no obstacle."""
    token, report = reported(page, live, "example")
    pen = Pen(live, "example", report, tmp_path)
    follow(page, live, token)
    expect(page.locator("#answer")).to_be_enabled(timeout=PATIENT)
    page.fill("#answer", "Written once.")
    page.route("**/example/keyset.jws*", lambda route: route.abort())
    page.click("#answer-send")
    expect(page.locator("#answer-failure")).to_be_visible(timeout=PATIENT)
    expect(page.locator("#answer")).to_have_value("Written once.")
    assert pen.thread() == ()
    page.unroute("**/example/keyset.jws*")
    pen.write(Draft(text="In between."))
    page.click("#answer-send")
    expect(message(page, 2)).to_contain_text("Written once.", timeout=PATIENT)
    assert [one.verdict for one in pen.thread()] == ["good", "good"]


def test_without_a_copy_the_page_says_what_it_cannot_check(page: Page, live: Live) -> None:
    """No copy, no pinned root: nobody can write in the form, and the way by hand is open."""
    form = ReportForm.open(page, live.url, "example")
    form.check(TARGETS["example"], "in")
    form.fill({"title": "No copy", "steps": "None."})
    form.confirm()
    page.uncheck("#reply")
    form.send()
    token = form.token()
    form.type_back(token)
    follow(page, live, token)
    expect(page.locator("#write-gate")).to_contain_text("You kept no copy", timeout=PATIENT)
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.locator("#sealed")).to_be_visible()
