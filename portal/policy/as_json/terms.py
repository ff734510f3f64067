"""Under what terms reports are made, as values that `json` can write."""

from portal.policy.as_json.shapes import Plain, text
from portal.policy.pack import Policy
from portal.policy.retention import Retention
from portal.policy.rewards import Reward
from portal.policy.terms import SafeHarbour


def reward(one: Reward) -> Plain:
    """Return what is said about rewards."""
    return {
        "kind": one.kind,
        "text": one.text,
        "factors": [{"id": each.id, "text": each.text} for each in one.factors] or None,
        "eligible": one.eligible,
    }


def recognition(policy: Policy) -> Plain | None:
    """Return how people are named; None when the policy does not say."""
    if (one := policy.recognition) is None:
        return None
    return {"text": one.text, "forms": list(one.forms) or None, "thanks": one.thanks}


def harbour(one: SafeHarbour) -> Plain:
    """Return the safe harbour."""
    listed = [
        {"id": each.id, "text": each.text, "attest": each.attest, "confirm": each.confirm}
        for each in one.conditions
    ]
    return {
        "text": one.text,
        "covers": list(one.covers) or None,
        "condition": listed or None,
    }


def data(policy: Policy) -> Plain | None:
    """Return what is said about held data; None when the policy does not say."""
    if (one := policy.data_handling) is None:
        return None
    return {
        "kind": one.kind,
        "text": one.text,
        "receipt": one.receipt,
        "attest": one.attest,
    }


def authorities(policy: Policy) -> Plain | None:
    """Return what is said about authorities; None when the policy does not say."""
    if (one := policy.authorities) is None:
        return None
    return {
        "text": one.text,
        "regimes": list(one.regimes) or None,
        "decision": one.decision,
    }


def retention(one: Retention) -> Plain:
    """Return how long a report is kept."""
    return {"text": one.text, "keep": text(one.keep), "after": one.after if one.keep else None}
