"""What a platform's JSON has fields for, and what of a scope is lost in it.

The text of a rule always fits. A condition that cannot be written would turn a narrow permission
into a wide one, so such a rule is left out; an exclusion loses its condition and only gets wider.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scope.formats.listing import Listing, Remark
from scope.rule import Rule
from scope.settings import Settings


@dataclass(frozen=True, slots=True)
class Fields:
    """What a format has fields for besides the text of a rule.

    Attributes:
        ids: Names of rules.
        rewards: Whether finds are paid.
        notes: Notes of included rules.
        out_notes: Notes of excluded rules.
    """

    ids: bool = True
    rewards: bool = True
    notes: bool = True
    out_notes: bool = True


@dataclass(frozen=True, slots=True)
class Fitted:
    """The rules that can be written, and what was lost."""

    include: tuple[Rule, ...]
    exclude: tuple[Rule, ...]
    lost: tuple[Remark, ...]


def fitted(listing: Listing, fields: Fields) -> Fitted:
    """Return what of a scope can be written.

    >>> kept = fitted(Listing("shop", (Rule("a.example", when={"tag": "beta"}),)), Fields())
    >>> kept.include, kept.lost[0].code
    ((), 'condition-lost')
    """
    lost = [*_settings(listing.settings)]
    for rule in listing.include:
        lost += _of_permit(rule, fields)
    for rule in listing.exclude:
        lost += _of_exclusion(rule, fields)
    return Fitted(
        tuple(rule for rule in listing.include if rule.condition is None),
        tuple(replace(rule, when=None, unless=(), redirect=None) for rule in listing.exclude),
        tuple(lost),
    )


def _settings(settings: Settings) -> Iterator[Remark]:
    """Name the settings that differ from those with which every reader starts."""
    for name in ("wildcard_apex", "strict_scheme", "out_always_wins"):
        value = getattr(settings, name)
        if value != getattr(Settings(), name):
            said = f"Set {name} to {value!r} again wherever the file is read."
            yield Remark("setting-lost", name, said)


def _of_permit(rule: Rule, fields: Fields) -> Iterator[Remark]:
    """Name what an included rule loses."""
    if rule.condition is not None:
        said = "It applies on a condition, so it was left out."
        yield Remark("condition-lost", rule.pattern, said)
        return
    yield from _of_both(rule, fields, notes=fields.notes)
    if rule.confirmed:
        said = "That it is meant as broadly as it is written is not kept; a person decides again."
        yield Remark("confirmation-lost", rule.pattern, said)
    if not rule.reward and not fields.rewards:
        yield Remark("reward-lost", rule.pattern, "That finds are not paid is not kept.")


def _of_exclusion(rule: Rule, fields: Fields) -> Iterator[Remark]:
    """Name what an excluded rule loses."""
    yield from _of_both(rule, fields, notes=fields.out_notes)
    if rule.condition is not None:
        yield Remark("condition-lost", rule.pattern, "It now excludes on no condition at all.")
    if rule.unless:
        yield Remark("questions-lost", rule.pattern, "It now excludes whatever the answers are.")
    if rule.redirect:
        said = f"That reports belong to {rule.redirect.vendor} is not kept."
        yield Remark("redirect-lost", rule.pattern, said)


def _of_both(rule: Rule, fields: Fields, *, notes: bool) -> Iterator[Remark]:
    """Name what a rule of either side loses."""
    if rule.id and not fields.ids:
        yield Remark("id-lost", rule.pattern, f"Its id {rule.id} is not kept.")
    if rule.note and not notes:
        yield Remark("note-lost", rule.pattern, "Its note is not kept.")
