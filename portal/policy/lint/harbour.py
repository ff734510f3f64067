"""C-6: whether researchers are safe from action, and on what conditions."""

from collections.abc import Iterator

from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.remarks import BOD, Found


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[safe_harbour]``."""
    if policy.safe_harbour is None:
        yield silent(
            "safe_harbour",
            "no-safe-harbour",
            "whether researchers are safe from action",
            f"{BOD} wants a promise not to go to law; without one, careful people do not report.",
            '[safe_harbour] with text = "We take no legal action against you as long as …"',
        )
        return
    for number, condition in enumerate(policy.safe_harbour.conditions):
        if not condition.attest:
            yield Found(
                ("safe_harbour", "condition", number),
                "notice",
                "condition-unconfirmed",
                f"Nobody is asked to confirm the condition {condition.id!r}.",
                "Later it is open whether the reporter knew what the protection depends on.",
                "Take out attest = false, or take out the condition.",
            )
