"""The checker as people use it: with keyboard, with and without script, and to take away."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal import house
from scope.formats import portico
from tests.journeys.wire import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "({violations}) => violations.map(({id, nodes}) => [id, nodes.map((each) => each.html)])"
RULES = """
[[scope.in]]
id = "beta"
pattern = "*.beta.example.org"
when = { resolves_to = ["192.0.2.0/24"], tag = ["production"] }

[[scope.in]]
pattern = "www.old.example.org"

[[scope.out]]
pattern = "*.old.example.org"
"""


@pytest.fixture(scope="module")
def beta(live: Live) -> str:
    """A program of its own with rules that hold only sometimes."""
    pack = (house.folder("policies") / "example.toml").read_text(encoding="utf-8")
    own = pack.replace('slug = "example"', 'slug = "beta"', 1) + RULES
    folder = live.folder / "beta-policies"
    folder.mkdir()
    (folder / "beta.toml").write_text(own, encoding="utf-8")
    published = live.command("policy", "publish", str(folder))
    assert published.returncode == 0, published.stderr
    return "beta"


def ask(page: Page, target: str) -> None:
    """Type a target and press the key everyone presses."""
    page.get_by_label("Target", exact=True).fill(target)
    page.keyboard.press("Enter")


def test_what_someone_knows_settles_a_ruling(page: Page, wire: Wire, beta: str) -> None:
    """The page asks for what the rule depends on, by keyboard alone; a new target forgets it."""
    page.goto(f"{wire.url}/{beta}/scope")
    ask(page, "a.beta.example.org")
    ruling = page.locator("#verdict-ruling")
    expect(ruling).to_have_text("It depends")
    addresses = page.get_by_label("Addresses it leads to")
    expect(addresses).to_be_visible()
    expect(page.get_by_label("Names it is an alias of")).to_be_hidden()
    addresses.fill("192.0.2.7, 192.0.2.8")
    page.keyboard.press("Tab")
    expect(page.locator('[data-missing="ips"]')).to_be_hidden()
    page.keyboard.type("production")
    page.keyboard.press("Enter")
    expect(ruling).to_have_text("In scope")
    expect(page.locator("#said")).to_contain_text("In scope.")
    expect(addresses).to_be_visible()
    ask(page, "www.shop.example.com")
    expect(page.locator('[data-slot="target"]').first).to_have_text("www.shop.example.com")
    expect(addresses).to_be_hidden()
    expect(addresses).to_have_value("")


def test_a_mistyped_fact_is_refused(page: Page, wire: Wire, beta: str) -> None:
    """It is named, and no ruling stands that did without it."""
    page.goto(f"{wire.url}/{beta}/scope")
    ask(page, "a.beta.example.org")
    page.get_by_label("Addresses it leads to").fill("<b>nonsense</b>")
    page.keyboard.press("Enter")
    expect(page.locator("#result .notice.stop")).to_contain_text("<b>nonsense</b>")
    expect(page.locator("#verdict-ruling")).to_have_count(0)


def test_without_script_the_same_is_asked_and_said(
    chromium: Browser, live: Live, beta: str
) -> None:
    """Fields for what is missing, words for what gave way, on a page of its own."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live.url}/{beta}/scope")
    ask(page, "a.beta.example.org")
    page.get_by_label("Addresses it leads to").fill("192.0.2.7")
    page.get_by_label("What kind of target it is").fill("production")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict-ruling")).to_have_text("In scope")
    ask(page, "www.old.example.org")
    expect(page.locator('[data-fact="overruled"]')).to_contain_text(
        "*.old.example.org gave way to www.old.example.org, which is more exact"
    )
    context.close()


def test_what_gave_way_is_said_by_the_script_too(page: Page, wire: Wire, beta: str) -> None:
    """The panel that the script fills has the same words."""
    page.goto(f"{wire.url}/{beta}/scope")
    ask(page, "www.old.example.org")
    expect(page.locator('#result [data-fact="overruled"]')).to_contain_text(
        "*.old.example.org gave way to www.old.example.org, which is more exact"
    )


def test_the_scope_can_be_taken_along(page: Page, wire: Wire, beta: str) -> None:
    """Each link on the page gives a file under its own name."""
    page.goto(f"{wire.url}/{beta}/scope")
    with page.expect_download() as download:
        page.get_by_role("link", name="Burp Suite").click()
    assert download.value.suggested_filename == "beta-burp.json"
    assert "target" in json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    page.get_by_role("link", name="scope.json").click()
    feed = portico.read_feed(page.locator("pre").first.inner_text())
    assert feed.program == beta


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(chromium: Browser, live: Live, beta: str, scheme: str) -> None:
    """Policy, checker and receipt page, filled in, have no barrier that axe can find."""
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844})  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for path in (f"{beta}/", f"{beta}/scope", "verify"):
        page.goto(f"{live.url}/{path}")
        if path.endswith("scope"):
            ask(page, "a.beta.example.org")
            expect(page.locator("#verdict-ruling")).to_have_text("It depends")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.evaluate(AXE.read_text("utf-8"))
        found[path] = page.evaluate(f"axe.run().then(({BARRIERS}))")
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), path
    context.close()
    assert found == {f"{beta}/": [], f"{beta}/scope": [], "verify": []}
