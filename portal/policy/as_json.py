"""A policy for programs: everything a pack says, under the pack's own keys.

What the pack does not say is null, never a default that reads like a promise. A key keeps its
meaning; new ones may be added beside it. Lengths of time are written as in packs, days as ISO 8601.
Rules, clauses, promises and questions carry the ids that receipts and reports name them by.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.policy.clock_rules import ClockRule
from portal.policy.conduct import Clause
from portal.policy.contacts import Contact
from portal.policy.disclosure import Disclosure
from portal.policy.pack import Policy
from portal.policy.promises import Promise
from portal.policy.retention import Retention
from portal.policy.rewards import Reward
from portal.policy.scope_policy import ScopePolicy
from portal.policy.terms import SafeHarbour
from scope import Rule
from scope.formats.portico import Edition

FORMAT: Final = "portico-policy/1"

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version of a policy stands among the others.

    Attributes:
        edition: Its number, hash and time.
        newest: Number of the version in force.
        address: Where the version in force is found.
    """

    edition: Edition
    newest: int
    address: str


def machine(policy: Policy, standing: Standing | None = None) -> Plain:
    """Return a policy as values that `json` can write.

    Args:
        policy: The policy.
        standing: Which version it is; None for a pack that is not published.
    """
    return {
        "format": FORMAT,
        "version": standing.edition.version if standing else None,
        "published": _instant(standing),
        "superseded_by": _superseded(standing),
        "address": standing.address if standing else None,
        "sha256": policy.sha256,
        **said(policy),
    }


def said(policy: Policy) -> Plain:
    """Return what a pack says, table by table, in the order of the policy page."""
    return {
        "program": _program(policy),
        "contact": [_contact(one) for one in policy.contacts] or None,
        "reports": {"quick": policy.reports.quick, "questions": policy.reports.questions},
        "scope": _scope(policy.scope_rules),
        "conduct": [_clause(one) for one in policy.conduct] or None,
        "promise": [_promise(one) for one in policy.promises] or None,
        "disclosure": _disclosure(policy.disclosure) if policy.disclosure else None,
        "reward": _reward(policy.reward) if policy.reward else None,
        "recognition": _recognition(policy),
        "safe_harbour": _harbour(policy.safe_harbour) if policy.safe_harbour else None,
        "anonymity": {"text": policy.anonymity} if policy.anonymity else None,
        "data_handling": _data(policy),
        "authorities": _authorities(policy),
        "retention": _retention(policy.retention) if policy.retention else None,
        "readers": {"roles": list(policy.readers)} if policy.readers else None,
        "desk": {"two_people": list(policy.two_people)} if policy.two_people else None,
        "fields": [
            {"id": one.field.id, "label": one.field.label, "strength": one.strength}
            | {"note": one.note}
            for one in policy.fields
        ],
        "calendar": _calendar(policy),
    }


def _instant(standing: Standing | None) -> str | None:
    published = standing.edition.published if standing else None
    return published.isoformat() if published else None


def _superseded(standing: Standing | None) -> int | None:
    """Return the version in force, when this is another one."""
    if standing is None or standing.newest == standing.edition.version:
        return None
    return standing.newest


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)


def _program(policy: Policy) -> Plain:
    return {
        "slug": policy.slug,
        "name": policy.name,
        "organisation": policy.organisation,
        "summary": policy.summary,
        "issued": _day(policy.issued),
        "language": policy.language,
        "languages": list(policy.languages) or None,
    }


def _contact(one: Contact) -> Plain:
    return {"kind": one.kind, "address": one.address, "note": one.note}


def _scope(rules: ScopePolicy) -> Plain:
    settings = rules.scope.settings
    return {
        "text": rules.text,
        "ask": rules.ask,
        "on_out": rules.on_out,
        "wildcard_apex": settings.wildcard_apex,
        "strict_scheme": settings.strict_scheme,
        "out_always_wins": settings.out_always_wins,
        "in": [_permit(rule) for rule in rules.include] or None,
        "out": [_refusal(rule) for rule in rules.exclude] or None,
    }


def _permit(rule: Rule) -> Plain:
    return _rule(rule) | {"reward": rule.reward, "confirmed": rule.confirmed}


def _refusal(rule: Rule) -> Plain:
    to = rule.redirect
    return _rule(rule) | {
        "unless": [{"id": one.id, "text": one.text} for one in rule.unless] or None,
        "redirect": {"vendor": to.vendor, "address": to.address} if to else None,
    }


def _rule(rule: Rule) -> Plain:
    """Return what rules of both sides have."""
    return {
        "id": rule.id,
        "pattern": rule.pattern,
        "note": rule.note,
        "when": rule.condition.to_dict() if rule.condition else None,
    }


def _clause(one: Clause) -> Plain:
    return {
        "id": one.id,
        "duty": one.duty,
        "text": one.text,
        "attest": one.attest,
        "alone": one.alone,
        "method": one.method,
        "confirm": one.confirm,
        "tools": list(one.tools) or None,
    }


def _promise(one: Promise) -> Plain:
    return {
        "id": one.id,
        "text": one.text,
        "label": one.clock.label if one.clock else None,
        "clock": _clock(one.clock) if one.clock else None,
    }


def _clock(rule: ClockRule) -> Plain:
    return {
        "within": str(rule.span),
        "after": rule.anchor,
        "until": rule.met_by,
        "soft": rule.soft,
    }


def _disclosure(window: Disclosure) -> Plain:
    return {
        "text": window.text,
        "minimum": _text(window.minimum),
        "maximum": _text(window.maximum),
        "until": window.until,
        "agreement": window.agreement,
        "not_before": window.not_before,
    }


def _reward(reward: Reward) -> Plain:
    return {
        "kind": reward.kind,
        "text": reward.text,
        "factors": [{"id": one.id, "text": one.text} for one in reward.factors] or None,
        "eligible": reward.eligible,
    }


def _recognition(policy: Policy) -> Plain | None:
    if (one := policy.recognition) is None:
        return None
    return {"text": one.text, "forms": list(one.forms) or None, "thanks": one.thanks}


def _harbour(harbour: SafeHarbour) -> Plain:
    listed = [
        {"id": one.id, "text": one.text, "attest": one.attest, "confirm": one.confirm}
        for one in harbour.conditions
    ]
    return {
        "text": harbour.text,
        "covers": list(harbour.covers) or None,
        "condition": listed or None,
    }


def _data(policy: Policy) -> Plain | None:
    if (one := policy.data_handling) is None:
        return None
    return {
        "kind": one.kind,
        "text": one.text,
        "receipt": one.receipt,
        "attest": one.attest,
    }


def _authorities(policy: Policy) -> Plain | None:
    if (one := policy.authorities) is None:
        return None
    return {
        "text": one.text,
        "regimes": list(one.regimes) or None,
        "decision": one.decision,
    }


def _retention(one: Retention) -> Plain:
    return {"text": one.text, "keep": _text(one.keep), "after": one.after if one.keep else None}


def _calendar(policy: Policy) -> Plain:
    days = policy.calendar
    return {
        "country": days.country,
        "zone": days.zone,
        "add": list(days.add) or None,
        "remove": list(days.remove) or None,
    }
