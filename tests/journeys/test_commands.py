"""The whole way by command: a researcher without a browser, the staff, and the operator."""

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.live import PORTICO, Live, environment

pytestmark = pytest.mark.browser

REPORT = """# Steps to reproduce

1. Open the side door.
2. Walk in.
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A researcher's own folder, with their report and a picture in it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "report.md").write_text(REPORT)
    (tmp_path / "picture.bin").write_bytes(bytes(range(256)) * 5000)
    return tmp_path


def portico(
    home: Path, *words: str, stdin: str = "", **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command in the researcher's folder."""
    return subprocess.run(
        [*PORTICO, *words],
        cwd=home,
        env=environment() | more,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


TARGETS = {"example": "https://api.example.com:8443", "iwelcome": "https://www.iwelcome.com"}


@pytest.mark.parametrize("program", TARGETS)
def test_submit_status_receipt_export_open(live: Live, home: Path, program: str) -> None:
    """A classic and a hybrid program: sent, followed, proven, exported, opened, byte for byte."""
    words = ("--program", program, "--target", TARGETS[program], "--title", "Side door")
    sent = portico(home, "submit", "--url", live.url, *words, "report.md", "picture.bin")
    assert sent.returncode == 0, sent.stderr
    token = re.search(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}", sent.stdout)
    assert token

    shown = portico(home, "status", "--url", live.url, "-", stdin=token[0])
    assert shown.returncode == 0, shown.stderr
    assert "Your report arrived" in shown.stdout

    (receipt,) = home.glob("*receipt*")
    checked = portico(home, "receipt", "verify", str(receipt), "--url", live.url)
    assert checked.returncode == 0, checked.stderr
    report = re.search(r"\b[0-9a-z]{5}-[0-9a-z]{5}\b", checked.stdout)
    assert report

    assert live.command("export", "-o", str(home / "b.zip"), "--report", report[0]).returncode == 0
    role = "handler" if program == "example" else "ciso"
    key = live.staff_machine / f"{program}-{role}.key"
    opened = portico(home, "open", "b.zip", "-i", str(key), "-d", "opened")
    assert opened.returncode == 0, opened.stderr
    (text,) = (home / "opened").rglob("report.md")
    assert "Walk in." in text.read_text()
    (picture,) = (home / "opened").rglob("picture.bin")
    assert picture.read_bytes() == (home / "picture.bin").read_bytes()


def test_a_tampered_receipt_is_refused(live: Live, home: Path) -> None:
    """One changed letter and the receipt proves nothing."""
    words = ("--program", "example", "--target", TARGETS["example"], "--title", "Side door")
    assert portico(home, "submit", "--url", live.url, *words, "report.md").returncode == 0
    (receipt,) = home.glob("*receipt*")
    text = receipt.read_text()
    middle = text.index(".") + 40
    receipt.write_text(text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :])
    checked = portico(home, "receipt", "verify", str(receipt), "--url", live.url)
    assert checked.returncode == 1
    assert "Traceback" not in checked.stderr


def test_events_show_on_the_status(live: Live, home: Path) -> None:
    """Staff acknowledge and assess; the reporter sees state, date and history."""
    words = ("--program", "unnamed", "--target", "https://example.org", "--title", "Side door")
    sent = portico(home, "submit", "--url", live.url, *words, "report.md")
    assert sent.returncode == 0, sent.stderr
    token = re.search(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}", sent.stdout)
    listed = live.command("report", "list").stdout
    report = next(line.split()[0] for line in listed.splitlines() if " unnamed " in line)
    assert live.command("report", "event", report, "assess", "--by", "ada").returncode == 1
    assert live.command("report", "event", report, "acknowledge", "--by", "ada").returncode == 0
    undated = live.command("report", "event", report, "assess", "--by", "ada")
    assert undated.returncode == 1
    assert "expected" in undated.stderr
    dated = ("assess", "--by", "ada", "--expected", "2027-01-31")
    assert live.command("report", "event", report, *dated).returncode == 0
    assert token
    shown = portico(home, "status", "--url", live.url, "-", stdin=token[0]).stdout
    assert "Assessed" in shown
    assert "2027-01-31" in shown
    assert "ada" not in shown


def test_sealed_by_hand_with_age_and_sent_without_script(
    live: Live, chromium: Browser, home: Path, age_command: Path
) -> None:
    """The page's own words: save two files, run its command, upload, keep the token."""
    context = chromium.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{live.url}/example/report")
    for name in ("report.md", "recipients.txt"):
        with page.expect_download() as download:
            page.click(f'a[href="/example/{name}"]')
        download.value.save_as(home / name)
    with (home / "report.md").open("a") as text:
        text.write("The side door is open.\n")
    command = page.locator("#by-hand pre", has_text="tar cf").first.inner_text()
    assert "age -R recipients.txt" in command
    subprocess.run(["sh", "-c", command], cwd=home, check=True)
    page.set_input_files("#sealed", str(home / "report.age"))
    page.click("#by-hand form button")
    token = page.locator("#token-card .token").inner_text()
    page.goto(f"{live.url}/status")
    page.fill('[name="token"]', "".join(token.split()))
    page.locator("form button:visible").first.click()
    expect(page.get_by_text("Your report arrived")).to_be_visible()
    context.close()

    assert live.command("export", "-o", str(home / "all.zip")).returncode == 0
    with zipfile.ZipFile(home / "all.zip") as files:
        entries = json.loads(files.read("manifest.json"))["reports"]
        mine = [one for one in entries if one["envelopes"][0]["role"] == "sealed"]
    key = live.staff_machine / "example-handler.key"
    one = ("export", "-o", str(home / "one.zip"), "--report", mine[-1]["report"])
    assert live.command(*one).returncode == 0
    opened = portico(home, "open", "one.zip", "-i", str(key), "-d", "opened")
    assert opened.returncode == 0, opened.stderr
    assert any(
        "The side door is open." in path.read_text(errors="replace")
        for path in (home / "opened").rglob("*")
        if path.is_file()
    )
