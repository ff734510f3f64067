"""A policy pack: one published disclosure policy, as data.

A pack is a TOML text; `portal.policy.schema` declares its keys and ``policies/example.toml`` shows
them all. Whatever a pack does not say stays None, and pages say that the policy does not say.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Self

from portal.policy import (
    asked,
    authorities,
    conduct,
    contacts,
    desk,
    disclosure,
    held_data,
    promises,
    retention,
    rewards,
    scope_policy,
    terms,
    toml_lines,
    toml_text,
    working_days,
)
from portal.policy.advice import wrong
from portal.policy.authorities import Authorities
from portal.policy.calendars import CalendarChoice
from portal.policy.clock_rules import ClockRule
from portal.policy.conduct import Clause
from portal.policy.contacts import Contact
from portal.policy.disclosure import Disclosure
from portal.policy.faults import Notebook
from portal.policy.field import Asked
from portal.policy.held_data import DataHandling
from portal.policy.promises import Promise
from portal.policy.reading import Table
from portal.policy.retention import Retention
from portal.policy.rewards import Recognition, Reward
from portal.policy.scope_policy import ScopePolicy
from portal.policy.terms import Reports, SafeHarbour

# First parts of addresses that are not a program's.
RESERVED: Final = frozenset(
    (
        *("status", "verify", "staff", "api", "help", "static"),
        *("healthz", "readyz", "metrics", ".well-known"),
    )
)
SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, the common forms


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
        languages: Languages that reports may be written in (BCP 47), the preferred one first.
        contacts: Ways to reach the organisation besides the form, most preferred first.
        reports: What the form takes besides full reports.
        scope_rules: What is covered.
        conduct: What researchers must, must not, may and are asked to do.
        promises: What the organisation says it will do.
        disclosure: What it says about publishing.
        reward: Whether finds are paid for.
        recognition: How those who report are named or thanked.
        safe_harbour: When no action is taken against researchers.
        anonymity: What it says about anonymous reports.
        data_handling: What becomes of data a researcher came to hold.
        authorities: What it says about notices to authorities.
        retention: How long a report is kept.
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
    languages: tuple[str, ...]
    contacts: tuple[Contact, ...]
    reports: Reports
    scope_rules: ScopePolicy
    conduct: tuple[Clause, ...]
    promises: tuple[Promise, ...]
    disclosure: Disclosure | None
    reward: Reward | None
    recognition: Recognition | None
    safe_harbour: SafeHarbour | None
    anonymity: str | None
    data_handling: DataHandling | None
    authorities: Authorities | None
    retention: Retention | None
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
            reports=terms.read_reports(pack),
            scope_rules=scope_policy.read(pack),
            conduct=conduct.read(pack, taken),
            promises=promises.read(pack),
            disclosure=disclosure.read(pack),
            reward=rewards.read_reward(pack),
            recognition=rewards.read_recognition(pack),
            safe_harbour=terms.read_safe_harbour(pack, taken),
            anonymity=terms.read_text(pack, "anonymity"),
            data_handling=held_data.read(pack),
            authorities=authorities.read(pack),
            retention=retention.read(pack),
            readers=terms.read_readers(pack),
            two_people=desk.read_two_people(pack),
            fields=asked.read(pack),
            calendar=working_days.read(pack),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source=text,
        )

    @property
    def clock_rules(self) -> tuple[ClockRule, ...]:
        """Every time limit the policy states: promises, windows it asks for, time of keeping."""
        promised = tuple(promise.clock for promise in self.promises if promise.clock)
        windows = self.disclosure.clock_rules if self.disclosure else ()
        return promised + windows + (self.retention.clock_rules if self.retention else ())

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
            "languages": _languages(table),
        }


def _slug(table: Table) -> str:
    slug = table.line("slug")
    if slug in RESERVED:
        table.note("slug", f"{slug!r} is an address of the portal itself.", "Choose another slug.")
    elif slug and not SLUG.fullmatch(slug):
        hint = "Use up to 40 small letters, digits and hyphens."
        table.note("slug", f"{slug!r} cannot stand in an address.", hint)
    return slug


def _language(table: Table) -> str:
    return table.made("language", _tag) or "en"


def _languages(table: Table) -> tuple[str, ...]:
    tags = table.lines("languages", _tag)
    if len({tag.lower() for tag in tags}) < len(tags):
        table.note("languages", "A language stands here twice.", "Name each one once.")
    return tags


def _tag(text: str) -> str:
    """Return a language tag as it is.

    Raises:
        ValueError: It is none.
    """
    if not LANGUAGE.fullmatch(text):
        raise wrong(f"{text!r} is not a language tag", "Write a language tag: en, nl, pt-BR.")
    return text
