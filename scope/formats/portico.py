"""Our own JSON, which loses nothing: what a portal serves as ``scope.json``.

>>> listing, = read('{"format": "portico-scope/1", "in": [{"pattern": "*.shop.example"}]}')
>>> listing.scope().check("www.shop.example").ruling.value
'in'
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scope.formats import portico_rule
from scope.formats.listing import Listing, Remark, Written
from scope.formats.strict import Value, document
from scope.rule import Rule, Side
from scope.settings import Settings

FORMAT = "portico-scope/1"
_MEMBERS = ("format", "program", "name", "policy", "superseded_by", "settings", "text", "ask")
_SWITCHES = ("strict_scheme", "out_always_wins")


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version of a policy.

    Attributes:
        version: Counted from 1.
        sha256: Hash of the policy's text, hex.
        published: When it was published, aware; None when not said.
    """

    version: int
    sha256: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The scope of a program with all that a portal says about it.

    Attributes:
        listing: Rules and settings.
        program: The program's name in addresses; None in a file that is from no portal.
        edition: The policy that the rules are from; None in a file that is from no portal.
        superseded_by: The version in force, when this is an older one.
        text: The scope in words.
        ask: What someone should do whose target no rule mentions.
    """

    listing: Listing
    program: str | None = None
    edition: Edition | None = None
    superseded_by: int | None = None
    text: str | None = None
    ask: str | None = None


def read(text: str) -> tuple[Listing, ...]:
    """Read the scope of a program.

    Raises:
        FormatUnreadable: Not JSON, another format, or a value of the wrong kind; the message names
            its place.
    """
    return (read_feed(text).listing,)


def read_feed(text: str) -> Feed:
    """Read the scope of a program with what its portal says about it.

    A member beside the rules that a later portal may add is left out with a remark; an unknown
    member of a rule or of the settings is refused, because it might limit what is permitted.

    Raises:
        FormatUnreadable: As `read`.
    """
    members = document(text).members()
    if "format" not in members or members["format"].raw != FORMAT:
        Value(None, "format").refuse(f"is not {FORMAT}")
    listing = Listing(
        name=_text(members, "name") or "",
        include=_rules(members, "in"),
        exclude=_rules(members, "out"),
        settings=_settings(members),
        remarks=tuple(_left_out(name) for name in members if name not in (*_MEMBERS, "in", "out")),
    )
    newest = members.get("superseded_by")
    return Feed(
        listing,
        program=_text(members, "program"),
        edition=_edition(members["policy"]) if "policy" in members else None,
        superseded_by=newest.count() if newest else None,
        text=_text(members, "text"),
        ask=_text(members, "ask"),
    )


def write(listing: Listing) -> Written:
    """Write the scope of a program; nothing of its rules and settings is lost."""
    return Written(write_feed(Feed(listing)))


def write_feed(feed: Feed) -> str:
    """Write the scope of a program with what its portal says about it.

    In ASCII: a file shown on a terminal cannot hide or turn round what it says.
    """
    listing, edition = feed.listing, feed.edition
    plain: dict[str, Any] = {"format": FORMAT, "program": feed.program}
    plain["name"] = listing.name or None
    plain["policy"] = edition and _plain_edition(edition)
    plain["superseded_by"] = feed.superseded_by
    plain["settings"] = {
        "wildcard_apex": listing.settings.wildcard_apex,
        "strict_scheme": listing.settings.strict_scheme,
        "out_always_wins": listing.settings.out_always_wins,
    }
    plain["in"] = [portico_rule.write(rule) for rule in listing.include]
    plain["out"] = [portico_rule.write(rule) for rule in listing.exclude]
    plain |= {"text": feed.text, "ask": feed.ask}
    stated = {name: value for name, value in plain.items() if value is not None}
    return json.dumps(stated, indent=1) + "\n"


def _text(members: dict[str, Value], name: str) -> str | None:
    """Return a text, or None when it is not stated."""
    return members[name].text() if name in members else None


def _rules(members: dict[str, Value], side: Side) -> tuple[Rule, ...]:
    """Read the rules of one side."""
    if side not in members:
        return ()
    listed: Iterable[Value] = members[side].items()
    return tuple(portico_rule.read(each, side) for each in listed)


def _settings(members: dict[str, Value]) -> Settings:
    """Read how the program wants its rules read."""
    if "settings" not in members:
        return Settings()
    chosen = members["settings"].members(("wildcard_apex", *_SWITCHES))
    apex = chosen.get("wildcard_apex", Value("exclude"))
    if apex.raw not in ("exclude", "include"):
        apex.refuse("is neither exclude nor include")
    flags = {name: chosen[name].flag() for name in _SWITCHES if name in chosen}
    return Settings("include" if apex.raw == "include" else "exclude", **flags)


def _edition(value: Value) -> Edition:
    """Read which version of a policy the rules are from."""
    members = value.members()
    if "version" not in members or "sha256" not in members:
        value.refuse("needs version and sha256")
    published = members.get("published")
    return Edition(
        members["version"].count(),
        members["sha256"].text(),
        _moment(published) if published else None,
    )


def _moment(value: Value) -> datetime:
    """Read an aware time (RFC 3339)."""
    try:
        moment = datetime.fromisoformat(value.text())
    except ValueError:
        value.refuse("is not a time")
    if moment.tzinfo is None:
        value.refuse("is a time without a zone")
    return moment


def _plain_edition(edition: Edition) -> dict[str, Any]:
    """Return the version of the policy as plain values."""
    plain: dict[str, Any] = {"version": edition.version, "sha256": edition.sha256}
    if edition.published:
        plain["published"] = edition.published.isoformat()
    return plain


def _left_out(name: str) -> Remark:
    """Say that something was not understood."""
    return Remark("unknown-member", name, "This version of the format has no such member.")
