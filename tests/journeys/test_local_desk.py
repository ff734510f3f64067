"""`portico desk` in a real browser: a report is read in pages that the portal never sent."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.desk.desk_keys import DeskKeys
from portal.desk.member import Member
from tests.colleagues import Colleague
from tests.journeys.casework import PATIENT, Bureau, reported, sit, unlock
from tests.listening import listening
from tests.live import environment

pytestmark = pytest.mark.browser

TEXT = "The door of the archive is open."
# What a page elsewhere can learn by itself: whether it got an answer, and what was in it.
SPY = """async (origin) => {
    const seen = []
    for (const path of ["/staff/api/me", "/staff/api/queue", "/staff/", "/start"]) {
        for (const mode of ["cors", "no-cors"]) {
            const asked = fetch(origin + path, { mode, credentials: "include" })
            seen.push(await asked.then((answer) => answer.text(), () => ""))
        }
    }
    const frame = document.createElement("iframe")
    frame.src = `${origin}/staff/`
    const loaded = new Promise((done) => (frame.onload = frame.onerror = done))
    document.body.append(frame)
    await loaded
    seen.push(frame.contentDocument?.body.textContent ?? "")
    return seen
}"""


@dataclass
class Started:
    """A running `portico desk`."""

    link: str
    key: str
    said: str

    @property
    def origin(self) -> str:
        """Its address."""
        return self.link.partition("/start")[0]


@pytest.fixture(scope="module")
def upstream(bureau: Bureau) -> Iterator[str]:
    """A portal that does not let reports be opened in its own pages; its address."""
    with listening(bureau.app) as address:
        yield address


@pytest.fixture(scope="module")
def ada(bureau: Bureau) -> Colleague:
    """A handler."""
    return bureau.hire("Ada Local")


@pytest.fixture
def desk(bureau: Bureau, upstream: str, ada: Colleague, tmp_path: Path) -> Iterator[Started]:
    """The command, started as somebody would, with the key on its standard input."""
    now = datetime.now(UTC)
    owner = Member(ada.id, ada.name, {}, confirmed_at=now)
    key = DeskKeys(bureau.app.extensions["portico"].store.database).issue(owner, now=now)
    process = subprocess.Popen(
        [*bureau.live.portico, "desk", "--url", upstream, "--key", "-"],
        env=environment() | {"XDG_CONFIG_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{key}\n")
    process.stdin.close()
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    found = re.search(r"http://\S+/start#\S+", said)
    assert found is not None, said
    yield Started(found[0], key, said)
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture
def report(bureau: Bureau) -> str:
    """A report that arrived."""
    return reported(bureau.researcher(), TEXT, {"log.txt": b"GET /"})


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[BrowserContext]:
    """Another browser."""
    made = chromium.new_context()
    yield made
    made.close()


def test_a_report_is_read_in_the_local_page_alone(
    page: Page, context: BrowserContext, upstream: str, ada: Colleague, desk: Started, report: str,
    bureau: Bureau,
) -> None:  # fmt: skip
    """The portal's own page explains why not; the local one opens it, and talks to nobody else."""
    sit(page, ada, f"{upstream}/staff/reports/{report}")
    expect(page.locator("#elsewhere")).to_be_visible()
    expect(page.locator("#unlock")).to_be_hidden()
    context.clear_cookies()

    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.goto(desk.link, wait_until="commit")
    expect(page).to_have_url(f"{desk.origin}/staff/")
    expect(page.locator("#signed-in")).to_contain_text("Ada Local")
    page.get_by_role("link", name=report).click()
    unlock(page, bureau.key)
    expect(page.locator("#report-text")).to_contain_text(TEXT, timeout=PATIENT)
    expect(page.locator("#checks")).to_be_visible()
    assert [one for one in asked if not one.startswith((f"{desk.origin}/", "blob:"))] == []
    assert desk.key not in page.content()
    assert desk.key not in desk.said
    (cookie,) = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert page.evaluate("document.cookie") == ""


