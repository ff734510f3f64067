"""Plain text: one rule a line, ``!`` before an exclusion (`scope.textfile`).

The file holds patterns and notes. What else a rule or program says is not in it: a permit that
would mean more without it is left out, an exclusion stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scope import textfile
from scope.errors import RulesUnreadable
from scope.formats.carried import remark
from scope.formats.listing import Listing, Remark, Written
from scope.places.names import Names
from scope.reading import read as reading
from scope.rule import Rule
from scope.settings import Settings
from scope.targets import url
from scope.weighing.claim import Claim
from scope.weighing.winners import inside

CONDITION = "The rule depends on a condition, which the file cannot hold: not permitted."
ALWAYS = "The exclusion depends on a condition or an answer; in the file it always holds."
CONFIRMED = "That a person confirmed this broad rule is not in the file: a person decides again."
DETAILS = "That it brings no reward, or where its reports belong, is not in the file."
UNWRITABLE = "The text would read back as something else, so it is not in the file."
OTHER_SCHEME = "The rule is for one scheme, which the file cannot say: not permitted."
AS_PORT = "The rule is for one scheme; the file holds the scheme's port instead."
EVERY_SCHEME = "The exclusion is for one scheme; in the file it takes all of them."
OVERRULED = "An exclusion takes all of it and wins in this program, so it is not in the file."

_SHARED_PORTS = frozenset({"ws", "wss"})  # theirs are those of http and https
_ONE_PLACE = re.compile(r"([^\s/:?#|,(){}\[\]]+|\[[0-9A-Fa-f:.]+\])(:\d+)?([/?#]\S*)?")

FILE = Settings()  # how a text file is read


def read(text: str) -> tuple[Listing, ...]:
    """Read the rules of a text file.

    Raises:
        RulesUnreadable: A line has an exclamation mark and no rule.
    """
    rules = textfile.read(text)
    return (Listing("", tuple(rules.include), tuple(rules.exclude)),)


def write(listing: Listing) -> Written:
    """Write the rules of a scope, a line each, in their order."""
    lost: dict[Remark, None] = {}
    walls = _Walls.of(listing)
    include = [one for rule in listing.include for one in _permitted(rule, listing, walls, lost)]
    exclude = [one for rule in listing.exclude for one in _excluded(rule, listing, lost)]
    return Written(textfile.write(include, exclude), tuple(lost))


def _permitted(
    rule: Rule, listing: Listing, walls: "_Walls", lost: dict[Remark, None]
) -> Iterator[Rule]:
    """Yield the rules for a permit."""
    strict = listing.settings.strict_scheme and "://" in rule.pattern
    held = _with_port(rule) if strict else rule
    checks = (
        ("condition", CONDITION, rule.condition is not None),
        ("overruled", OVERRULED, walls.overrule(rule)),
        ("unwritable", UNWRITABLE, not _survives(rule)),
        ("scheme", OTHER_SCHEME, held is None),
    )
    for code, message, so in checks:
        if so:
            lost[remark(code, rule, message)] = None
            return
    kept = (
        ("scheme", AS_PORT, strict),
        ("confirmed", CONFIRMED, rule.confirmed),
        ("details", DETAILS, not rule.reward),
    )
    lost.update({remark(code, rule, text): None for code, text, so in kept if so})
    yield held or rule
    yield from _apex(rule, listing, permits=True)


def _excluded(rule: Rule, listing: Listing, lost: dict[Remark, None]) -> Iterator[Rule]:
    """Yield the rules for an exclusion."""
    strict = listing.settings.strict_scheme and "://" in rule.pattern
    kept = (
        ("unwritable", UNWRITABLE, not _survives(rule)),
        ("condition", ALWAYS, bool(rule.condition or rule.unless)),
        ("scheme", EVERY_SCHEME, strict),
        ("details", DETAILS, rule.redirect is not None),
    )
    lost.update({remark(code, rule, text): None for code, text, so in kept if so})
    if _survives(rule):
        yield rule
        yield from _apex(rule, listing, permits=False)


def _with_port(rule: Rule) -> Rule | None:
    """Return a rule for one scheme as one for its port; None when it is more than one URL."""
    scheme, _, rest = rule.pattern.strip().partition("://")
    found = _ONE_PLACE.fullmatch(rest)
    port = url.PORTS.get(scheme.lower())
    if not found or port is None or scheme.lower() in _SHARED_PORTS:
        return None
    host, written, where = found.groups("")
    return replace(rule, pattern=f"{scheme}://{host}{written or f':{port}'}{where}")


@dataclass(frozen=True, slots=True)
class _Walls:
    """The exclusions of a listing, as the program reads them and as the file will be read."""

    settings: Settings
    pairs: tuple[tuple[list[Claim], list[Claim]], ...]

    @classmethod
    def of(cls, listing: Listing) -> "_Walls":
        """Read the exclusions once for all permits."""
        settings = listing.settings
        pairs = ((_claims(one, settings), _claims(_bare(one), FILE)) for one in listing.exclude)
        return cls(settings, tuple(pairs))

    def overrule(self, rule: Rule) -> bool:
        """Tell whether the file would let a permit win where it does not win in the program."""
        mine, held = _claims(rule, self.settings), _claims(_bare(rule), FILE)
        return any(
            _inside(held, after) and (self.settings.out_always_wins or not _inside(mine, before))
            for before, after in self.pairs
        )


def _bare(rule: Rule) -> Rule:
    """Return a rule as the file holds it."""
    return replace(rule, when=None, unless=())


def _claims(rule: Rule, settings: Settings) -> list[Claim]:
    """Read a rule into its claims."""
    return [Claim(rule, part) for part in reading(rule, settings).parts]


def _inside(permit: list[Claim], exclusion: list[Claim]) -> bool:
    """Tell whether some of a permit lies inside an exclusion."""
    return any(inside(one, other) for one in permit for other in exclusion)


def _apex(rule: Rule, listing: Listing, *, permits: bool) -> Iterator[Rule]:
    """Yield a rule for each name that ``*.`` means as well in this program."""
    if listing.settings.wildcard_apex == "exclude":
        return
    for part in reading(rule, listing.settings).parts:
        region = part.narrow if permits else part.wide
        hosts = region.hosts if region else None
        if region and isinstance(hosts, Names) and hosts.apex and not (permits and region.query):
            port = f":{region.port}" if region.port is not None else ""
            where = region.paths.text if region.paths else ""
            yield replace(rule, pattern=f"{hosts.text.removeprefix('*.')}{port}{where}")


def _survives(rule: Rule) -> bool:
    """Tell whether a rule reads back from its line as itself."""
    try:
        found = textfile.read(textfile.write([rule]))
    except RulesUnreadable:
        return False
    return not found.exclude and [each.pattern for each in found.include] == [
        " ".join(rule.pattern.split())
    ]
