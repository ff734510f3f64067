"""The queue in a real browser: found by filter and by key, marked, given away, put aside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect

from portal import house
from portal.app import create_app
from portal.cases.events import Event
from portal.config import Config
from tests import colleagues
from tests.actors import Researcher, Staff
from tests.colleagues import COOKIE, Colleague
from tests.journeys.wire import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "({violations}) => violations.map(({id, nodes}) => [id, nodes.map((each) => each.html)])"
SLUG = "waiting"


@dataclass
class Office:
    """A program of its own on the running portal, with five reports and two people.

    Attributes:
        reports: Their names, what is due first in front: two overdue, two not, one ended.
    """

    app: Flask
    reports: list[str]
    ada: Colleague
    bob: Colleague

    def at(self, page: Page, someone: Colleague, url: str) -> None:
        """Put somebody in front of the queue."""
        cookie = someone.client.get_cookie(COOKIE, path="/staff")
        assert cookie is not None
        own = {"name": COOKIE, "value": cookie.value, "domain": "127.0.0.1", "path": "/staff"}
        page.context.clear_cookies()
        page.context.add_cookies([own])  # type: ignore[list-item]
        page.goto(f"{url}/staff/")

    def ready(self, page: Page) -> None:
        """Wait until the page can be used: its list is there, and its script listens."""
        expect(page.locator("#entries > li")).to_have_count(4)
        expect(page.get_by_label("Save these filters as")).to_be_enabled()


@pytest.fixture(scope="module")
def office(live: Live) -> Iterator[Office]:
    """What the tests start from; each puts back what it changes."""
    time = [datetime.now(UTC)]
    url = f"sqlite:///{live.instance / 'portico.db'}"
    app = create_app(Config(live.instance, live.url, url), clock=lambda: time[0])
    services = app.extensions["portico"]
    reports = list(_reported(app, services, time))
    database, now = services.store.database, time[0]
    hire: Callable[..., Colleague] = lambda name, role: colleagues.hire(  # noqa: E731
        app, database, name, {SLUG: role}, now
    )
    yield Office(app, reports, hire("Ada Queue", "handler"), hire("Bob Queue", "reader"))
    database.close()


def _reported(app: Flask, services: object, time: list[datetime]) -> Iterator[str]:
    catalogue, store = services.catalogue, services.store  # type: ignore[attr-defined]
    pack = (house.folder("policies") / "example.toml").read_text(encoding="utf-8")
    own = pack.replace('slug = "example"', f'slug = "{SLUG}"', 1)
    catalogue.publish_policy(own, actor="test", now=time[0])
    text = (app.extensions["portico"].config.receipt_key).read_text().strip()
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    catalogue.publish_keyset(
        Staff().keyset(SLUG, key, now=time[0]), SLUG, actor="test", now=time[0]
    )
    program, present = catalogue.program(SLUG, now=time[0]), time[0]
    for days in (20, 18, 0.2, 0.1, 0):
        time[0] = present - timedelta(days=days)
        sent = Researcher(app.test_client(), program).send()
        assert sent.status_code == 201, sent.text
        yield str(sent.json["report"])
    store.append(sent.json["report"], Event("closed", present, "test"))


@pytest.fixture
def queue(page: Page, wire: Wire, office: Office) -> Page:
    """Ada's queue, just loaded."""
    office.at(page, office.ada, wire.url)
    office.ready(page)
    return page


def names(page: Page) -> list[str]:
    """Return the reports in the list, from the top."""
    return page.locator("#entries a.id").all_inner_texts()


