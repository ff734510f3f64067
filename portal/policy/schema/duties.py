"""The keys about what both sides do: conduct, promises, publication."""

from typing import Final

from portal.policy.clock_rules import ANCHORS, RECEIVED
from portal.policy.conduct import DUTIES
from portal.policy.disclosure import AGREEMENTS, ENDS
from portal.policy.promises import ENDINGS, RETENTION_ID, WINDOW_IDS
from portal.policy.reading import ID
from portal.policy.schema.scope import NAME
from portal.policy.schema.shapes import PARAGRAPHS, Flag, Key, Many, Record, Text, Word
from portal.policy.spans import MAX_AMOUNT, UNITS

SPAN: Final = Text(
    "time span",
    rf"0*[1-9][0-9]{{0,{len(str(MAX_AMOUNT)) - 1}}} ({'|'.join(UNITS.values())})s?",
)
ATTEST: Final = "The reporter confirms it before sending; it is never ticked in advance."
CONFIRM: Final = "What the reporter confirms, in the first person; without it, made from the text."
_PROMISE_ID: Final = Text("id", ID.pattern, but=(*WINDOW_IDS, RETENTION_ID))
_CONDUCT: Final = Record(
    (
        Key(
            "id",
            NAME,
            "Reports record what was confirmed by it; also unlike the ids of conditions.",
            '"no-dos"',
            needed=True,
        ),
        Key(
            "duty",
            Word(DUTIES),
            "The text completes *you must*, *must not*, *may*, *are asked to*.",
            '"must_not"',
            needed=True,
        ),
        Key("text", PARAGRAPHS, "The clause in words.", '"Overload a service."', needed=True),
        Key("attest", Flag(), ATTEST, "true"),
        Key("confirm", PARAGRAPHS, CONFIRM, '"I overloaded nothing, and will not."'),
        Key("alone", Flag(), "Confirmed by itself, before all others; needs `attest`.", "true"),
        Key(
            "method",
            Flag(),
            "A way of testing that is not allowed: the form asks whether it was used. A yes never "
            "blocks the report.",
            "true",
        ),
        Key(
            "tools",
            Many(Text()),
            "Parts of words. The form shows the clause when the answer about tools has one of "
            "them; capital or small letters are the same.",
            '["flood", "slowloris"]',
        ),
    ),
    several=True,
)
_CLOCK: Final = Record(
    (
        Key("within", SPAN, "How long it may take.", '"3 business days"', needed=True),
        Key(
            "after",
            Word(tuple(ANCHORS), RECEIVED),
            "Event that starts the clock; it waits until this has happened. `updated` is the last "
            "news: each news starts the clock anew, and it is always soft, without `until`.",
            '"received"',
        ),
        Key(
            "until",
            Word(ENDINGS),
            "Event that keeps the promise. Only a soft clock does without.",
            '"acknowledged"',
        ),
        Key("soft", Flag(), "An aim: shown, and never late.", "false"),
    ),
    inline=True,
)
_PROMISE: Final = Record(
    (
        Key("id", _PROMISE_ID, "Stable name; not one of the portal's own.", '"ack"', needed=True),
        Key(
            "text",
            PARAGRAPHS,
            "The promise in words.",
            '"You hear within three days."',
            needed=True,
        ),
        Key("label", Text(), "Its short name beside a date; without one, the text.", '"Answer"'),
        Key(
            "clock",
            _CLOCK,
            "Its time limit. A promise without a number has none, and no date is shown for it.",
            '{ within = "3 business days", until = "acknowledged" }',
        ),
    ),
    several=True,
)
_DISCLOSURE: Final = Record(
    (
        Key("text", PARAGRAPHS, "In words.", '"Please wait for the fix."', needed=True),
        Key(
            "minimum",
            SPAN,
            "Nothing is published earlier than this after receipt, unless both sides agree.",
            '"30 calendar days"',
        ),
        Key("maximum", SPAN, "This long after receipt, the request ends.", '"90 calendar days"'),
        Key(
            "until",
            Word(ENDS),
            "Event that ends the request; without `maximum`, no date can be given.",
            '"resolved"',
        ),
        Key(
            "agreement",
            Word(AGREEMENTS),
            "Both sides decide together; neither publishes alone.",
            '"both"',
        ),
        Key("not_before", Word(ENDS), "Event before which nothing is published.", '"resolved"'),
    )
)
CONDUCT: Final = (
    Key("conduct", _CONDUCT, "One thing that researchers must, must not, may, or are asked to do."),
)
PROMISES: Final = (Key("promise", _PROMISE, "One thing that the organisation says it will do."),)
DISCLOSURE: Final = (
    Key("disclosure", _DISCLOSURE, "What is asked about publication, and until when."),
)
