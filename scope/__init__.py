"""Is this target in scope?

Text in, a verdict out: no network, no files, no state.

>>> from scope import Scope
>>> shop = Scope.from_rules(include=["*.shop.example"], exclude=["legacy.shop.example"])
>>> shop.check("https://www.shop.example/basket").ruling
<Ruling.IN: 'in'>
>>> print(shop.check("legacy.shop.example").reason)
legacy.shop.example is out of scope: the program excludes it with the rule "legacy.shop.example".

A rule that permits is read narrowly and a rule that forbids widely; where only the wide reading
of a permit covers a target, a person decides (``review``).
"""

from importlib import import_module

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.engine import Scope
    from scope.errors import (
        AnswerRefused,
        FactRefused,
        InvalidTarget,
        RuleRefused,
        RulesUnreadable,
        ScopeError,
        SettingRefused,
    )
    from scope.facts import Facts
    from scope.rule import Question, Redirect, Rule
    from scope.ruling import Ruling
    from scope.targets.target import Target, normalise
    from scope.verdict import Verdict
    from scope.when import When

__all__ = [
    "AnswerRefused",
    "FactRefused",
    "Facts",
    "InvalidTarget",
    "Question",
    "Redirect",
    "Rule",
    "RuleRefused",
    "RulesUnreadable",
    "Ruling",
    "Scope",
    "ScopeError",
    "SettingRefused",
    "Target",
    "Verdict",
    "When",
    "normalise",
]

# Where each name is found. A filter needs two or three of these modules, and to load them all
# would take longer than what it does with a hundred targets.
_HOMES = {
    "AnswerRefused": "errors",
    "FactRefused": "errors",
    "Facts": "facts",
    "InvalidTarget": "errors",
    "Question": "rule",
    "Redirect": "rule",
    "Rule": "rule",
    "RuleRefused": "errors",
    "RulesUnreadable": "errors",
    "Ruling": "ruling",
    "Scope": "engine",
    "ScopeError": "errors",
    "SettingRefused": "errors",
    "Target": "targets.target",
    "Verdict": "verdict",
    "When": "when",
    "normalise": "targets.target",
}


def __getattr__(name: str) -> object:
    """Find a name when somebody first asks for it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
