"""The keys about what is given, forgiven and kept."""

from typing import Final

from portal.policy.authorities import REGIMES
from portal.policy.held_data import DATA
from portal.policy.retention import CLOSED, STARTS
from portal.policy.rewards import FORMS, REWARDS
from portal.policy.schema.duties import ATTEST, CONFIRM, SPAN
from portal.policy.schema.scope import NAME
from portal.policy.schema.shapes import PARAGRAPHS, Flag, Key, Many, Record, Text, Word
from portal.policy.terms import COVERS

_FACTORS: Final = Record(
    (
        Key("id", NAME, "Stable name.", '"impact"', needed=True),
        Key("text", Text(), "The factor in words.", '"How much harm it prevented"', needed=True),
    ),
    inline=True,
    several=True,
)
_REWARD: Final = Record(
    (
        Key("kind", Word(REWARDS), "Whether there are any.", '"discretionary"', needed=True),
        Key("text", PARAGRAPHS, "In words.", '"A gift for what helped us."', needed=True),
        Key("eligible", PARAGRAPHS, "What counts for a reward.", '"Everything in scope."'),
        Key(
            "factors",
            _FACTORS,
            "What a reward is measured by; a decision weighs every one of them.",
            '[{ id = "impact", text = "How much harm it prevented" }]',
        ),
    )
)
_RECOGNITION: Final = Record(
    (
        Key("text", PARAGRAPHS, "In words.", '"We name you if you like."', needed=True),
        Key("forms", Many(Word(FORMS)), "How someone can be named.", '["handle", "name"]'),
        Key(
            "thanks",
            Flag(),
            "There is a page of thanks, `/slug/thanks`; it names those who asked for it.",
            "true",
        ),
    )
)
_CONDITION: Final = Record(
    (
        Key("id", NAME, "Unlike all ids of `[[conduct]]`.", '"good-faith"', needed=True),
        Key("text", PARAGRAPHS, "In words.", '"You act in good faith."', needed=True),
        Key("attest", Flag(default=True), ATTEST, "true"),
        Key("confirm", PARAGRAPHS, CONFIRM, '"I act in good faith."'),
    ),
    several=True,
)
_HARBOUR: Final = Record(
    (
        Key("text", PARAGRAPHS, "What is promised.", '"We take no legal action."', needed=True),
        Key(
            "covers",
            Many(Word(COVERS)),
            "What the words expressly permit or waive, for the level in the terms of disclose.io; "
            "without it, no more than that no action is taken.",
            '["testing"]',
        ),
        Key("condition", _CONDITION, "What the promise depends on."),
    )
)
_ANONYMITY: Final = Record(
    (Key("text", PARAGRAPHS, "In words.", '"Anonymous reports are welcome."', needed=True),)
)
_DATA: Final = Record(
    (
        Key(
            "kind",
            Word(DATA),
            "Gone with the report, never kept, or kept under encryption until staff ask for its "
            "deletion.",
            '"do_not_keep"',
            needed=True,
        ),
        Key("text", PARAGRAPHS, "In words.", '"Keep nothing that is not yours."', needed=True),
        Key("receipt", PARAGRAPHS, "What the receipt says; else the text.", '"Delete it now."'),
        Key(
            "attest",
            PARAGRAPHS,
            "What the reporter signs once the data is gone; else a sentence that fits the kind.",
            '"I deleted the data."',
        ),
    )
)
_AUTHORITIES: Final = Record(
    (
        Key("text", PARAGRAPHS, "In words.", '"We tell the data authority."', needed=True),
        Key(
            "regimes",
            Many(Word(REGIMES)),
            "Laws whose time limits staff are shown. Only a person starts such a clock.",
            '["gdpr-33"]',
        ),
        Key(
            "decision",
            Flag(),
            "Where data was exposed, a case closes only once staff have recorded whether it has to "
            "be notified.",
            "true",
        ),
    )
)
_RETENTION: Final = Record(
    (
        Key("text", PARAGRAPHS, "In words.", '"We keep reports for two years."', needed=True),
        Key("keep", SPAN, "A report is deleted within this time.", '"730 calendar days"'),
        Key("after", Word(STARTS, CLOSED), "Event that the time is counted from.", '"closed"'),
    )
)
TERMS: Final = (
    Key("reward", _REWARD, "Whether finds are paid for."),
    Key("recognition", _RECOGNITION, "How those who report are named or thanked."),
    Key("safe_harbour", _HARBOUR, "When no action is taken against researchers."),
    Key("anonymity", _ANONYMITY, "What is said about anonymous reports."),
    Key("data_handling", _DATA, "What becomes of data that a researcher came to hold."),
    Key("authorities", _AUTHORITIES, "What is said about notices to authorities."),
    Key("retention", _RETENTION, "How long a report is kept."),
)
