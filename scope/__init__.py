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

from scope.engine import Scope
from scope.errors import InvalidTarget, RuleRefused, RulesUnreadable, ScopeError
from scope.facts import Facts
from scope.rule import Question, Redirect, Rule
from scope.target import Target, normalise
from scope.verdict import Ruling, Verdict
from scope.when import When

__all__ = [
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
    "Target",
    "Verdict",
    "When",
    "normalise",
]
