"""Somebody with something to report, known by a token alone, in a browser with script."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.casework import PATIENT
from tests.journeys.form import ReportForm
from tests.live import Live

TARGET = "https://api.example.com:8443"


@dataclass
class Reporter:
    """A tab on the public pages.

    Attributes:
        page: The tab.
        live: The portal.
        token: Once a report was sent: what it is followed by.
        report: Once a report was sent: its name.
    """

    page: Page
    live: Live
    token: str = ""
    report: str = ""

    def send(self, title: str, steps: str, *files: Path, **more: str) -> None:
        """Send a report, and type the token back."""
        form = ReportForm.open(self.page, self.live.url, "example")
        form.check(TARGET, "in")
        form.fill({"title": title, "steps": steps, **more})
        if files:
            form.attach(*files)
        form.confirm()
        form.send()
        self.token = form.token()
        self.report = self.page.locator("#report-id").inner_text()
        form.type_back(self.token)

    def follow(self) -> None:
        """Look after the report, until its thread was read and can be answered."""
        self.page.goto(f"{self.live.url}/status")
        self.page.fill("#token", self.token)
        self.page.click("#show")
        fetching = self.page.get_by_text("Fetching the messages and opening them here.")
        expect(self.page.locator("#messages-title")).to_be_visible(timeout=PATIENT)
        expect(fetching).to_be_hidden(timeout=PATIENT)
        expect(self.page.locator("#answer")).to_be_enabled(timeout=PATIENT)

    def message(self, number: int) -> Locator:
        """One message of the thread."""
        return self.page.locator(f'.message[data-sequence="{number}"]')

    def answer(self, text: str, *files: Path) -> None:
        """Write to staff."""
        number = self.page.locator(".message").count() + 1
        self.page.fill("#answer", text)
        self.page.set_input_files("#f-files", [str(one) for one in files])
        self.page.click("#answer-send")
        expect(self.message(number)).to_contain_text("Signed with your token.", timeout=PATIENT)

    def wish(self, name: str) -> None:
        """Ask to be named."""
        self.page.select_option("#credit-choice", "handle")
        self.page.fill("#credit", name)
        self.page.get_by_role("button", name="Sign this wish").click()

    def agree(self, day: date) -> None:
        """Agree to the date that staff propose."""
        shown = f"{day:%A} {day.day} {day:%B} {day.year}"
        expect(self.page.locator("#proposal")).to_contain_text(shown)
        number = self.page.locator(".message").count() + 1
        self.page.get_by_role("button", name="Agree", exact=True).click()
        expect(self.message(number)).to_contain_text("Publication agreed", timeout=PATIENT)
