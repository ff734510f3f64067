"""A case at one moment: a report, what happened to it, and the policy it was made under."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.cases.events import Event, happened
from portal.cases.report import Report
from portal.policy.calendars import Calendar
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Case:
    """What rules about a case look at.

    Attributes:
        report: The report.
        policy: The version it was made under.
        history: Its events, oldest first.
        now: Present time, aware.
    """

    report: Report
    policy: Policy
    history: tuple[Event, ...]
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin and end."""
        return ZoneInfo(self.report.calendar["zone"])

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.astimezone(self.zone).date()

    @property
    def calendar(self) -> Calendar:
        """The working days frozen when the report arrived."""
        return Calendar.thawed(self.report.calendar)

    @property
    def exposed(self) -> bool:
        """Whether data was exposed, as the reporter ticked or staff noted."""
        return self.report.exposed or self.has("exposure_noted")

    def has(self, name: str) -> bool:
        """Tell whether an event of this name happened."""
        return happened(self.history, name)

    def first(self, name: str) -> datetime | None:
        """Return when an event of this name first happened; None if it did not."""
        return next((event.at for event in self.history if event.name == name), None)
