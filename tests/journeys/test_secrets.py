"""What was typed is nowhere on the server; only a target's host and path are ever asked about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.intake.token import Token
from tests.journeys.form import ReportForm
from tests.journeys.traces import files_with, written
from tests.journeys.wire import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

CANARY = "canary-8b1e6a52"
HOST = "canary-host-8b1e6a52"


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A demo whose every temporary file lies in a folder of the test's own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    running = Live(tmp_path / "demo").start()
    yield running
    running.stop()


@pytest.fixture
def line(watched: Live) -> Iterator[Wire]:
    """The line to that demo."""
    made = Wire(watched.port).start()
    yield made
    made.stop()


@pytest.mark.parametrize("program", ["example", "unnamed", "1factory", "iwelcome"])
def test_no_word_of_a_report_reaches_the_server(
    page: Page, watched: Live, line: Wire, tmp_path: Path, program: str
) -> None:
    """Typed into every field and file, sent and looked up: found nowhere, with all its forms.

    S1-18, S3-20: neither on the wire nor in any file or log of the server, under these packs, too.
    """
    evidence = tmp_path / f"{CANARY}.txt"
    evidence.write_text(CANARY * 50_000)
    form = ReportForm.open(page, line.url, program)
    # The path is asked about only where a policy has rules on paths, as the example does.
    target = (
        f"https://{HOST}.shop.example.com"
        if program == "example"
        else f"https://www.{program}.com/{CANARY}"
    )
    page.fill("#target", f"{target}?q={CANARY}#{CANARY}")
    expect(form.verdict).to_be_visible()
    form.fill_everything(CANARY)
    form.attach(evidence)
    form.confirm()
    form.send()
    token = Token.parse(form.token())
    form.type_back("".join(token.text.split("-")))
    page.goto(f"{line.url}/status")
    page.fill("#token", token.text)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read what I sent").click()
    expect(page.get_by_text(CANARY).first).to_be_visible(timeout=30_000)
    silent = program in {"1factory", "iwelcome"}  # on whether anybody is named
    expect(page.locator("#credit-silent")).to_be_visible(visible=silent)

    assert line.delivered
    assert line.sealed
    assert len(b"".join(line.connections)) > evidence.stat().st_size
    for secret in (CANARY, token.text, token.secret):
        assert not line.carries(secret)
    # A target's host has to be asked about, so it is on the wire; but nothing of it is kept.
    for secret in (CANARY, HOST, token.text, token.secret, token.lookup):
        assert files_with(secret, written(watched, tmp_path / "scratch")) == []


def test_the_search_would_find_what_is_there(watched: Live, tmp_path: Path) -> None:
    """The test above can fail: what the server does hold, and what is put there, is found.

    In which forms a word is found, `test_traces.py` tells.
    """
    assert files_with("Example", written(watched, tmp_path / "scratch"))
    planted = watched.instance / "planted"
    planted.write_text(CANARY)
    assert files_with(CANARY, written(watched, tmp_path / "scratch")) == [planted]
