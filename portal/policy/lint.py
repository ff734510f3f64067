"""Advice on a pack that can be run: what it leaves open, and where it strains against practice.

A fault keeps a pack from being published (`portal.policy.faults`); a remark never does. A warning
says that the policy demands something that CISA's Binding Operational Directive 20-01 and its
template rule out, or that the portal cannot do as it seems to be meant. A notice says that the
policy is silent: it may well want to be, and then the pages say so.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from portal.policy import scope_lint, toml_lines
from portal.policy.faults import Notebook, dotted
from portal.policy.pack import Policy
from portal.policy.remarks import Found, Remark

__all__ = ["Remark", "lint"]

IDENTITY: Final = ("full_name", "company", "contact_email", "contact_phone")


def lint(policy: Policy, *, now: datetime | None = None) -> tuple[Remark, ...]:
    """Return remarks on a policy, in the order of their lines.

    Args:
        policy: The policy.
        now: Present time, aware; None leaves open which days are past.
    """
    lines = Notebook(toml_lines.index(policy.source))
    today = now.astimezone(ZoneInfo(policy.calendar.zone)).date() if now else None
    alone = (one for check in _CHECKS for one in check(policy))
    found = chain(alone, scope_lint.check(policy, now=today))
    remarks = (
        Remark(lines.line(one.path), dotted(one.path), one.level, one.code, one.message, one.hint)
        for one in found
    )
    return tuple(sorted(remarks, key=lambda remark: remark.line))


def _identity(policy: Policy) -> Iterator[Found]:
    """C-1: nobody may have to say who they are."""
    for asked in policy.fields:
        name, path = asked.field.label.lower(), ("fields", asked.field.id)
        if asked.field.id in IDENTITY and asked.strength == "required":
            message = (
                f"The {name} is required, and BOD 20-01 wants anonymous reports to be possible."
            )
            hint = 'Ask for it with "requested" or "optional"; a token keeps reporters reachable.'
            yield Found(path, "warning", "identity-required", message, hint)
        if asked.field.id == "full_name" and asked.strength == "requested":
            message = "A full name is asked for, which strains against BOD 20-01."
            hint = "Leaving it empty still submits; say so in the field's note."
            yield Found(path, "notice", "identity-requested", message, hint)


def _embargo(policy: Policy) -> Iterator[Found]:
    """C-2: a request for silence needs an end."""
    window = policy.disclosure
    if window is None:
        yield _silent("disclosure", "no-disclosure", "when a find may be published")
    elif window.until and not window.maximum:
        message = "The request for silence is open-ended, and BOD 20-01 allows only a limited one."
        hint = 'Add a maximum to [disclosure], as in maximum = "90 calendar days".'
        yield Found(("disclosure",), "warning", "open-ended-embargo", message, hint)
    elif window.minimum and not window.maximum:
        message = "There is an earliest date for publication, and none from which it is free."
        hint = "Add a maximum if the policy has one."
        yield Found(("disclosure",), "notice", "no-latest-publication", message, hint)


def _silence(policy: Policy) -> Iterator[Found]:
    """C-3, C-4, C-6 and what else people look for in a policy."""
    if policy.issued is None:
        yield _silent("program", "no-issue-date", "when it was issued")
    if policy.anonymity is None:
        yield _silent("anonymity", "no-anonymity", "whether anonymous reports are welcome")
    if not policy.scope_rules.include:
        yield _silent("scope", "no-scope", "which addresses are covered")
    if policy.safe_harbour is None:
        yield _silent("safe_harbour", "no-safe-harbour", "whether researchers are safe from action")
    if policy.reward is None:
        yield _silent("reward", "no-reward", "whether finds are rewarded")
    if not policy.contacts:
        message = "The policy names no contact; the portal's form is the only channel."
        hint = "Add [[contact]] for people who cannot use the form."
        yield Found(("contact",), "notice", "no-contact", message, hint)


def _acknowledgement(policy: Policy) -> Iterator[Found]:
    """C-5: reporters want to know when they hear back."""
    if not any(rule.met_by == "acknowledged" for rule in policy.clock_rules):
        yield _silent("promise", "no-acknowledgement-time", "when a report is acknowledged")


def _calendar(policy: Policy) -> Iterator[Found]:
    """Business days need holidays."""
    counted = any(rule.span.unit == "business_days" for rule in policy.clock_rules)
    if counted and policy.calendar.country is None:
        message = "Promises count business days, and no country says which days are holidays."
        hint = 'Add country = "NL" (or yours) to [calendar].'
        yield Found(("calendar",), "warning", "no-country", message, hint)


def _unseen(policy: Policy) -> Iterator[Found]:
    """Notes that nobody will read."""
    for asked in policy.fields:
        if asked.strength == "hidden" and asked.note:
            path, hint = ("fields", asked.field.id), 'Add strength = "optional".'
            yield Found(path, "warning", "note-unseen", "This note is on a hidden field.", hint)


def _silent(table: str, code: str, about: str) -> Found:
    """Return the notice that a policy does not say something."""
    hint = f"If it should, see [{table}] in the reference; if not, all is well."
    return Found((table,), "notice", code, f"The policy does not say {about}.", hint)


_CHECKS: Final[tuple[Callable[[Policy], Iterator[Found]], ...]] = (
    *(_identity, _embargo, _silence, _acknowledgement),
    *(_calendar, _unseen),
)
