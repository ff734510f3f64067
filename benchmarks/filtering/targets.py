"""Target lists as crawlers and subdomain finders leave them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.filtering import words
from benchmarks.filtering.rules import SEED, RuleSet

HOSTS, URLS = 0.60, 0.38  # of all lines; the rest are addresses
KINDS = {"covered": 50, "excluded": 12, "alike": 4, "stranger": 34}  # of all hosts, in percent
CRAWLED = 25  # URLs to each host, on average

_PATHS = ("api", "v1", "v2", "users", "static", "js", "login", "assets", "search", "item", "cart")


def write(path: Path, rules: RuleSet, count: int) -> None:
    """Write a list of so many targets, always the same one for a rule set; one a line."""
    lines = _Lines(rules)
    with path.open("w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in islice(lines, count))


@dataclass(slots=True)
class _Lines:
    """An endless list of targets around a rule set."""

    rules: RuleSet
    crawled: list[str] = field(default_factory=list)
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(f"{SEED}{self.rules.name} targets")  # noqa: S311  (repeatable)

    def __iter__(self) -> Iterator[str]:
        """Go on for ever."""
        while True:
            drawn = self.dice.random()
            if drawn < HOSTS:
                yield self._host()
            elif drawn < HOSTS + URLS:
                yield self._url(self._visited())
            else:
                yield self._address()

    def _host(self) -> str:
        """Return a host of some kind."""
        kind = self.dice.choices(tuple(KINDS), tuple(KINDS.values()))[0]
        if kind == "stranger":
            return words.below(words.registrable(self.dice), self.dice)
        if kind == "alike":
            return self._alike(self._under(self.rules.include))
        return self._under(self.rules.include if kind == "covered" else self.rules.exclude)

    def _under(self, patterns: tuple[str, ...]) -> str:
        """Return a host that one of the patterns covers."""
        pattern = self.dice.choice(patterns)
        if pattern.startswith("*."):
            pattern = words.below(pattern[2:], self.dice)
        while "*" in pattern:
            pattern = pattern.replace("*", words.label(self.dice), 1)
        return pattern

    def _alike(self, host: str) -> str:
        """Return a host that only looks like another one."""
        return self.dice.choice((f"not{host}", f"{host}.evil.example", host.replace(".", "-", 1)))

    def _visited(self) -> str:
        """Return a host that was crawled before, or a new one now and then."""
        if not self.crawled or self.dice.randrange(CRAWLED) == 0:
            self.crawled.append(self._host())
        return self.crawled[int(len(self.crawled) * self.dice.random() ** 0.5)]

    def _url(self, host: str) -> str:
        """Return a page of a host."""
        dice = self.dice
        scheme = "http" if dice.random() < 0.15 else "https"
        port = dice.choice((":8443", ":8080", ":443")) if dice.random() < 0.05 else ""
        path = "/".join(dice.choice(_PATHS) for _ in range(dice.randrange(5)))
        query = (
            f"?id={dice.randrange(10**6)}&page={dice.randrange(9)}" if dice.random() < 0.4 else ""
        )
        return f"{scheme}://{host}{port}/{path}{query}"

    def _address(self) -> str:
        """Return an address, alone or in a URL."""
        octets = ".".join(str(self.dice.randrange(1, 255)) for _ in range(4))
        return f"http://{octets}:8080/" if self.dice.random() < 0.3 else octets
