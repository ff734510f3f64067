"""The scope as values that `json` can write."""

from portal.policy.as_json.shapes import Plain
from portal.policy.scope_policy import ScopePolicy
from scope import Rule


def scope(rules: ScopePolicy) -> Plain:
    """Return the rules, and what is said about them."""
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
