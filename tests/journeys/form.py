"""The report page as a person uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

WRITTEN = "[data-field] input:visible, [data-field] textarea:visible"
SLOWLY = 60_000  # milliseconds a sealed report may take to be sent on a busy machine


@dataclass
class ReportForm:
    """The guided form of one program, open in a tab."""

    page: Page

    @classmethod
    def open(cls, page: Page, url: str, program: str) -> "ReportForm":
        """Go to the form of a portal and wait until it can be typed into."""
        page.goto(f"{url}/{program}/report")
        expect(page.locator("#target")).to_be_enabled()
        return cls(page)

    @property
    def verdict(self) -> Locator:
        """The panel beside the target."""
        return self.page.locator("#verdict section.verdict")

    def check(self, target: str, ruling: str) -> None:
        """Type a target and wait for its ruling."""
        self.page.fill("#target", target)
        expect(self.verdict).to_have_attribute("data-ruling", ruling)

    def answer(self, question: str, reply: str) -> None:
        """Answer one of the verdict's questions with yes or no."""
        self.page.click(f'[data-answer="{question}:{reply}"]')

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill fields by id."""
        for name, value in values.items():
            control = self.page.locator(f"#f-{name}")
            if control.evaluate("element => element.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)

    def fill_everything(self, text: str) -> None:
        """Put the text into every field that takes free text, and something fitting elsewhere."""
        special = {
            "email": "someone@example.org",
            "tel": "+31 20 123 4567",
            "datetime-local": "2026-11-20T10:00",
        }
        for control in self.page.locator(WRITTEN).all():
            kind = control.get_attribute("type") or "textarea"
            if kind == "file":
                continue
            numeric = control.get_attribute("inputmode") == "decimal"
            vector = control.get_attribute("id") == "f-cvss"
            plain = "2" if numeric else "" if vector else text
            control.fill(special.get(kind, plain))
        for choice in self.page.locator("[data-field] select:visible").all():
            choice.select_option(index=1)

    def attach(self, *files: Path) -> None:
        """Add files."""
        self.page.set_input_files("#f-files", [str(path) for path in files])

    def confirm(self) -> None:
        """Confirm every statement."""
        for box in self.page.locator("[data-clause] input").all():
            box.check()

    def send(self) -> None:
        """Press the button."""
        self.page.click("#send")

    def token(self) -> str:
        """Wait until the report is kept and return the token shown."""
        expect(self.page.locator("#kept")).to_be_visible(timeout=SLOWLY)
        return "".join(self.page.locator("#token").inner_text().split()).replace("-", "")

    def type_back(self, token: str) -> None:
        """Type back the group the page asks for."""
        number = int(self.page.locator("#group-number").inner_text())
        self.page.fill("#group", token[(number - 1) * 5 : number * 5])
        self.page.click("#group-check")
        expect(self.page.locator("#leaving .notice")).to_be_visible()
