"""Whether finds earn something: money, or a name in public."""

from collections.abc import Iterator

from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.remarks import Found


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[reward]`` and ``[recognition]``."""
    if policy.reward is None:
        yield silent(
            "reward",
            "no-reward",
            "whether finds are rewarded",
            "Reporters who hope for one in vain feel cheated, and asking takes everybody's time.",
            '[reward] with kind = "none" and a text that says so kindly',
        )
    credit = next(asked for asked in policy.fields if asked.field.id == "credit")
    if policy.recognition and policy.recognition.forms and credit.strength == "hidden":
        yield Found(
            ("recognition", "forms"),
            "notice",
            "credit-unasked",
            "People can be named, and the form does not ask who wants to be.",
            "Only those who think of it later, by their token, will be.",
            'Write credit = "optional" under [fields].',
        )
