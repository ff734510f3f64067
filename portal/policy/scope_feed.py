"""The scope of a policy as files that people take with them, into tools or into an archive."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from portal.policy.dates import day
from portal.policy.pack import Policy
from scope.formats import Listing, Remark, Written, portico, write
from scope.formats.portico import Edition, Feed


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        page: Its address below the program's.
        format: Its name in `scope.formats`.
        media: Its media type.
        ending: How its file name ends; the program's name in addresses comes first.
        saved: Whether a browser should save it rather than show it.
    """

    page: str
    format: str
    media: str
    ending: str
    saved: bool = False


JSON: Final = Kind("scope.json", "portico", "application/json", "scope.json")
TEXT: Final = Kind("scope.txt", "text", "text/plain; charset=utf-8", "scope.txt")
BURP: Final = Kind("scope/burp.json", "burp", "application/json", "burp.json", saved=True)
ZAP: Final = Kind("scope/zap.context", "zap-context", "application/xml", "zap.context", saved=True)
KINDS: Final = (JSON, TEXT, BURP, ZAP)


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of file, and what it cannot say of a scope."""

    kind: Kind
    lost: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One version of a policy's scope, ready to be written.

    Attributes:
        policy: The policy in that version.
        edition: Its number, hash and time.
        newest: Number of the version in force.
        address: Where the version in force is found, for people who come across an old file.
    """

    policy: Policy
    edition: Edition
    newest: int
    address: str

    @property
    def superseded_by(self) -> int | None:
        """The version in force, when this is another one."""
        return self.newest if self.newest != self.edition.version else None


def written(issue: Issue, kind: Kind) -> str:
    """Return the scope as a file of some kind; the same issue always gives the same text."""
    if kind is JSON:
        return portico.write_feed(_feed(issue))
    file = carried(issue.policy, kind)
    return _header(issue, file) + file.text if kind is TEXT else file.text


def offers(policy: Policy) -> tuple[Offer, ...]:
    """Return every kind of file, each with what it leaves out."""
    return tuple(Offer(kind, carried(policy, kind).lost) for kind in KINDS)


def carried(policy: Policy, kind: Kind) -> Written:
    """Return what a kind of file can carry of a policy's scope, and what it cannot."""
    return _carried(_Source(policy.sha256, policy), kind)


@dataclass(frozen=True, slots=True)
class _Source:
    """A policy, told from others by its hash alone."""

    sha256: str
    policy: Policy = field(compare=False, repr=False)


@lru_cache(maxsize=256)
def _carried(source: _Source, kind: Kind) -> Written:
    """Write a scope once: a published text never changes."""
    return write(kind.format, [_listing(source.policy)])


def _listing(policy: Policy) -> Listing:
    rules = policy.scope_rules
    return Listing(policy.name, rules.include, rules.exclude, rules.scope.settings)


def _feed(issue: Issue) -> Feed:
    rules = issue.policy.scope_rules
    return Feed(
        _listing(issue.policy),
        program=issue.policy.slug,
        edition=issue.edition,
        superseded_by=issue.superseded_by,
        text=rules.text,
        ask=rules.ask,
    )


def _header(issue: Issue, carried: Written) -> str:
    """Say at the top of a text file what it is, and what it cannot say."""
    edition = issue.edition
    lines = [f"{issue.policy.name}: what may be tested, and after ! what may not"]
    published = f", published {day(edition.published)}" if edition.published else ""
    lines.append(f"Policy version {edition.version}{published}, SHA-256 {edition.sha256}")
    if issue.superseded_by:
        lines.append(f"NOT IN FORCE: version {issue.superseded_by} has taken its place")
    lines.append(f"In force now: {issue.address}")
    if carried.lost:
        lines.append("A text file cannot say all of it; the policy and scope.json do:")
        lines += [f"  {lost.entry}: {lost.message}" for lost in carried.lost]
    return "".join(f"# {' '.join(line.split())}\n" for line in lines) + "\n"
