"""One rule in our own JSON: what is not set is left out, so that absent means not stated."""

from typing import Any

from scope.errors import ScopeError
from scope.formats.strict import Value
from scope.rule import Question, Redirect, Rule, Side
from scope.when import When

_TEXTS = ("id", "note", "source")
_BOTH = ("pattern", *_TEXTS, "reward", "confirmed", "when", "line")
_MEMBERS: dict[Side, tuple[str, ...]] = {"in": _BOTH, "out": (*_BOTH, "redirect", "unless")}


def read(value: Value, side: Side) -> Rule:
    """Read a rule.

    Args:
        value: The object.
        side: The list it stands in; only an exclusion may redirect or ask questions.

    Raises:
        FormatUnreadable: A member that is missing, unknown or of the wrong kind; a condition or a
            redirect that cannot be read.
    """
    members = value.members(_MEMBERS[side])
    if "pattern" not in members:
        value.refuse("has no pattern")
    texts = {name: members[name].text() for name in _TEXTS if name in members}
    return Rule(
        members["pattern"].text(),
        id=texts.get("id"),
        note=texts.get("note"),
        source=texts.get("source"),
        reward=members["reward"].flag() if "reward" in members else True,
        confirmed=members["confirmed"].flag() if "confirmed" in members else False,
        line=members["line"].count() if "line" in members else None,
        redirect=_redirect(members["redirect"]) if "redirect" in members else None,
        unless=_questions(members["unless"]) if "unless" in members else (),
        when=_condition(members["when"]) if "when" in members else None,
    )


def write(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain values that `json` can write.

    >>> write(Rule("shop.example", reward=False))
    {'pattern': 'shop.example', 'reward': False}
    """
    plain: dict[str, Any] = {"id": rule.id, "pattern": rule.pattern, "note": rule.note}
    plain["reward"] = None if rule.reward else False
    plain["confirmed"] = rule.confirmed or None
    plain["when"] = None if rule.condition is None else rule.condition.to_dict()
    plain["redirect"] = rule.redirect and {
        "vendor": rule.redirect.vendor,
        "address": rule.redirect.address,
    }
    plain["unless"] = [{"id": one.id, "text": one.text} for one in rule.unless] or None
    plain |= {"source": rule.source, "line": rule.line}
    return {name: value for name, value in plain.items() if value is not None}


def _condition(value: Value) -> When:
    """Read a condition."""
    members = {name: member.raw for name, member in value.members().items()}
    try:
        return When.read(members)
    except ScopeError as fault:
        value.refuse(f"cannot be read: {fault.message.rstrip('.')}")


def _redirect(value: Value) -> Redirect:
    """Read where reports belong instead."""
    vendor, address = _pair(value, "vendor", "address")
    try:
        return Redirect(vendor, address)
    except ScopeError as fault:
        value.refuse(f"cannot be used: {fault.message.rstrip('.')}")


def _questions(value: Value) -> tuple[Question, ...]:
    """Read the questions that can lift an exclusion."""
    return tuple(Question(*_pair(each, "id", "text")) for each in value.items())


def _pair(value: Value, first: str, second: str) -> tuple[str, str]:
    """Read an object of two texts."""
    members = value.members((first, second))
    if first not in members or second not in members:
        value.refuse(f"needs {first} and {second}")
    return members[first].text(), members[second].text()
