"""A place in the queue, between one page and the next."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.cases.kinds import Urgency
from portal.errors import QueueRefused


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a page ended. It only says what has been shown: what may be shown is asked anew.

    Attributes:
        urgency: That of the last report of the page.
        due_at: What is due next in it.
        received_at: When that report arrived.
        report: Its id; no two places are the same.
    """

    urgency: Urgency
    due_at: datetime
    received_at: datetime
    report: str

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read a place as `text` writes it.

        Raises:
            QueueRefused: It is none.
        """
        try:
            urgency, due, received, report = json.loads(
                base64.urlsafe_b64decode(text.encode("ascii"))
            )
            return cls(_urgency(urgency), _moment(due), _moment(received), _name(report))
        except (ValueError, TypeError, OverflowError, RecursionError) as fault:
            raise QueueRefused(
                "This is no place in the queue.", hint="Load the queue again from its beginning."
            ) from fault

    @property
    def text(self) -> str:
        """The place for an address."""
        moments = [self.due_at.isoformat(), self.received_at.isoformat()]
        held = [int(self.urgency), *moments, self.report]
        return base64.urlsafe_b64encode(json.dumps(held).encode()).decode()


def _moment(text: str) -> datetime:
    """Read an aware moment; astimezone would take a naive one for local time."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment without a zone")
    return found.astimezone(UTC)  # refused here, at either end of the calendar


def _urgency(urgency: object) -> Urgency:
    if type(urgency) is not int:  # 1.0 and true would pass for numbers
        raise ValueError("no urgency")
    return Urgency(urgency)


def _name(report: object) -> str:
    if not isinstance(report, str) or not report.isascii() or "\0" in report:
        raise ValueError("no name of a report")
    return report
