"""The calendar a policy counts its promises by."""

from portal.policy import calendars, days_off, public_holidays
from portal.policy.calendars import CalendarChoice
from portal.policy.reading import Table


def read(pack: Table) -> CalendarChoice:
    """Return what ``[calendar]`` says; without it, weekends are off and days end in UTC."""
    table = pack.table("calendar")
    if table is None:
        return CalendarChoice()
    with table:
        country = table.made("country", _country)
        return CalendarChoice(
            country=country,
            zone=table.made("zone", _zone) or "UTC",
            add=_days(table, "add", country),
            remove=_days(table, "remove", country),
        )


def _country(code: str) -> str:
    public_holidays.check_country(code)
    return code


def _zone(name: str) -> str:
    calendars.zone(name)
    return name


def _days(table: Table, name: str, country: str | None) -> tuple[str, ...]:
    """Return the days in a list; holidays can be named where they are taken away."""

    def check(text: str) -> None:
        days_off.check_day(text, country=country, named=name == "remove")

    return table.lines(name, check)
