"""What both sides owe each other, as values that `json` can write: conduct, promises, silence."""

from portal.policy.as_json.shapes import Plain, text
from portal.policy.clock_rules import ClockRule
from portal.policy.conduct import Clause
from portal.policy.disclosure import Disclosure
from portal.policy.promises import Promise


def clause(one: Clause) -> Plain:
    """Return one clause of conduct."""
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


def promise(one: Promise) -> Plain:
    """Return one promise."""
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


def disclosure(window: Disclosure) -> Plain:
    """Return the window before publication."""
    return {
        "text": window.text,
        "minimum": text(window.minimum),
        "maximum": text(window.maximum),
        "until": window.until,
        "agreement": window.agreement,
        "not_before": window.not_before,
    }
