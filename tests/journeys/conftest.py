"""A portal that really runs, a browser that really browses, and the people who use them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.casework import Bureau
from tests.journeys.wire import Wire
from tests.live import Live

CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The demo, running."""
    running = Live(tmp_path_factory.mktemp("demo")).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def bureau(live: Live) -> Iterator[Bureau]:
    """The demo, from beside it: a module's own colleagues and researchers."""
    made = Bureau(live)
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium, without a window."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("Chromium is missing: run `make system`, or `sudo apt-get install chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_OPTIONS])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile."""
    fresh = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield fresh
    fresh.close()


@pytest.fixture
def wire(context: BrowserContext, live: Live) -> Iterator[Wire]:
    """The line to the demo; whoever browses to its address is heard, and asks nowhere else."""
    made = Wire(live.port).start()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield made
    made.stop()
    assert made.requests, "nothing was heard, so nothing was shown"
    assert [one for one in asked if not one.startswith((made.url, "blob:"))] == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()


@pytest.fixture(scope="session")
def age_command() -> Path:
    """The real `age`."""
    found = shutil.which("age")
    if found is None:
        pytest.fail("age is missing: run `make system`, or `sudo apt-get install age`.")
    return Path(found)
