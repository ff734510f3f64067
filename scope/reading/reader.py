"""The ways to read the cleaned text of a rule, the surest first."""

import re
from dataclasses import dataclass
from itertools import islice

from scope.errors import InvalidTarget
from scope.places.names import Names
from scope.reading import caveats, clauses, expand
from scope.reading.finding import UNCLEAR, Finding
from scope.reading.mentioned import SUBDOMAINS, Mentioned
from scope.reading.part import Part, Reading, doubtful, uncertain
from scope.settings import Settings
from scope.targets import address

MOST_LABELS = 8  # colons and dashes after which an asset may follow

_BELOW = re.compile(
    r"(?:(?:any|all|every|other|the)\s+){0,3}sub-?domains?\s+(?:of|under|below|for)\s+(\S+)",
    re.IGNORECASE,
)
_LABEL_END = re.compile(r"(?::|\s[-\u2013])\s+")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_BRACKETED = re.compile(r"([^()]*[^()\s])\s+\(([^()]+)\)")
_POINTS = re.compile(
    r"\b(?:here|at|on|under|from|see|via|to|also|more|contact|policy|rules|terms|guidelines"
    r"|instructions|details|references?|examples?|e\.?g|credentials|sign[ -]?up)\W*\Z",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[^\s|;,]+")
_MINUS = re.compile(r"-[\w*]")
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_AS_NUMBER = re.compile(r"AS\d{1,10}\b[^.]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a cleaned text; each way gives None when it does not fit."""

    settings: Settings
    confirmed: bool

    @property
    def words(self) -> Mentioned:
        """What finds assets among words."""
        return Mentioned(self.settings, self.confirmed)

    def read(self, text: str) -> Reading:
        """Read a text in the first way that fits; the last always does."""
        return (
            self.conditional(text)
            or self.listed(text)
            or self.labelled(text)
            or self.remarked(text)
            or self.prose(text)
        )

    def conditional(self, text: str) -> Reading | None:
        """Read a text that states a condition."""
        if not clauses.possible(text):
            return None
        from scope.reading import conditional  # which few rules need

        return conditional.read(text, self.listed, self.words.named)

    def listed(self, text: str) -> Reading | None:
        """Read one asset or a list of them, with alternatives and a bracketed remark."""
        plain = expand.without_remark(text)
        assets = expand.assets(plain)
        try:
            parts = tuple(part for asset in assets for part in self.words.part(asset))
        except InvalidTarget:
            return None
        if not parts:
            return None
        remark = text[len(plain) :].strip()
        findings = [Finding("remark-lifted", remark)] if remark else []
        if expand.without_strays(plain) != plain:
            findings.append(Finding("stray-bracket"))
        if expand.trails_off(plain):
            findings.append(Finding("ellipsis"))
        without = [each[1:] for each in assets[1:] if _MINUS.match(each)]
        if caveats.narrows(remark) or without:
            parts = uncertain(parts)
        besides = self._besides(" ".join((remark, *without)), parts)
        below = self._below(parts, remark)
        findings += [Finding("names-below", _base(part)) for part in below]
        if UNCLEAR not in text and any(UNCLEAR in each for each in assets):
            findings.append(Finding("placeholder"))
        if len(assets) > 1:
            findings.append(Finding("list-expanded", f"{len(assets)}"))
        if _AND.search(plain) and len({type(part.wide.hosts) for part in parts}) > 1:
            return Reading(doubtful(parts), (*findings, Finding("condition")))
        return Reading((*parts, *besides, *below), tuple(findings))

    def labelled(self, text: str) -> Reading | None:
        """Read what follows "subdomains of", or an address, URL or ``*.host`` after a label."""
        below = _BELOW.fullmatch(text)
        if below and (found := self.listed(f"*.{below[1].removeprefix('*.').rstrip('.')}")):
            return Reading(found.parts, (*found.findings, Finding("label-lifted", text)))
        for end in islice(_LABEL_END.finditer(text), MOST_LABELS):
            label, asset = text[: end.start()], text[end.end() :]
            if caveats.has_one(label):
                return None
            if _sure(asset):
                found = self.listed(asset)
                return found and Reading(_behind(label, found), (Finding("label-lifted", label),))
        return self.bracketed(text)

    def bracketed(self, text: str) -> Reading | None:
        """Read an address, URL or ``*.host`` in brackets behind a label."""
        pair = _BRACKETED.fullmatch(text)
        if pair is None or caveats.has_one(pair[1]) or not _sure(pair[2]):
            return None
        found = self.listed(pair[2])
        return found and Reading(found.parts, (*found.findings, Finding("label-lifted", pair[1])))

    def remarked(self, text: str) -> Reading | None:
        """Read an asset that words follow: certain enough to exclude, not to permit.

        What these words mention besides is left to a person.
        """
        first, _, rest = text.partition(" ")
        found = self.listed(first.rstrip(",;:")) if rest and len(first) > 1 else None
        if found is None or not self.words.real(first.rstrip(",;:")):
            return None
        remark = Finding("remark-lifted", rest.strip())
        below = self._below(found.parts, rest)
        parts = (*uncertain(found.parts), *self._besides(rest, found.parts), *below)
        notes = (Finding("names-below", _base(part)) for part in below)
        return Reading(parts, (*found.findings, remark, *notes))

    def prose(self, text: str) -> Reading:
        """Search prose for assets: a person decides what it says about them."""
        found = self.words.named(text) or self.words.inside(text)
        found |= self.words.meant_by(text)
        code = "misspelt" if not _BLANK.search(text) else "prose-with-asset"
        findings = [Finding(code, ", ".join(found)) if found else Finding(_inert_code(text))]
        if clauses.outside(text):
            findings += [Finding("condition-outside", word) for word in found]
        parts = tuple(part for parts in found.values() for part in parts)
        return Reading(doubtful(parts), tuple(findings))

    def _besides(self, words: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return what the words beside some parts name besides: a person decides about it."""
        named = self.words.named(words) | self.words.meant_by(words)
        found = (part for each in named.values() for part in each)
        new = (one for one in found if not any(each.wide.contains(one.wide) for each in parts))
        return doubtful(tuple(new))

    def _below(self, parts: tuple[Part, ...], words: str) -> tuple[Part, ...]:
        """Return the names below some hosts, where the words beside them speak of these."""
        hosts = (part.wide.hosts for part in parts) if SUBDOMAINS.search(words) else ()
        bases = [each.text for each in hosts if isinstance(each, Names) and each.single]
        found = (self.words.part(f"*.{base}") for base in dict.fromkeys(bases))
        return doubtful(tuple(part for parts in found for part in parts), why="remark")


def _base(part: Part) -> str:
    """Return the name that a ``*.name`` is about."""
    return part.wide.hosts.text.removeprefix("*.") if isinstance(part.wide.hosts, Names) else ""


def _behind(label: str, found: Reading) -> tuple[Part, ...]:
    """Return the parts behind a label; where it points to a page, the page itself is not meant."""
    return uncertain(found.parts) if _POINTS.search(label) else found.parts


def _sure(text: str) -> bool:
    """Tell whether a text can be nothing but addresses, URLs and names that open with ``*.``."""
    first = _WORD.match(text)  # tells most texts apart before a long one is cut into pieces
    if first is None or not _sure_alone(first[0]):
        return False
    return all(map(_sure_alone, expand.items(text)))


def _sure_alone(word: str) -> bool:
    """Tell whether a word can be nothing but an address, a URL or a name that opens with ``*.``."""
    return bool(address.parse(word) or _URL.fullmatch(word)) or word.startswith("*.")


def _inert_code(text: str) -> str:
    """Say why a text without assets decides nothing."""
    if _AS_NUMBER.fullmatch(text):
        return "as-number"
    return "prose" if re.search(r"\w\s+\w", text) or not set("./:*@") & set(text) else "unreadable"
