"""The keys about the program itself: who runs it, who reads, and how the desk works."""

from typing import Final

from portal.policy.contacts import KINDS
from portal.policy.desk import VERBS
from portal.policy.pack import LANGUAGE, RESERVED, SLUG
from portal.policy.schema.shapes import PARAGRAPHS, Day, Flag, Key, Many, Record, Text, Word

_TAG: Final = Text("language tag", LANGUAGE.pattern)
_PROGRAM: Final = Record(
    (
        Key(
            "slug",
            Text("name in addresses", SLUG.pattern, but=tuple(sorted(RESERVED))),
            "The program lives at `/slug/`. Not one of the portal's own addresses.",
            '"example"',
            needed=True,
        ),
        Key("name", Text(), "Name of the program, for people.", '"Example"', needed=True),
        Key("organisation", Text(), "Who runs it; only where that differs.", '"Example Ltd"'),
        Key(
            "summary", PARAGRAPHS, "A sentence or two for the list of programs.", '"A small shop."'
        ),
        Key("issued", Day(), "The day on which the policy took effect.", "2026-11-22"),
        Key(
            "language",
            Text("language tag", LANGUAGE.pattern, default="en"),
            "Language of the texts: `en`, `nl`, `pt-BR` (BCP 47).",
            '"en"',
        ),
        Key(
            "languages",
            Many(_TAG),
            "Languages that reports may be written in, the preferred one first. "
            "`security.txt` names them (RFC 9116 section 2.5.8).",
            '["en", "nl"]',
        ),
    )
)
_CONTACT: Final = Record(
    (
        Key(
            "kind",
            Word(KINDS),
            "What sort of address it is.",
            '"mail"',
            needed=True,
        ),
        Key(
            "address",
            Text(),
            "A bare mail address; a web address that begins with `https://`; or a number that "
            "begins with + and the country code.",
            '"security@example.com"',
            needed=True,
        ),
        Key("note", PARAGRAPHS, "What it is for.", '"For questions about this policy."'),
    ),
    several=True,
)
_REPORTS: Final = Record(
    (
        Key(
            "quick",
            Flag(),
            "Title and target now, the rest later by token: for policies that say *at once*.",
            "true",
        ),
        Key("questions", Flag(), "Questions can be asked; a question starts no clock.", "true"),
    )
)
_READERS: Final = Record(
    (
        Key(
            "roles",
            Many(Text(), least=1),
            "The keyset needs a recipient for each role, or the pack is not published.",
            '["handler"]',
            needed=True,
        ),
    )
)
_DESK: Final = Record(
    (
        Key(
            "two_people",
            Many(Word(VERBS), least=1),
            "What one handler asks for and another one grants: only then it is recorded, and the "
            "reporter hears of it. What the version of the policy asks that a report was made "
            "under, and what the one in force asks, both count.",
            '["decline"]',
            needed=True,
        ),
    )
)
_CALENDAR: Final = Record(
    (
        Key(
            "country",
            Text("country code"),
            "Whose public holidays count: two capital letters (ISO 3166-1). Without it, only "
            "weekends are off.",
            '"NL"',
        ),
        Key(
            "zone",
            Text("time zone", default="UTC"),
            "Where days end, and in which dates are shown (IANA name).",
            '"Europe/Amsterdam"',
        ),
        Key(
            "add",
            Many(Text("day")),
            "Days off besides: once (`2026-12-24`) or every year (`12-24`).",
            '["05-05", "2026-12-24"]',
        ),
        Key(
            "remove",
            Many(Text("day or holiday")),
            "Holidays that are worked: days as above, or their English names.",
            '["Good Friday"]',
        ),
    )
)
PROGRAM: Final = (
    Key("program", _PROGRAM, "What the program is called, and where it lives.", needed=True),
    Key(
        "contact",
        _CONTACT,
        "A way to reach the organisation besides the form, which always comes first; of several, "
        "the preferred one stands first.",
    ),
    Key("reports", _REPORTS, "What the form takes besides full reports, which it always takes."),
)
DESK: Final = (
    Key("readers", _READERS, "Roles that read every report."),
    Key("desk", _DESK, "How staff work."),
)
CALENDAR: Final = (
    Key(
        "calendar",
        _CALENDAR,
        "Which days count, and in which zone they end. Every report keeps the calendar of the day "
        "it arrived, so that later changes move no due date.",
    ),
)
