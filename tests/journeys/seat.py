"""Somebody's place at the desk: a browser of their own, with a security key in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from tests.journeys.casework import PATIENT, unlock
from tests.live import Live

SECURITY_KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}
# What the page's own script could ask; a form instead of JSON where fields are files.
ASKING = """async ([method, path, body]) => {
    const me = await fetch("/staff/api/me").then((answer) => answer.json())
    const headers = { "X-CSRFToken": me.token ?? "", Accept: "application/json" }
    if (body) headers["Content-Type"] = "application/json"
    const asked = { method, headers, body: body && JSON.stringify(body) }
    const answer = await fetch(path, asked)
    const found = await answer.json().catch(() => ({}))
    return [answer.status, found.error?.code ?? ""]
}"""


@dataclass
class Seat:
    """Somebody's browser tab, and the security key that is plugged into it.

    Attributes:
        page: The tab.
        wire: The line to the browser's own tools, which make security keys out of nothing.
        key: Name of the one that is plugged in; empty when there is none.
    """

    page: Page
    wire: CDPSession
    key: str = ""

    @classmethod
    def open(cls, context: BrowserContext) -> "Seat":
        """Open a tab whose passkeys are ours to make."""
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        return cls(page, wire)

    def plug_in(self, *credentials: dict[str, Any]) -> None:
        """Put a security key into the machine, new or with what it held before."""
        options = {"options": SECURITY_KEY}
        self.key = self.wire.send("WebAuthn.addVirtualAuthenticator", options)["authenticatorId"]
        for one in credentials:
            self.wire.send(
                "WebAuthn.addCredential", {"authenticatorId": self.key, "credential": one}
            )

    def unplug(self) -> list[dict[str, Any]]:
        """Take the security key out; return what it holds."""
        named = {"authenticatorId": self.key}
        held = self.wire.send("WebAuthn.getCredentials", named)["credentials"]
        self.wire.send("WebAuthn.removeVirtualAuthenticator", named)
        return list(held)

    def sign_in(self) -> None:
        """Sign in with whatever is plugged in."""
        self.page.get_by_role("button", name="Sign in with a passkey").click()
        self.page.wait_for_url("**/staff/")

    def confirm(self) -> None:
        """Show the passkey once more, in the dialog."""
        dialog = self.page.locator("#confirming")
        dialog.get_by_role("button", name="Use my passkey").click()
        expect(dialog).to_have_count(0)

    def enrol(self, link: str, name: str) -> None:
        """Follow a link and make a passkey."""
        page = self.page
        page.goto(link)
        expect(page.get_by_text(f"You are invited as {name}.")).to_be_visible()
        page.get_by_label("A name for this passkey").fill("Blue key")
        page.get_by_role("button", name="Make a passkey").click()
        page.wait_for_url("**/staff/account")
        expect(page.locator("#passkey-list li")).to_have_count(1)

    def open_report(self, address: str, key: Path) -> None:
        """Go to a report, and open it with an identity file."""
        self.page.goto(address)
        self.unlock(key)

    def unlock(self, key: Path) -> None:
        """Open the report that is shown, and wait until all of it is there."""
        unlock(self.page, key)

    def message(self, number: int) -> Locator:
        """One message of the thread that is shown."""
        return self.page.locator(f'.message[data-sequence="{number}"]')

    def reply(self, text: str, *files: Path) -> None:
        """Write to the reporter of the report that is open."""
        number = self.page.locator(".message").count() + 1
        self.page.get_by_label("Your message").fill(text)
        self.page.locator("#f-files").set_input_files([str(one) for one in files])
        self.page.get_by_role("button", name="Seal, sign and send").click()
        expect(self.message(number)).to_contain_text("Signed by", timeout=PATIENT)

    def assess(self, expected: date) -> None:
        """Record that the report was confirmed and judged."""
        page, event = self.page, self.page.get_by_label("Event", exact=True)
        event.select_option("acknowledged")
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.locator("#events")).to_contain_text("confirmed")
        event.select_option("assessed")
        page.get_by_label("Expected by").fill(expected.isoformat())
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.locator("#events")).to_contain_text("Expected by")

    def propose(self, day: date) -> None:
        """Propose to publish on a day."""
        number = self.page.locator(".message").count() + 1
        self.page.get_by_text("Propose a day for publication").click()
        self.page.get_by_label("Publish on").fill(day.isoformat())
        self.page.get_by_role("button", name="Sign and propose").click()
        expect(self.message(number)).to_contain_text("Signed by", timeout=PATIENT)
        expect(self.page.locator("#events")).to_contain_text("date for publication")

    def asked(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Ask the staff API from the page, as its own script would; return status and code."""
        status, text = self.page.evaluate(ASKING, [method, f"/staff/api{path}", body])
        return status, text

    def sign_out(self) -> None:
        """Leave."""
        self.page.get_by_role("button", name="Sign out").click()
        self.page.wait_for_url("**/staff/sign-in")


def invitation(live: Live, name: str, role: str = "admin") -> str:
    """Invite somebody as the operator does; return the link."""
    said = live.command("staff", "invite", name, "--role", role, "--program", "example")
    assert said.returncode == 0, said.stderr
    return said.stdout.splitlines()[0]