def test_the_link_is_for_one_browser(page: Page, elsewhere: BrowserContext, desk: Started) -> None:
    """Whoever comes second gets nothing, and is told so."""
    page.goto(desk.link, wait_until="commit")
    expect(page).to_have_url(f"{desk.origin}/staff/")
    late = elsewhere.new_page()
    late.goto(desk.link, wait_until="commit")
    expect(late.locator("#refused")).to_be_visible()
    late.goto(f"{desk.origin}/staff/audit")
    expect(late).to_have_url(f"{desk.origin}/staff/sign-in")


def test_a_page_elsewhere_gets_nothing(
    page: Page, context: BrowserContext, upstream: str, desk: Started
) -> None:
    """Not even in the browser that has the session, not in a frame, not under another name."""
    page.goto(desk.link, wait_until="commit")
    expect(page.locator("#signed-in")).to_contain_text("Ada Local")
    spy = context.new_page()
    tried: list[str] = []
    spy.on("request", lambda request: tried.append(request.url))
    spy.route("**/evil", lambda route: route.fulfill(body="<p>Hello", content_type="text/html"))
    spy.goto(f"{upstream}/evil")
    port = desk.origin.rpartition(":")[2]
    for origin in (desk.origin, f"http://127.0.0.1:{port}", f"http://localhost:{port}"):
        assert set(spy.evaluate(SPY, origin)) == {""}
        assert f"{origin}/staff/api/me" in tried


def test_a_mail_is_entered_in_the_local_page(
    page: Page, context: BrowserContext, upstream: str, ada: Colleague, desk: Started
) -> None:
    """The portal's own page warns and shows the way; the local one seals and sends it on."""
    sit(page, ada, f"{upstream}/staff/programs/example/enter")
    expect(page.locator("#elsewhere")).to_contain_text(f"portico desk --url {upstream}")
    page.close()  # it would go to the sign-in page by itself, whenever it likes
    context.clear_cookies()
    page = context.new_page()
    page.goto(desk.link, wait_until="commit")
    page.get_by_role("link", name="Enter a mail").click()
    expect(page.locator("#gate")).to_be_hidden(timeout=PATIENT)
    expect(page.locator("#elsewhere")).to_be_hidden()
    expect(page.locator("#sealed-to")).to_contain_text("under the root key")
    page.get_by_label("Date").fill(f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Time").fill("08:00")
    page.get_by_label("Title").fill("Side door")
    page.get_by_label("The mail", exact=True).fill(TEXT)
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.locator("#kept")).to_be_visible(timeout=PATIENT)
    report = page.locator("#kept-report").inner_text()
    assert ada.get(f"/staff/api/reports/{report}").json["origin"] == "mail"


def test_the_audit_page_works_in_both_places(page: Page, desk: Started, report: str) -> None:
    """The same page over the same data: who did what, and a proof to keep."""
    page.goto(desk.link, wait_until="commit")
    expect(page).to_have_url(f"{desk.origin}/staff/")
    page.goto(f"{desk.origin}/staff/audit?subject={report}")
    expect(page.locator(".logged")).to_have_count(1)
    expect(page.locator(".logged")).to_contain_text(f"The reporter sent a report: {report}")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save a signed head").click()
    assert saving.value.path().read_text().count(".") == 2


def test_what_takes_a_passkey_is_said_beforehand(
    page: Page, desk: Started, upstream: str, bureau: Bureau, report: str
) -> None:
    """Buttons that cannot work are closed, and lead to the portal's own page; others are not."""
    page.goto(desk.link, wait_until="commit")
    expect(page).to_have_url(f"{desk.origin}/staff/")
    own = bureau.app.extensions["portico"].desk.url
    for path, closed in {
        "/staff/audit": "Save these entries",
        "/staff/account": "Make a desk key",
        f"/staff/reports/{report}": "Save the sealed report",
    }.items():
        page.goto(f"{desk.origin}{path}")
        button = page.get_by_role("button", name=closed)
        expect(button).to_be_disabled()
        there = page.locator("fieldset[data-passkey]", has=button).locator(
            "xpath=preceding-sibling::p[1]"
        )
        expect(there).to_contain_text("own page only")
        expect(there.get_by_role("link")).to_have_attribute("href", f"{own}{path}")
    page.goto(f"{desk.origin}/staff/audit")
    expect(page.get_by_role("button", name="Save a signed head")).to_be_enabled()
