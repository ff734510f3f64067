"""How the law counts time: from a start to the last moment in which a duty is still kept.

Regulation (EEC, Euratom) 1182/71, Article 3: the hour or day of the event is not counted; a month
ends on the same day of the next one, or on its last day (3(2)(c)); a period that is not in hours
and would end on a Saturday, a Sunday or a public holiday ends with the next working day (3(4)).
Where readings differ, the earlier moment is returned.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from portal.policy.calendars import Calendar, CalendarChoice
from portal.policy.dates import last_second
from portal.policy.legal.rules import Rule
from portal.policy.spans import months_later

_MEMBER_STATES: Final = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
)
MEMBER_STATES: Final = frozenset(_MEMBER_STATES.split())
# What is filed later counts as filed on the next business day: 17 CFR 232.13(a)(2).
SEC_DAY_ENDS: Final = time(17, 30)
SEC_ZONE: Final = ZoneInfo("America/New_York")
_FEDERAL: Final = CalendarChoice("US", SEC_ZONE.key)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a duty is met.

    Attributes:
        zone: In which days end.
        country: Whose public holidays the last day of a period avoids (ISO 3166-1); outside the
            European Union, and without one, it avoids weekends only.
    """

    zone: ZoneInfo
    country: str | None = None

    def public_holidays(self, day: date) -> Calendar:
        """Return the days off around a day, none of them an organisation's own."""
        country = self.country if self.country in MEMBER_STATES else None
        return Calendar.of(CalendarChoice(country, self.zone.key), start=day)


@dataclass(frozen=True, slots=True)
class Limit:
    """The end of a period.

    Attributes:
        end: Last second in which the duty is kept, in the zone it was counted in.
        moved_from: The day on which it would have ended, had that been a working day.
    """

    end: datetime
    moved_from: date | None = None

    @classmethod
    def of(cls, rule: Rule, start: datetime, place: Place) -> Self:
        """Return when the time of a rule ends that started at a moment."""
        match rule.counting:
            case "hours":
                end = start.astimezone(UTC) + timedelta(hours=rule.within)
                return cls(end.astimezone(place.zone))
            case "us_business_days":
                first = start.astimezone(place.zone).date()
                return cls(last_second(_open_day(rule.within, first), place.zone))
            case "sec_business_days":
                first = start.astimezone(SEC_ZONE).date()
                day = _open_day(rule.within, first)
                return cls(datetime.combine(day, SEC_DAY_ENDS, SEC_ZONE))
            case "calendar_days":
                first = start.astimezone(place.zone).date()
                return cls(last_second(first + timedelta(days=rule.within), place.zone))
            case "eu_days" | "eu_months":
                return cls._moved(_last_day(rule, start.astimezone(place.zone).date()), place)

    @classmethod
    def _moved(cls, day: date, place: Place) -> Self:
        """Return the end of a day, or of the next working day if it is none: Article 3(4)."""
        calendar = place.public_holidays(day)
        end = day if calendar.works(day) else calendar.working_day(1, day)
        return cls(last_second(end, place.zone), day if end != day else None)


def _last_day(rule: Rule, first: date) -> date:
    if rule.counting == "eu_months":
        return months_later(rule.within, first)
    return first + timedelta(days=rule.within)


def _open_day(number: int, after: date) -> date:
    """Return the n-th day after another one on which federal offices are open.

    An event on a day off needs no rule of its own: the count then starts on, and includes, the
    next business day (Form 8-K, General Instruction B.1), which is day 1 here as well.
    """
    return Calendar.of(_FEDERAL, start=after).working_day(number, after)
