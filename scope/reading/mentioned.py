"""Assets among the words of a rule, and in words that cannot be read as they stand."""

import re
from dataclasses import dataclass
from itertools import islice

from scope.errors import InvalidTarget
from scope.places import suffix
from scope.reading import misspelt, pattern, spellings
from scope.reading.finding import UNCLEAR
from scope.reading.part import Part, doubtful, uncertain
from scope.settings import Settings
from scope.targets import address

LONGEST_WORD = 300  # of prose that can be an asset; a name has at most 253 characters
MOST_WORDS = 400  # of prose that is searched for hosts

SUBDOMAINS = re.compile(
    r"sub[- ]?domain|\bsubs\b|sous-domaine|subdom[i\u00ed]nio|sottodomin"
    r"|\b(?:everything|anything|all)\s(?:\w{1,30}\s)?(?:under|below|beneath)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![@\w.%-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}")
_APART = re.compile(r"[\s|]+")
_ENDING = re.compile(r"[\"'`(\[{<]{0,3}\.\w")  # ".shop.example": all names that end so
_EMAIL = re.compile(r"[^\s@/:]*@[^\s@/:]+")
_EDGES = "\"'`()[]{}<>,;:!?.^$\u201c\u201d\u2018\u2019"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Finds assets in texts that as a whole are none."""

    settings: Settings
    confirmed: bool

    def part(self, asset: str) -> tuple[Part, ...]:
        """Read one asset; a placeholder in it leaves the whole of it to a person.

        Raises:
            InvalidTarget: It names nothing.
        """
        asset = spellings.with_gaps(asset)
        if asset.startswith(".") and not asset.startswith(".."):  # names below, and perhaps above
            return (*self.part(f"*{asset}"), *uncertain(self.part(asset[1:])))
        parts = pattern.read(asset.replace(UNCLEAR, "*"), self.settings, confirmed=self.confirmed)
        return doubtful(parts, why="placeholder") if UNCLEAR in asset else parts

    def named(self, text: str) -> dict[str, tuple[Part, ...]]:
        """Return what the words of a text name, by word."""
        below = ("", "*.") if SUBDOMAINS.search(text) else ("",)
        named: dict[str, None] = {}
        for each in _APART.split(text)[:MOST_WORDS]:
            word = each.strip(_EDGES).lstrip("-\u2013")
            leads = ("", "*.") if _ENDING.match(each) else below
            named |= dict.fromkeys(lead + word for lead in leads)
        return {word: parts for word in named if (parts := self._of_word(word))}

    def inside(self, text: str) -> dict[str, tuple[Part, ...]]:
        """Return the names that stand somewhere inside a text whose words name nothing."""
        named = dict.fromkeys(found[0] for found in islice(_NAME.finditer(text), MOST_WORDS))
        return {name: parts for name in named if (parts := self._of_word(name))}

    def meant_by(self, text: str) -> dict[str, tuple[Part, ...]]:
        """Return what the words of a text may be slips of the pen for, by what they stand for."""
        words = _APART.split(text)[:MOST_WORDS]
        guesses = [each for word in words for each in misspelt.guesses(word, alone=len(words) == 1)]
        found = dict.fromkeys((*guesses, *misspelt.joined(text)))
        return {each: parts for each in found if (parts := self._tried(each))}

    def real(self, word: str) -> bool:
        """Tell whether a word is an address, or a name under a suffix that exists."""
        if len(word) > LONGEST_WORD or address.parse(word):
            return len(word) <= LONGEST_WORD
        host = misspelt.host_of(word).lstrip("*.").lower()
        return "." in host and (suffix.exists(host) or address.parse(host) is not None)

    def _of_word(self, word: str) -> tuple[Part, ...]:
        """Read a word of prose if it is surely an asset; where to write to is none.

        Of one that as a whole cannot be read, such as a port that is none, the host is still named.
        """
        if _EMAIL.fullmatch(word) or not self.real(word):
            return ()
        return self._tried(word) or self._tried(misspelt.host_of(word))

    def _tried(self, asset: str) -> tuple[Part, ...]:
        """Read an asset; nothing when it names nothing."""
        try:
            return self.part(asset)
        except InvalidTarget:
            return ()
