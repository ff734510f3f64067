"""A researcher's whole way, in a real browser, and the staff's at the other end of it."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.form import ReportForm
from tests.live import Live

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024
PNG = bytes.fromhex(  # one grey pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def screenshot(tmp_path: Path) -> Path:
    """A picture of what was found."""
    path = tmp_path / "screenshot.png"
    path.write_bytes(PNG)
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Twenty megabytes of evidence."""
    path = tmp_path / "traffic dump.pcap"
    path.write_bytes(bytes(range(256)) * (20 * MEGABYTE // 256))
    return path


def test_the_marketing_site_asks_both_questions(page: Page, live: Live) -> None:
    """S0-4: only no and no refuse it, with the reason; any yes opens the door."""
    form = ReportForm.open(page, live.url, "integratpark")
    form.check("www.integratpark.com", "review")
    expect(page.locator("#verdict fieldset.question")).to_have_count(2)
    form.answer("sensitive-data", "no")
    form.answer("affects-other-system", "no")
    expect(form.verdict).to_have_attribute("data-ruling", "out")
    expect(page.locator("#stopped")).to_be_visible()
    assert page.locator("#stopped-reason").inner_text()
    expect(page.locator("#send")).to_be_disabled()
    form.answer("sensitive-data", "yes")
    expect(form.verdict).to_have_attribute("data-ruling", "in")
    expect(page.locator("#send")).to_be_enabled()


def test_an_application_is_in_and_a_vendor_is_sent_elsewhere(page: Page, live: Live) -> None:
    """S0-3, S0-12: an application is in scope; a vendor's is out, with the vendor's address."""
    form = ReportForm.open(page, live.url, "integratpark")
    form.check("https://app.integratpark.com/login?next=/secret", "in")
    form.check("pay.vendor.example", "out")
    expect(form.verdict.locator('a[href="https://vendor.example/security"]')).to_be_visible()
    expect(page.locator("#send")).to_be_disabled()


def test_a_report_with_evidence_goes_all_the_way(
    page: Page, live: Live, screenshot: Path, dump: Path, tmp_path: Path
) -> None:
    """Sealed, sent, acknowledged, token typed back, found by token, re-read, exported, opened."""
    form = ReportForm.open(page, live.url, "integratpark")
    form.check("https://app.integratpark.com", "in")
    form.fill({"title": "The gate opens by itself", "steps": "1. Walk up\n2. Wave"})
    form.fill({"report_kind": "vulnerability"})
    form.attach(screenshot, dump)
    form.confirm()
    form.send()
    token = form.token()
    report = page.locator("#report-id").inner_text()
    form.type_back(token)

    page.goto(f"{live.url}/status")
    page.fill("#token", token.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your report arrived")).to_be_visible()
    expect(page.get_by_text(report).first).to_be_visible()
    page.get_by_role("button", name="Read what I sent").click()
    expect(page.get_by_text("The gate opens by itself").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("2. Wave").first).to_be_visible()

    bundle, opened = tmp_path / "bundle.zip", tmp_path / "opened"
    done = live.command("export", "-o", str(bundle), "--report", report)
    assert done.returncode == 0, done.stderr
    key = live.staff_machine / "integratpark-handler.key"
    done = live.command("open", str(bundle), "-i", str(key), "-d", str(opened))
    assert done.returncode == 0, done.stderr
    (kept,) = opened.rglob("report.md")
    text = kept.read_text()
    assert "The gate opens by itself" in text
    assert "2. Wave" in text
    (found,) = opened.rglob("traffic dump.pcap")
    assert found.read_bytes() == dump.read_bytes()
    (picture,) = opened.rglob("screenshot.png")
    assert picture.read_bytes() == PNG


def test_a_classic_report_opens_with_age_and_tar(
    page: Page, live: Live, dump: Path, tmp_path: Path, age_command: Path
) -> None:
    """The whole offline recipe: `age -d -i key report.age | tar x`, files byte for byte."""
    form = ReportForm.open(page, live.url, "example")
    form.check("https://api.example.com:8443", "in")
    form.fill({"title": "Prices can be negative", "steps": "Order minus one."})
    form.attach(dump)
    form.confirm()
    form.send()
    form.token()
    report = page.locator("#report-id").inner_text()
    bundle = tmp_path / "bundle.zip"
    assert live.command("export", "-o", str(bundle), "--report", report).returncode == 0
    with zipfile.ZipFile(bundle) as files:
        files.extractall(tmp_path)
    key = live.staff_machine / "example-handler.key"
    for name in ("report", "attachments"):
        sealed = tmp_path / report / f"{name}.age"
        recipe = f'"{age_command}" -d -i "{key}" "{sealed}" | tar x'
        subprocess.run(["sh", "-c", recipe], cwd=tmp_path, check=True)
    assert "Prices can be negative" in (tmp_path / "report.md").read_text()
    assert (tmp_path / dump.name).read_bytes() == dump.read_bytes()


def test_a_failed_send_loses_nothing(page: Page, live: Live) -> None:
    """While the portal is away the text stays, the page says so, and sending again works."""
    form = ReportForm.open(page, live.url, "example")
    form.check("https://api.example.com:8443", "in")
    form.fill({"title": "Written once", "steps": "Only once."})
    form.confirm()
    page.route("**/example/report", lambda route: route.abort())
    form.send()
    expect(page.locator("#failure")).to_be_visible(timeout=60_000)
    expect(page.locator("#f-steps")).to_have_value("Only once.")
    expect(page.locator("#f-steps")).to_be_enabled()
    page.unroute("**/example/report")
    form.send()
    assert len(form.token()) == 30


def test_missing_answers_are_named_beside_their_fields(page: Page, live: Live) -> None:
    """A summary gets the focus and names each fault; nothing is sent."""
    form = ReportForm.open(page, live.url, "unnamed")
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    form.send()
    summary = page.locator("#faults")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    assert page.locator("#faults-list li").count() >= 2
    expect(page.locator("#f-title")).to_have_attribute("aria-invalid", "true")
    assert posts == []
