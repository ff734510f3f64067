"""A first pack from a few answers: commented, sound, and silent where nothing was answered.

What was not answered stands there as a comment that says what it would say, so that whoever goes on
writing sees it, and the pages say that the policy does not say.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from portal.policy.country_zones import zones_of

WIDTH: Final = 98  # characters of a line of comment
ZONES_NAMED: Final = 3  # of a country with several, so many are proposed


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered; empty is not stated.

    Attributes:
        name: Of the program, for people.
        slug: Of the program, in addresses.
        contacts: Mail addresses, https addresses and telephone numbers, the preferred one first.
        scope: Patterns of what is covered.
        acknowledge: Time span until a person confirms receipt.
        country: Whose public holidays count.
        anonymous: Anonymous reports are welcome.
        harbour: No action is taken against those who keep to the policy.
        disclosure: Time span for which silence is asked at most.
        issued: Day on which the policy takes effect.
    """

    name: str
    slug: str
    contacts: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    acknowledge: str = ""
    country: str = ""
    anonymous: bool = False
    harbour: bool = False
    disclosure: str = ""
    issued: str = ""


def written(answers: Answers) -> str:
    """Return the pack as TOML."""
    parts = (
        _head(answers),
        _program(answers),
        _contacts(answers.contacts),
        _scope(answers.scope),
        _part("What is asked of researchers, clause by clause", _CONDUCT, stated=False),
        _part("What is promised, and by when", _promise(answers), stated=bool(answers.acknowledge)),
        _part("Publication", _window(answers), stated=bool(answers.disclosure)),
        _part("Rewards", _REWARD, stated=False),
        _part("Safe harbour", _HARBOUR, stated=answers.harbour),
        _part("Anonymous reports", _ANONYMITY, stated=answers.anonymous),
        _part("Data that researchers came to hold", _DATA, stated=False),
        _part("Roles that read every report; the keyset needs a key for each", _READERS, False),
        _part("What the form asks; without this, it asks little", _FIELDS, stated=False),
        _part("Which days count, and where they end", _calendar(answers), bool(answers.country)),
    )
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


_CONDUCT: Final = (
    "[[conduct]]",
    'id = "no-dos"',
    'duty = "must_not"                 # must, must_not, may or asked',
    'text = "Overload a service, or attempt to."',
    "method = true                     # a way of testing; the form asks whether it was used",
)
_REWARD: Final = (
    "[reward]",
    'kind = "none"                     # or "discretionary"',
    'text = "We pay no rewards, and we are grateful."',
)
_HARBOUR: Final = (
    "[safe_harbour]",
    'text = "We take no legal action against you as long as these conditions are met."',
    "",
    "[[safe_harbour.condition]]",
    'id = "harbour-policy"',
    'text = "You keep to this policy."',
    'confirm = "I have kept to this policy."',
    "",
    "[[safe_harbour.condition]]",
    'id = "harbour-good-faith"',
    'text = "You act in good faith."',
    'confirm = "I have acted in good faith."',
)
_ANONYMITY: Final = (
    "[anonymity]",
    'text = "You need not say who you are. Anonymous reports are treated like all others."',
)
_DATA: Final = (
    "[data_handling]",
    'kind = "do_not_keep"              # or "purge_on_report", "keep_encrypted"',
    'text = "Do not keep data that is not yours; delete what you came to hold."',
)
_READERS: Final = ("[readers]", 'roles = ["security officer"]')
_FIELDS: Final = ("[fields]", 'steps = "required"                # or "requested", "optional"')


def _head(answers: Answers) -> Iterator[str]:
    yield f"# {answers.name}, as a policy pack."
    yield "#"
    yield "# What is commented out is “not stated”, and the pages say so: take the # away from what"
    yield "# you mean, and change all words to your own."
    yield "#"
    yield "#     portico policy check            what is wrong, and what may be missing"
    yield "#     portico policy schema --page    every key"
    yield "#     portico policy publish          put it in force"


def _program(answers: Answers) -> Iterator[str]:
    yield "[program]"
    yield f"slug = {_text(answers.slug)}"
    yield f"name = {_text(answers.name)}"
    yield '# organisation = "…"              # who runs it, where that differs from the name'
    yield '# summary = "…"                   # a sentence or two for the list of programs'
    if answers.issued:
        yield f"issued = {answers.issued}               # the day it takes effect"
    else:
        yield "# issued = 2026-11-22             # the day it takes effect"
    yield '# languages = ["en"]              # reports may be written in these'


def _contacts(addresses: Iterable[str]) -> Iterator[str]:
    stated = [_contact(address) for address in addresses]
    blocks = stated or [_contact("security@example.org")]
    title = "Other ways to write, the preferred one first; the form comes before them"
    yield from _part(title, _spaced(blocks), stated=bool(stated))


def _contact(address: str) -> tuple[str, ...]:
    kind = "mail"
    if address.startswith("+"):
        kind = "phone"
    elif "://" in address:
        kind = "web"
    return ("[[contact]]", f"kind = {_text(kind)}", f"address = {_text(address)}")


def _scope(patterns: Iterable[str]) -> Iterator[str]:
    stated = [("[[scope.in]]", f"pattern = {_text(pattern)}") for pattern in patterns]
    blocks = stated or [("[[scope.in]]", 'pattern = "*.example.org"')]
    title = "What is covered; [[scope.out]] holds what is not"
    yield from _part(title, _spaced(blocks), stated=bool(stated))


def _promise(answers: Answers) -> Iterator[str]:
    span = answers.acknowledge or "3 business days"
    yield "[[promise]]"
    yield 'id = "ack"'
    yield 'label = "Confirmation of receipt"'
    yield f"text = {_text(f'A person confirms your report within {span}.')}"
    yield f'clock = {{ within = {_text(span)}, after = "received", until = "acknowledged" }}'


def _window(answers: Answers) -> Iterator[str]:
    span = answers.disclosure or "90 calendar days"
    yield "[disclosure]"
    yield f"text = {_text(f'Please give us up to {span} before you publish.')}"
    yield f"maximum = {_text(span)}"


def _calendar(answers: Answers) -> Iterator[str]:
    country = answers.country or "NL"
    zones = zones_of(country)
    yield "[calendar]"
    yield f"country = {_text(country)}                    # its public holidays are no working days"
    if len(zones) == 1:
        yield f"zone = {_text(zones[0])}"
    elif zones:
        yield f"# zone = {_text(zones[0])}  # or {', '.join(zones[1:ZONES_NAMED])}, …; without: UTC"
    else:
        yield '# zone = "Europe/Amsterdam"       # without it, days end in UTC'


def _part(title: str, lines: Iterable[str], stated: bool) -> Iterator[str]:
    """Yield a part under its title; what nobody stated is commented out."""
    yield f"# ── {title} ".ljust(WIDTH, "─")
    yield ""
    for line in lines:
        yield line if stated else f"# {line}".rstrip()


def _spaced(blocks: Iterable[Iterable[str]]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from block


def _text(value: str) -> str:
    """Write a line of text as TOML has it; JSON's escapes are a part of TOML's."""
    return json.dumps(value, ensure_ascii=False)
