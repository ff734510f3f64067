"""A whole rule, read: the parts it names and what was noticed on the way.

A rule is kept whatever it says. One that no reading can turn into parts is inert: it decides
nothing and stays visible.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice

from scope import address, expand, pattern, suffix
from scope.clean import UNCLEAR, clean, redacted
from scope.errors import InvalidTarget
from scope.finding import Finding
from scope.part import Part
from scope.rule import Rule
from scope.settings import Settings

LONGEST = 65_536  # characters of a rule that are read at all; the longest real one has 528
LONGEST_WORD = 300  # of prose that can be an asset; a name has at most 253 characters
MOST_LABELS = 8  # colons and dashes after which an asset may follow
MOST_WORDS = 400  # of prose that is searched for hosts

_BELOW = re.compile(
    r"(?:(?:any|all|every|other|the)\s+){0,3}sub-?domains?\s+(?:of|under|below|for)\s+(\S+)",
    re.IGNORECASE,
)
_LABEL_END = re.compile(r"(?::|\s[-\u2013])\s+")
_REFUSAL = re.compile(
    r"\b(?:not|no|out|outside|non|only|unless|without|except|exclud(?:e|ed|es|ing))\b",
    re.IGNORECASE,
)
_SUBDOMAINS = re.compile(r"sub-?domain", re.IGNORECASE)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_WORD_EDGES = "\"'`()[]{}<>,;:!?.\u201c\u201d\u2018\u2019"
_AS_NUMBER = re.compile(r"AS\d{1,10}\b[^.]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule means.

    Attributes:
        parts: What it names; a rule without parts is inert.
        findings: What was noticed in its text.
    """

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()


def read(rule: Rule, settings: Settings) -> Reading:
    """Return what a rule means; never raises, whatever the text.

    >>> len(read(Rule("*.shop.(fr|de)"), Settings()).parts)
    2
    >>> read(Rule("Our shops, obviously"), Settings()).findings
    (Finding(code='prose', detail=''),)
    """
    if parts := pattern.plain(rule.pattern, settings, confirmed=rule.confirmed):
        return Reading(parts)
    if len(rule.pattern) > LONGEST:
        return Reading((), (Finding("unreadable", "longer than 65,536 characters"),))
    if redacted(rule.pattern):
        return Reading((), (Finding("redacted"),))
    text, findings = clean(rule.pattern)
    reader = _Reader(settings, confirmed=rule.confirmed)
    found = (
        reader.listed(text) or reader.labelled(text) or reader.remarked(text) or reader.prose(text)
    )
    return Reading(found.parts, findings + found.findings)


@dataclass(frozen=True, slots=True)
class _Reader:
    """The ways to read a cleaned text, the surest first; each gives None when it does not fit."""

    settings: Settings
    confirmed: bool

    def listed(self, text: str) -> Reading | None:
        """Read one asset or a list of them, with alternatives and a bracketed remark."""
        plain = expand.without_remark(text)
        try:
            written = expand.alternatives(expand.without_strays(plain))
            assets = list(dict.fromkeys(each for one in written for each in expand.items(one)))
            parts = tuple(part for asset in assets for part in self._part(asset))
        except InvalidTarget:
            return None
        if not parts:
            return None
        remark = text[len(plain) :].strip()
        findings = [Finding("remark-lifted", remark)] if remark else []
        if _REFUSAL.search(remark):
            parts = _uncertain(parts)
        if len(assets) > 1:
            findings.append(Finding("list-expanded", f"{len(assets)}"))
        if _AND.search(plain) and len({type(part.wide.hosts) for part in parts}) > 1:
            return Reading(_doubtful(parts), (*findings, Finding("condition")))
        return Reading(parts, tuple(findings))

    def labelled(self, text: str) -> Reading | None:
        """Read what follows "subdomains of", or an address or URL after a label."""
        below = _BELOW.fullmatch(text)
        if below and (found := self.listed(f"*.{below[1].removeprefix('*.').rstrip('.')}")):
            return Reading(found.parts, (*found.findings, Finding("label-lifted", text)))
        for end in islice(_LABEL_END.finditer(text), MOST_LABELS):
            label, asset = text[: end.start()], text[end.end() :]
            if _REFUSAL.search(label):
                return None
            if address.parse(asset) or _URL.fullmatch(asset):
                found = self.listed(asset)
                return found and Reading(found.parts, (Finding("label-lifted", label),))
        return None

    def remarked(self, text: str) -> Reading | None:
        """Read an asset that words follow: certain enough to exclude, not to permit."""
        first, _, rest = text.partition(" ")
        found = self.listed(first.rstrip(",;:")) if rest and len(first) > 1 else None
        if found is None or not self._real(first.rstrip(",;:")):
            return None
        remark = Finding("remark-lifted", rest.strip())
        return Reading(_uncertain(found.parts), (*found.findings, remark))

    def prose(self, text: str) -> Reading:
        """Search prose for assets: a person decides what it says about them."""
        words = (word.strip(_WORD_EDGES) for word in text.split()[:MOST_WORDS])
        found: list[Part] = []
        below = ("", "*.") if _SUBDOMAINS.search(text) else ("",)
        for word in dict.fromkeys(lead + word for word in words for lead in below):
            found += self._mentioned(word)
        parts = _doubtful(tuple(found))
        code = "prose-with-asset" if parts else _inert_code(text)
        return Reading(parts, (Finding(code),))

    def _part(self, asset: str) -> tuple[Part, ...]:
        """Read one asset; a placeholder in it leaves the whole of it to a person."""
        parts = pattern.read(asset.replace(UNCLEAR, "*"), self.settings, confirmed=self.confirmed)
        return _doubtful(parts, why="placeholder") if UNCLEAR in asset else parts

    def _mentioned(self, word: str) -> tuple[Part, ...]:
        """Read a word of prose if it is surely an asset."""
        if not self._real(word):
            return ()
        try:
            return self._part(word)
        except InvalidTarget:  # such as a port that is none: the host is still mentioned
            return self._hosted(word)

    def _hosted(self, word: str) -> tuple[Part, ...]:
        """Read the host alone of a word that as a whole cannot be read."""
        try:
            return self._part(_host_of(word))
        except InvalidTarget:
            return ()

    def _real(self, word: str) -> bool:
        """Tell whether a word is an address, or a name under a suffix that exists."""
        if len(word) > LONGEST_WORD or address.parse(word):
            return len(word) <= LONGEST_WORD
        host = _host_of(word).lstrip("*.").lower()
        return "." in host and suffix.exists(host)


def _host_of(word: str) -> str:
    """Return what stands in a word where a host would."""
    return re.split(r"[/:?#\\]", word.rpartition("://")[2], maxsplit=1)[0]


def _uncertain(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Take the certainty of a permission away: words behind the rule may narrow it."""
    return tuple(replace(part, narrow=None, why="remark") for part in parts)


def _doubtful(parts: tuple[Part, ...], why: str = "prose") -> tuple[Part, ...]:
    """Leave parts to a person, on either side."""
    return tuple(replace(part, narrow=None, doubt=True, why=why) for part in parts)


def _inert_code(text: str) -> str:
    """Say why a text without assets decides nothing."""
    if _AS_NUMBER.fullmatch(text):
        return "as-number"
    return "prose" if re.search(r"\w\s+\w", text) or not set("./:*@") & set(text) else "unreadable"
