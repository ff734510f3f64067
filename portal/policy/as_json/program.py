"""Who the program is, and how it works: its own tables as values that `json` can write."""

from portal.policy.as_json.shapes import Plain, day
from portal.policy.contacts import Contact
from portal.policy.pack import Policy


def program(policy: Policy) -> Plain:
    """Return what ``[program]`` says."""
    return {
        "slug": policy.slug,
        "name": policy.name,
        "organisation": policy.organisation,
        "summary": policy.summary,
        "issued": day(policy.issued),
        "language": policy.language,
        "languages": list(policy.languages) or None,
    }


def contact(one: Contact) -> Plain:
    """Return one way to write."""
    return {"kind": one.kind, "address": one.address, "note": one.note}


def calendar(policy: Policy) -> Plain:
    """Return which days count, and where they end."""
    days = policy.calendar
    return {
        "country": days.country,
        "zone": days.zone,
        "add": list(days.add) or None,
        "remove": list(days.remove) or None,
    }
