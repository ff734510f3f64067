"""An office of three at one portal: an admin, a handler and a reader."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.seat import Seat
from tests.live import Live


@dataclass
class Office:
    """A demo with three people at their desks.

    Attributes:
        live: The demo, which puts its temporary files into `scratch`.
        codes: Those of the invitations by which they came.
        keys: Identity files by name: Ada's and Eve's are in the keyset, Grace's is not.
    """

    live: Live
    scratch: Path
    grace: Seat
    ada: Seat
    eve: Seat
    codes: list[str] = field(default_factory=list)
    keys: dict[str, Path] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The desk's address: passkeys belong to this name of the host."""
        return f"http://localhost:{self.live.port}/staff"

    def address(self, report: str) -> str:
        """The page of a report."""
        return f"{self.url}/reports/{report}"

    def came(self, seat: Seat, link: str, name: str) -> None:
        """Let somebody follow a link."""
        self.codes.append(link.rpartition("#")[2])
        seat.plug_in()
        seat.enrol(link, name)

    def invite(self, name: str) -> str:
        """Let the admin invite a handler on the page for that; return the link."""
        page = self.grace.page
        page.goto(f"{self.url}/people")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Role", exact=True).select_option("handler")
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_text(f"Send this link to {name}")).to_be_visible()
        return page.locator("#made pre").inner_text()

    def sessions(self) -> list[str]:
        """Return the secrets in the cookies of those who are signed in."""
        seats = (self.grace, self.ada, self.eve)
        found = [seat.page.context.cookies(f"{self.url}/") for seat in seats]
        return [cookie["value"] for cookies in found for cookie in cookies]