def focused(page: Page) -> str:
    """Return the text of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def test_what_is_due_next_stands_first(queue: Page, office: Office) -> None:
    """Overdue ones in plain words, the others with the time that is left; dates with their zone."""
    assert names(queue) == office.reports[:4]
    first, third = queue.locator("#entries > li").nth(0), queue.locator("#entries > li").nth(2)
    expect(first.locator(".due")).to_contain_text("overdue by ")
    expect(first.locator(".due time")).to_contain_text("24:00 Europe/Amsterdam")
    expect(third.locator(".due")).to_contain_text("due in ")
    expect(first).to_contain_text("Received, not yet confirmed by a person")
    expect(first).to_contain_text("Not checked")
    expect(first).to_contain_text("nobody yet")
    expect(queue.locator("#said")).to_have_text("4 reports, what is due next first.")
    expect(queue.get_by_role("link", name="Overdue 2")).to_be_visible()


def test_filters_stand_in_the_address(queue: Page, office: Office) -> None:
    """Chosen in the form, kept by reload and back; nothing found is said in words."""
    queue.get_by_label("Overdue", exact=True).check()
    expect(queue.locator("#entries > li")).to_have_count(2)
    assert queue.url.endswith("/staff/?overdue=yes")
    queue.reload()
    expect(queue.locator("#entries > li")).to_have_count(2)
    expect(queue.get_by_label("Overdue", exact=True)).to_be_checked()
    queue.get_by_label("Verdict").select_option("Out of scope")
    expect(queue.get_by_text("No report fits all these filters.")).to_be_visible()
    queue.go_back()
    expect(queue.locator("#entries > li")).to_have_count(2)
    expect(queue.get_by_label("Verdict")).to_have_value("")
    queue.get_by_role("button", name="Clear filters").click()
    expect(queue.locator("#entries > li")).to_have_count(4)
    queue.get_by_label("Cases").select_option("All ended ones")
    expect(queue.locator("#entries a.id")).to_have_text([office.reports[4]])
    queue.goto(queue.url.split("?")[0] + "?state=asleep")
    expect(queue.locator("#trouble")).to_contain_text("no state")


def test_the_keyboard_reaches_everything(queue: Page, office: Office) -> None:
    """Up, down, to the filters and back, help and out of it, and into a report."""
    queue.keyboard.press("j")
    assert focused(queue) == office.reports[0]
    queue.keyboard.press("ArrowDown")
    queue.keyboard.press("j")
    queue.keyboard.press("k")
    assert focused(queue) == office.reports[1]
    queue.keyboard.press("/")
    expect(queue.get_by_label("Cases")).to_be_focused()
    queue.keyboard.press("Escape")
    assert focused(queue) == office.reports[0]
    queue.keyboard.press("?")
    expect(queue.get_by_role("dialog", name="Keyboard")).to_be_visible()
    queue.keyboard.press("j")
    expect(queue.get_by_role("dialog", name="Keyboard")).to_be_visible()
    queue.keyboard.press("Escape")
    expect(queue.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    queue.locator("#entries a.id").nth(1).focus()
    queue.keyboard.press("Enter")
    queue.wait_for_url(f"**/staff/reports/{office.reports[1]}")


def test_letters_can_be_left_to_those_who_need_them(queue: Page, office: Office) -> None:
    """Whoever speaks or taps by mistake turns the keys off; what is typed is never a key."""
    queue.get_by_label("Save these filters as").fill("")
    queue.get_by_label("Save these filters as").press_sequentially("j/k?")
    expect(queue.get_by_label("Save these filters as")).to_have_value("j/k?")
    expect(queue.get_by_role("dialog")).to_have_count(0)
    queue.get_by_role("button", name="Keyboard").click()
    queue.get_by_label("Use single letters as keys").uncheck()
    queue.keyboard.press("Escape")
    queue.keyboard.press("?")
    queue.keyboard.press("j")
    expect(queue.get_by_role("dialog")).to_have_count(0)
    assert focused(queue).startswith("Keyboard")
    queue.reload()
    office.ready(queue)
    queue.keyboard.press("j")
    assert focused(queue) not in names(queue)


def test_what_one_has_seen_is_ones_own(queue: Page, office: Office, wire: Wire) -> None:
    """Marked by key, gone from what is unread, and still new to a colleague."""
    queue.keyboard.press("j")
    queue.keyboard.press("u")
    report = office.reports[0]
    row = queue.locator(f'li[data-report="{report}"]')
    expect(row.get_by_text("unread")).to_be_hidden()
    expect(queue.locator("#said")).to_have_text(f"Report {report} is marked as read.")
    assert focused(queue) == report
    queue.get_by_role("link", name="Unread").click()
    expect(queue.locator("#entries > li")).to_have_count(3)
    office.at(queue, office.bob, wire.url)
    expect(row.get_by_text("unread")).to_be_visible()


def test_a_report_is_given_to_somebody(queue: Page, office: Office, wire: Wire) -> None:
    """In the dialog, by keyboard; the row says it, the filter finds it, it can be taken back."""
    report = office.reports[2]
    row = queue.locator(f'li[data-report="{report}"]')
    row.locator("a.id").focus()
    queue.keyboard.press("c")
    dialog = queue.get_by_role("dialog", name=f"Report {report}")
    dialog.get_by_label("Assigned to").select_option("Bob Queue")
    expect(dialog.get_by_role("status")).to_have_text(f"Report {report} is assigned to Bob Queue.")
    queue.keyboard.press("Escape")
    expect(row.locator("a.id")).to_be_focused()
    expect(row.locator(".who")).to_contain_text("Bob Queue")
    queue.get_by_label("Assigned to").first.select_option("Bob Queue")
    expect(queue.locator("#entries a.id")).to_have_text([report])
    office.at(queue, office.bob, wire.url)
    queue.get_by_role("link", name="Mine 1").click()
    expect(queue.locator("#entries a.id")).to_have_text([report])
    office.ada.post(f"/staff/api/reports/{report}/assign", {"to": None})


def test_a_reader_is_told_what_it_takes(page: Page, office: Office, wire: Wire) -> None:
    """Nothing that they may not do can be pressed, and the dialog says why."""
    office.at(page, office.bob, wire.url)
    office.ready(page)
    page.locator("#entries > li").nth(3).get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Assigned to")).to_be_disabled()
    expect(dialog.get_by_role("button", name="Put on the quiet list")).to_be_disabled()
    expect(dialog.get_by_role("button", name="Mark as")).to_be_enabled()
    expect(dialog).to_contain_text("takes the role of handler")


def test_an_abusive_sender_is_put_aside(queue: Page, office: Office) -> None:
    """Out of the queue, on the quiet list, and back; the focus goes on in the list."""
    report, after = office.reports[1], office.reports[2]
    row = queue.locator(f'li[data-report="{report}"]')
    row.get_by_role("button", name="Change").click()
    held: list[Route] = []
    queue.route("**/quiet", lambda route: held.append(route))
    queue.get_by_role("button", name="Put on the quiet list").click()
    expect(queue.get_by_label("Reason, for the quiet list")).to_be_focused()
    assert held == []  # it takes a reason first
    queue.get_by_label("Reason, for the quiet list").select_option("spam")
    with queue.expect_request("**/quiet"):
        queue.get_by_role("button", name="Put on the quiet list").click()
    queue.get_by_role("button", name="Done").click()
    expect(queue.get_by_role("dialog")).to_be_hidden()
    held[0].continue_()  # the portal answers when the dialog is closed already
    queue.unroute("**/quiet")
    expect(row).to_have_count(0)
    assert focused(queue) == after
    queue.get_by_role("link", name="Quiet list 1").click()
    expect(queue.locator("#entries a.id")).to_have_text([report])
    expect(queue.get_by_label("Save these filters as")).to_be_enabled()
    row.get_by_role("button", name="Change").click()
    expect(queue.get_by_role("button", name="Mark as")).to_be_disabled()
    queue.get_by_role("button", name="Take off the quiet list").click()
    queue.get_by_role("button", name="Done").click()
    expect(queue.get_by_text("The quiet list is empty.")).to_be_visible()


def test_a_view_is_saved_under_a_name(queue: Page) -> None:
    """It comes back as a link, marked where one is, and goes when it is removed."""
    queue.get_by_label("Unread", exact=True).check()
    queue.get_by_label("Save these filters as").fill("To read")
    queue.keyboard.press("Enter")
    link = queue.get_by_role("link", name="To read")
    expect(link).to_have_attribute("aria-current", "page")
    queue.goto(queue.url.split("?")[0])
    link.click()
    queue.wait_for_url("**/staff/?unread=yes")
    queue.get_by_role("button", name="Remove the view To read").click()
    expect(link).to_have_count(0)


def test_a_broken_line_loses_nothing(queue: Page) -> None:
    """What went wrong stays on the page until it is put right; the list stays as it was."""
    queue.route("**/staff/api/queue?*", lambda route: route.abort())
    queue.get_by_label("Overdue", exact=True).check()
    expect(queue.get_by_role("alert")).to_contain_text("The portal could not be reached.")
    expect(queue.locator("#entries > li")).to_have_count(4)
    queue.unroute("**/staff/api/queue?*")
    queue.get_by_label("Unread", exact=True).check()
    expect(queue.locator("#trouble")).to_be_empty()


def test_more_is_loaded_where_one_stands(queue: Page, office: Office) -> None:
    """The next part follows the first, and the focus goes to its first report."""
    queue.route(
        "**/staff/api/queue", lambda route: route.continue_(url=f"{queue.url}api/queue?limit=2")
    )
    queue.reload()
    expect(queue.locator("#entries > li")).to_have_count(2)
    expect(queue.locator("#shown")).to_have_text("2 of 4 reports")
    queue.get_by_role("button", name="Load more").click()
    expect(queue.locator("#entries > li")).to_have_count(4)
    assert names(queue) == office.reports[:4]
    assert focused(queue) == office.reports[2]
    expect(queue.get_by_role("button", name="Load more")).to_be_hidden()


def test_nobody_without_a_role_is_left_alone(page: Page, office: Office, wire: Wire) -> None:
    """The page says what to do; nothing about any report is asked for."""
    services = office.app.extensions["portico"]
    now = datetime.now(UTC)
    new = colleagues.hire(office.app, services.store.database, "New Queue", {}, now)
    office.at(page, new, wire.url)
    expect(page.get_by_text("Ask an admin of your program")).to_be_visible()
    expect(page.locator("#work")).to_be_hidden()
    assert not [path for path in wire.requests if "/staff/api/queue" in str(path)]


def test_signing_out_ends_it(page: Page, office: Office, wire: Wire) -> None:
    """The door is shown, and the way back leads there again."""
    services = office.app.extensions["portico"]
    roles = {SLUG: "reader"}
    leaving = colleagues.hire(
        office.app, services.store.database, "Lea Queue", roles, datetime.now(UTC)
    )
    office.at(page, leaving, wire.url)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/sign-in")
    page.goto(f"{wire.url}/staff/")
    page.wait_for_url("**/staff/sign-in")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_there_is_no_barrier(
    context: BrowserContext, page: Page, office: Office, wire: Wire, width: int, scheme: str
) -> None:
    """Neither in the list nor in its dialogs, on a telephone or at a desk; nothing is cut off."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 844})
    office.at(page, office.ada, wire.url)
    page.get_by_role("button", name="Keyboard").wait_for()
    expect(page.locator("#entries > li")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(f"axe.run().then(({BARRIERS}))") == []
    for name in ("Keyboard", "Change"):
        page.get_by_role("button", name=name).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate(f"axe.run().then(({BARRIERS}))") == []
        page.keyboard.press("Escape")
