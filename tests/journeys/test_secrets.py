"""What was typed is nowhere on the server: not in the database, its log, a file or a request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.form import ReportForm
from tests.journeys.test_fail_closed import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

CANARY = "canary-8b1e6a52"
HOST = "canary-host-8b1e6a52.shop.example.com"


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A demo whose every temporary file lies in a folder of the test's own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    running = Live(tmp_path / "demo").start()
    yield running
    running.stop()


@pytest.mark.parametrize("program", ["example", "1factory"])
def test_no_word_of_a_report_reaches_the_server(
    page: Page, context: BrowserContext, watched: Live, tmp_path: Path, program: str
) -> None:
    """Typed into every field and file, sent and looked up: found nowhere, with all its forms."""
    wire = Wire()
    context.on("request", wire.note)
    evidence = tmp_path / f"{CANARY}.txt"
    evidence.write_text(CANARY * 50_000)
    form = ReportForm.open(page, watched, program)
    # The path is asked about only where a policy has rules on paths, as the example does.
    target = f"https://{HOST}" if program == "example" else f"https://1factory.com/{CANARY}"
    page.fill("#target", f"{target}?q={CANARY}#{CANARY}")
    expect(form.verdict).to_be_visible()
    form.fill_everything(CANARY)
    form.attach(evidence)
    form.confirm()
    form.send()
    token = form.token()
    form.type_back(token)
    page.goto(f"{watched.url}/status")
    page.fill("#token", token)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read what I sent").click()
    expect(page.get_by_text(CANARY).first).to_be_visible(timeout=30_000)

    assert wire.delivered
    assert not wire.carries(CANARY)
    assert not wire.carries(token)
    for secret in (CANARY, HOST.split(".", maxsplit=1)[0], token):
        assert found(secret, watched, tmp_path) == []


def found(secret: str, live: Live, tmp_path: Path) -> list[Path]:
    """Return the server's files that hold the secret: database, WAL, log, temporary files."""
    grouped = "-".join(secret[start : start + 5] for start in range(0, len(secret), 5))
    needles = {secret.encode(), secret.upper().encode(), grouped.encode()}
    places = [*live.instance.rglob("*"), live.log, *(tmp_path / "scratch").rglob("*")]
    files = [path for path in places if path.is_file()]
    assert any(path.name == "portico.db-wal" for path in files)
    return [path for path in files if any(one in path.read_bytes() for one in needles)]


def test_the_search_would_find_what_is_there(watched: Live, tmp_path: Path) -> None:
    """The test above can fail: a word that the server does hold is found."""
    assert found("Example", watched, tmp_path)
