"""A policy pack: one published disclosure policy, as data.

A pack is a TOML text; ``policies/README.md`` describes its keys and ``policies/example.toml`` shows
them all. Whatever a pack does not say stays None, and pages say that the policy does not say.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Self

from portal.policy import (
    asked,
    conduct,
    contacts,
    desk,
    disclosure,
    promises,
    scope_policy,
    terms,
    toml_lines,
    toml_text,
    working_days,
)
from portal.policy.calendars import CalendarChoice
from portal.policy.clocks import ClockRule
from portal.policy.conduct import Clause
from portal.policy.contacts import Contact
from portal.policy.disclosure import Disclosure
from portal.policy.faults import Notebook
from portal.policy.field import Asked
from portal.policy.promises import Promise
from portal.policy.reading import Table
from portal.policy.scope_policy import ScopePolicy
from portal.policy.terms import DataHandling, Reward, SafeHarbour

# First parts of addresses that are not a program's.
RESERVED: Final = frozenset(
    (
        *("status", "verify", "staff", "api", "help", "static"),
        *("healthz", "readyz", "metrics", ".well-known"),
    )
)
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, the common forms


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything one version of a policy says; None and empty mean that it does not say.

    Attributes:
        slug: Name in addresses.
        name: Name of the program.
        organisation: Who runs it, where that differs from the name.
        summary: A sentence or two for the list of programs.
        issued: When the policy was issued.
        language: Language of its texts (BCP 47).
        contacts: Ways to reach the organisation besides the form, most preferred first.
        scope_rules: What is covered.
        conduct: What researchers must, must not, may and are asked to do.
        promises: What the organisation says it will do.
        disclosure: What it says about publishing.
        reward: Whether finds are paid for.
        safe_harbour: When no action is taken against researchers.
        anonymity: What it says about anonymous reports.
        data_handling: What becomes of data a researcher came to hold.
        authorities: What it says about notices to authorities.
        readers: Roles that read every report; the keyset needs a recipient for each.
        two_people: Verbs of the events that one member of staff asks for and another one grants.
        fields: The whole catalogue, in form order, as this policy asks it.
        calendar: Which days its promises count.
        sha256: Hash of the source in UTF-8, hex.
        source: The pack as written.
    """

    slug: str
    name: str
    organisation: str | None
    summary: str | None
    issued: date | None
    language: str
    contacts: tuple[Contact, ...]
    scope_rules: ScopePolicy
    conduct: tuple[Clause, ...]
    promises: tuple[Promise, ...]
    disclosure: Disclosure | None
    reward: Reward | None
    safe_harbour: SafeHarbour | None
    anonymity: str | None
    data_handling: DataHandling | None
    authorities: str | None
    readers: tuple[str, ...]
    two_people: tuple[str, ...]
    fields: tuple[Asked, ...]
    calendar: CalendarChoice
    sha256: str
    source: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a pack.

        Raises:
            PackRefused: The pack has faults; the error carries all of them with their lines, except
                that a text which is not TOML has only its first.
        """
        values = toml_text.values(text)
        notebook = Notebook(toml_lines.index(text))
        with Table(values, (), notebook) as pack:
            policy = cls._read(pack, text)
        notebook.settle()
        return policy

    @classmethod
    def _read(cls, pack: Table, text: str) -> Self:
        """Read every part; faults are noted in the pack's notebook."""
        taken: set[str] = set()
        return cls(
            **_program(pack),
            contacts=contacts.read(pack),
            scope_rules=scope_policy.read(pack),
            conduct=conduct.read(pack, taken),
            promises=promises.read(pack),
            disclosure=disclosure.read(pack),
            reward=terms.read_reward(pack),
            safe_harbour=terms.read_safe_harbour(pack, taken),
            anonymity=terms.read_text(pack, "anonymity"),
            data_handling=terms.read_data_handling(pack),
            authorities=terms.read_text(pack, "authorities"),
            readers=terms.read_readers(pack),
            two_people=desk.read_two_people(pack),
            fields=asked.read(pack),
            calendar=working_days.read(pack),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source=text,
        )

    @property
    def clock_rules(self) -> tuple[ClockRule, ...]:
        """Every time limit the policy states: its promises' first, then the windows it asks for."""
        promised = tuple(promise.clock for promise in self.promises if promise.clock)
        return promised + (self.disclosure.clock_rules if self.disclosure else ())

    @property
    def attested(self) -> tuple[Clause, ...]:
        """Every clause a reporter confirms, those that stand alone first."""
        conditions = self.safe_harbour.conditions if self.safe_harbour else ()
        clauses = [clause for clause in self.conduct + conditions if clause.attest]
        return tuple(sorted(clauses, key=lambda clause: not clause.alone))


def _program(pack: Table) -> dict[str, Any]:
    """Read ``[program]``."""
    table = pack.needed_table("program")
    with table:
        return {
            "slug": _slug(table),
            "name": table.line("name"),
            "organisation": table.maybe_line("organisation"),
            "summary": table.maybe_prose("summary"),
            "issued": table.day("issued"),
            "language": _language(table),
        }


def _slug(table: Table) -> str:
    slug = table.line("slug")
    if slug in RESERVED:
        table.note("slug", f"{slug!r} is an address of the portal itself.", "Choose another slug.")
    elif slug and not _SLUG.fullmatch(slug):
        hint = "Use up to 40 small letters, digits and hyphens."
        table.note("slug", f"{slug!r} cannot stand in an address.", hint)
    return slug


def _language(table: Table) -> str:
    language = table.maybe_line("language") or "en"
    if not _LANGUAGE.fullmatch(language):
        hint = "Write a language tag: en, nl, pt-BR."
        table.note("language", f"{language!r} is not a language tag.", hint)
    return language
