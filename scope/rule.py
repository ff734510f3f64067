"""A rule of the scope, as the program wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scope.errors import RuleRefused
from scope.when import When

Side = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Question:
    """A yes-or-no question whose "yes" lifts the exclusion that asks it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where reports about someone else's product belong.

    >>> Redirect("Mail Vendor", "mailto:security@vendor.example").address
    'mailto:security@vendor.example'

    Raises:
        RuleRefused: The address is neither an https URL nor a mailto link.
    """

    vendor: str
    address: str

    def __post_init__(self) -> None:
        if not _reachable(self.address):
            raise RuleRefused(
                f"{self.address!r} is not an address that a report can be sent to.",
                hint="Write an https URL, or mailto: and an e-mail address.",
                code="bad-redirect",
            )


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the scope: a pattern, and what the program adds to it.

    Attributes:
        pattern: The text as the program wrote it; shown, never changed.
        id: Stable name, for receipts and statistics.
        note: A remark for the researcher.
        reward: False when finds are welcome but not paid; included rules only.
        redirect: Where reports belong instead; excluded rules only.
        unless: Questions of which one "yes" lifts the exclusion; excluded rules only.
        line: Line in the file the rule came from, from 1.
        confirmed: A person has confirmed that a rule as broad as ``*.com`` is meant.
        when: What must be known of a target before the rule applies; a mapping is read.
        source: Where the rule came from: a file's name, or a platform and its asset's id.
        side: ``in`` or ``out``; filled in by the scope that holds the rule.

    Raises:
        RuleRefused: The condition in ``when`` cannot be read (``bad-condition``), or ``unless``
            holds something else than questions (``bad-question``).
    """

    pattern: str
    id: str | None = None
    note: str | None = None
    reward: bool = True
    redirect: Redirect | None = None
    unless: tuple[Question, ...] = ()
    line: int | None = None
    confirmed: bool = False
    when: When | Mapping[str, object] | None = None
    source: str | None = None
    side: Side | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.when is not None and not isinstance(self.when, When):
            object.__setattr__(self, "when", When.read(self.when))
        if not isinstance(self.unless, tuple) or not all(map(_is_question, self.unless)):
            raise RuleRefused(
                f"The rule {self.pattern!r} asks something that is no question.",
                hint="Write unless=(Question(id, text), …).",
                code="bad-question",
            )

    @property
    def condition(self) -> When | None:
        """The condition, read."""
        return self.when if isinstance(self.when, When) else None


def _is_question(given: object) -> bool:
    """Tell whether something is a question; what is not would only fail at the first check."""
    return isinstance(given, Question)


def _reachable(address: str) -> bool:
    """Tell whether an address is an https URL or a mailto link."""
    import validators  # takes 40 ms to import, and few scopes redirect

    scheme, _, rest = address.partition(":")
    if scheme == "mailto":
        return bool(validators.email(rest))
    return scheme == "https" and bool(validators.url(address))
