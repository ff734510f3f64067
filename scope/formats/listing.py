"""What a format reader returns, and what a format writer returns: nothing lost in silence."""

from dataclasses import dataclass, field

from scope.engine import Scope
from scope.rule import Rule
from scope.settings import Settings


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one entry that a person should know.

    Attributes:
        code: Stable name, in kebab-case.
        entry: The entry as written, or the rule's pattern.
        message: What happened to it, one sentence.
    """

    code: str
    entry: str
    message: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The scope of one program, as a file of another tool or platform lists it.

    Every entry of the file is a rule here, even one that decides nothing, or has a remark.

    Attributes:
        name: The program's name or handle; empty when the format has none.
        include: Rules that permit.
        exclude: Rules that forbid.
        settings: How the format reads its rules.
        remarks: What happened to entries on the way in.
    """

    name: str
    include: tuple[Rule, ...] = ()
    exclude: tuple[Rule, ...] = ()
    settings: Settings = field(default_factory=Settings)
    remarks: tuple[Remark, ...] = ()

    def scope(self) -> Scope:
        """Return the scope that these rules make."""
        return Scope.from_rules(
            self.include,
            self.exclude,
            wildcard_apex=self.settings.wildcard_apex,
            strict_scheme=self.settings.strict_scheme,
            out_always_wins=self.settings.out_always_wins,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A scope in the format of another tool.

    Attributes:
        text: The file.
        lost: Rules that the format cannot carry, or not wholly; never empty in silence.
    """

    text: str
    lost: tuple[Remark, ...] = ()
