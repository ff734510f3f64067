"""The keys about what is covered."""

from typing import Final

from portal.policy.reading import ID
from portal.policy.schema.shapes import PARAGRAPHS, Day, Either, Flag, Key, Many, Record, Text, Word
from portal.policy.scope_policy import APEX, ON_OUT

NAME: Final = Text("id", ID.pattern)
_ONE_OR_MORE: Final = Either((Text(), Many(Text())))
_PATTERN: Final = Key(
    "pattern",
    Text(),
    "A host, `*.host`, URL with port or path, address, block or app id.",
    '"*.shop.example.com"',
    needed=True,
)
_WHEN: Final = Key(
    "when",
    Record(
        (
            Key(
                "resolves_to",
                _ONE_OR_MORE,
                "Addresses, blocks or ranges that the target resolves to. A rule that permits "
                "needs every address inside them; one that excludes is content with one.",
                '["192.0.2.0/24"]',
            ),
            Key(
                "not_resolves_to",
                _ONE_OR_MORE,
                "Addresses, blocks or ranges that it does not resolve to.",
                '"198.51.100.7"',
            ),
            Key(
                "cname",
                _ONE_OR_MORE,
                "Names that it is an alias of, with stars as in patterns.",
                '"*.cdn.example"',
            ),
            Key("tag", _ONE_OR_MORE, "Words of your own.", '["production"]'),
            Key("from", Day(), "The first day on which the rule applies.", "2026-11-22"),
            Key("until", Day(), "The last one.", "2027-11-21"),
        ),
        inline=True,
    ),
    "What must be known of a target before the rule applies; of several conditions, all have to "
    "hold. The portal looks nothing up: whoever asks says what a target resolves to, and while "
    "that is open, the ruling is `review`.",
    '{ tag = ["production"] }',
)
_ID: Final = Key(
    "id", NAME, "Receipts and verdicts name the rule by it; without one, it is made.", '"shop"'
)
_NOTE: Final = Key("note", PARAGRAPHS, "Shown beside the ruling.", '"The shop and its basket."')
_IN: Final = Record(
    (
        _PATTERN,
        _ID,
        _NOTE,
        Key(
            "reward",
            Flag(default=True),
            "With `false`, reports are welcome and earn nothing.",
            "true",
        ),
        Key("confirmed", Flag(), "A rule as broad as `*.com` is meant.", "false"),
        _WHEN,
    ),
    several=True,
)
_OUT: Final = Record(
    (
        Key("pattern", _PATTERN.shape, _PATTERN.meaning, '"legacy.shop.example.com"', needed=True),
        Key("id", NAME, _ID.meaning, '"old-shop"'),
        Key("note", PARAGRAPHS, _NOTE.meaning, '"It is being switched off."'),
        Key(
            "unless",
            Record(
                (
                    Key("id", NAME, "Stable name of the question.", '"data"', needed=True),
                    Key("text", Text(), "The question.", '"Do you see data?"', needed=True),
                ),
                inline=True,
                several=True,
            ),
            "Questions, of which one yes lifts the exclusion; until all are answered, the ruling "
            "is `review`.",
            '[{ id = "data", text = "Do you see data of customers?" }]',
        ),
        _WHEN,
        Key(
            "redirect",
            Record(
                (
                    Key("vendor", Text(), "Whose system it is.", '"Example Pay"', needed=True),
                    Key(
                        "address",
                        Text("address", "(https://|mailto:).+"),
                        "Where to report instead: `https:` or `mailto:`.",
                        '"https://payments.example/security"',
                        needed=True,
                    ),
                ),
                inline=True,
            ),
            "Whose system it is, and where to go; no report about it is stored here.",
            '{ vendor = "Example Payments", address = "https://payments.example/security" }',
        ),
    ),
    several=True,
)
_SCOPE: Final = Record(
    (
        Key("text", PARAGRAPHS, "The scope in words.", '"The shop and its app."'),
        Key(
            "ask",
            PARAGRAPHS,
            "What to do about a target that no rule mentions.",
            '"Not sure? Ask before you test."',
        ),
        Key(
            "on_out",
            Word(ON_OUT, "take"),
            "Whether a report about an excluded target is taken, and marked, or refused.",
            '"take"',
        ),
        Key(
            "wildcard_apex",
            Word(APEX, "exclude"),
            "Whether `*.a.com` means `a.com`, too.",
            '"exclude"',
        ),
        Key(
            "strict_scheme",
            Flag(),
            "A rule with `https:` says nothing about the same host under `http:`.",
            "false",
        ),
        Key(
            "out_always_wins",
            Flag(),
            "A rule that excludes wins, even where one that permits is more exact.",
            "false",
        ),
        Key("in", _IN, "A rule for what is covered."),
        Key("out", _OUT, "A rule for what is left out."),
    )
)
SCOPE: Final = (Key("scope", _SCOPE, "What is covered. Without rules, no target is in scope."),)
