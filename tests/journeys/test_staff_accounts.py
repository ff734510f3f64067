"""Staff accounts in a real browser: a link, a passkey, a session, and all of it again."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.seat import Seat, invitation
from tests.live import Live

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "({violations}) => violations.map(({id, nodes}) => [id, nodes.map((each) => each.html)])"


@pytest.fixture
def desk(context: BrowserContext) -> Seat:
    """Ada's own browser."""
    return Seat.open(context)


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[Seat]:
    """Another machine."""
    context = chromium.new_context()
    yield Seat.open(context)
    context.close()


def let_confirmations_lapse(live: Live) -> None:
    """Let the five minutes pass that a confirmation counts."""
    with closing(sqlite3.connect(live.instance / "portico.db", timeout=10)) as database:
        database.execute("UPDATE sessions SET confirmed_at = '2026-01-01T00:00:00.000000Z'")
        database.commit()


def barriers(page: Page) -> list[Any]:
    """Return what axe finds on a page."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(f"axe.run().then(({BARRIERS}))"))


def test_from_a_link_to_a_second_passkey(live: Live, desk: Seat, elsewhere: Seat) -> None:
    """Enrolled, out and in again, a second passkey after a confirmation, a session ended."""
    page, sent = desk.page, []
    page.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    link = invitation(live, "Ada")
    desk.plug_in()
    desk.enrol(link, "Ada")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/sign-in")
    desk.sign_in()

    account = link.split("#")[0].replace("/enrol", "/account")
    page.goto(account)
    let_confirmations_lapse(live)
    page.get_by_label("A name for another passkey").fill("Spare key")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#confirming")).to_be_visible()
    desk.confirm()
    expect(page.get_by_text("This device has a passkey of yours")).to_be_visible()
    blue = desk.unplug()
    desk.plug_in()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkey-list li")).to_have_count(2)
    expect(page.get_by_text("Spare key")).to_be_visible()

    elsewhere.plug_in(*blue)
    elsewhere.page.goto(account)
    elsewhere.page.wait_for_url("**/staff/sign-in")
    elsewhere.sign_in()
    page.reload()
    expect(page.locator("#session-list li")).to_have_count(2)
    page.locator("#session-list").get_by_role("button", name="End").locator("visible=true").click()
    expect(page.locator("#session-list li")).to_have_count(1)
    elsewhere.page.goto(account)
    elsewhere.page.wait_for_url("**/staff/sign-in")

    code = link.rpartition("#")[2]
    assert [url for url, _ in sent if code in url] == []
    assert [body for _, body in sent if "prf" in body] == []


def test_an_admin_invites_and_lets_go(live: Live, desk: Seat, elsewhere: Seat) -> None:
    """The people page makes a link, changes a role and lets somebody go, who is out at once."""
    link = invitation(live, "Grace")
    desk.plug_in()
    desk.enrol(link, "Grace")
    page = desk.page
    page.goto(link.split("#")[0].replace("/enrol", "/people"))
    page.get_by_label("Name", exact=True).fill("Linus")
    page.get_by_label("Role", exact=True).select_option("reader")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_text("Send this link to Linus")).to_be_visible()
    elsewhere.plug_in()
    elsewhere.enrol(page.locator("#made pre").inner_text(), "Linus")

    page.reload()
    linus = page.locator("#people-list li", has_text="Linus")
    with page.expect_response("**/role"):  # a page that is left takes back what it asked
        linus.get_by_role("combobox").select_option("handler")
    page.reload()
    expect(linus.get_by_role("combobox")).to_have_value("handler")
    linus.get_by_text("More").click()
    linus.get_by_role("button", name="Let go").click()
    expect(linus).to_have_count(0)
    elsewhere.page.reload()
    elsewhere.page.wait_for_url("**/staff/sign-in")


def test_the_demo_invites_to_its_desk(live: Live, desk: Seat) -> None:
    """What the demo prints on its start leads to the desk."""
    found = re.search(r"http://localhost:\d+/staff/enrol#\S+", live.log.read_text())
    assert found
    desk.plug_in()
    desk.enrol(found[0], "Demo admin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_by_a_page(live: Live, desk: Seat, scheme: Any) -> None:
    """Each page passes axe, with what it shows after its script ran, and with its dialog open."""
    page, name = desk.page, f"Barbara {scheme}"
    page.emulate_media(color_scheme=scheme)
    link = invitation(live, name)
    base = link.split("/enrol")[0]
    desk.plug_in()
    page.goto(f"{base}/sign-in")
    assert barriers(page) == []
    page.goto(link)
    expect(page.get_by_label("A name for this passkey")).to_be_enabled()
    assert barriers(page) == []
    desk.enrol(link, name)
    page.get_by_role("button", name="Make a desk key").click()
    expect(page.get_by_text("It is shown this once.")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{base}/people")
    page.get_by_text("More", exact=True).first.click()
    assert barriers(page) == []
    let_confirmations_lapse(live)
    page.get_by_role("button", name="New link", exact=True).first.click()
    expect(page.get_by_role("dialog", name="Is it you?")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_text("it was not confirmed with a passkey")).to_be_visible()


def test_under_another_address_the_page_says_where_to_go(live: Live, desk: Seat) -> None:
    """Passkeys belong to one host name; a browser would only say that something is insecure."""
    desk.plug_in()
    desk.page.goto(f"{live.url}/staff/sign-in")
    desk.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(desk.page.get_by_text(f"http://localhost:{live.port}/staff/sign-in")).to_be_visible()
