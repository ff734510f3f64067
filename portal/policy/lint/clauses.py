"""What is asked of researchers, clause by clause."""

from collections.abc import Iterator

from portal.policy.pack import Policy
from portal.policy.remarks import Found


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[[conduct]]``."""
    yield from _repeated(policy)
    yield from _tools(policy)


def _repeated(policy: Policy) -> Iterator[Found]:
    """Texts that list their rules twice, under two headings, are not rare."""
    first: dict[tuple[str, str], str] = {}
    for number, clause in enumerate(policy.conduct):
        words = (clause.duty, " ".join(clause.text.casefold().split()))
        earlier = first.setdefault(words, clause.id)
        if earlier != clause.id:
            yield Found(
                ("conduct", number),
                "notice",
                "clause-repeated",
                f"This clause says word for word what {earlier!r} says.",
                "Whoever confirms one rule twice starts to look for a difference.",
                "Keep one of the two.",
            )


def _tools(policy: Policy) -> Iterator[Found]:
    """What is shown at a word in an answer needs the question."""
    asked = next(one for one in policy.fields if one.field.id == "tools_used")
    for number, clause in enumerate(policy.conduct):
        if clause.tools and asked.strength == "hidden":
            yield Found(
                ("conduct", number, "tools"),
                "warning",
                "tools-unasked",
                "This clause waits for a tool to be named, and nobody is asked for tools.",
                "It is never shown where it matters.",
                'Write tools_used = "requested" under [fields], or take tools out.',
            )
