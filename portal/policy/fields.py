"""Everything a policy can ask a reporter for, in the order of the form.

A pack invents no field: it chooses from this catalogue and says how strongly it asks. What it does
not mention keeps the default below, and questions that only some policies have reason to ask are
hidden until one asks them. All answers are sealed in the browser; the server learns none of them.
"""

from collections.abc import Mapping
from typing import Final

from portal.policy.field import ADDRESS, LONG, MAIL, SHORT, Asked, Choice, Field

__all__ = ["FIELDS", "Asked", "Choice", "Field"]


def _options(**labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in labels.items())


_TARGET: Final = (
    Field(
        id="location",
        section="target",
        kind="text",
        label="Exact place",
        help="The full address, parameter, screen or file, where it says more than the target.",
        limit=ADDRESS,
    ),
    Field(
        id="asset_kind",
        section="target",
        kind="choice",
        label="Service or product",
        choices=_options(service="A service, such as a website", product="A product or an app"),
        default="hidden",
    ),
)
_FINDING: Final = (
    Field(
        id="title",
        section="finding",
        kind="text",
        label="Title",
        help="What is wrong, and where, in one line.",
        default="required",
    ),
    Field(
        id="report_kind",
        section="finding",
        kind="choice",
        label="Kind of finding",
        choices=_options(
            vulnerability="A vulnerability",
            exposed_data="Exposed data",
            weakness="A weakness",
        ),
        default="requested",
    ),
    Field(
        id="weakness",
        section="finding",
        kind="text",
        label="Type of weakness",
        help="In your own words, or a CWE number.",
    ),
    Field(
        id="how_occurs",
        section="finding",
        kind="long",
        label="How it occurs",
        limit=LONG,
        default="hidden",
    ),
    Field(
        id="when_occurs",
        section="finding",
        kind="long",
        label="When it occurs",
        help="The conditions, or the times at which you saw it.",
        limit=LONG,
        default="hidden",
    ),
    Field(
        id="steps",
        section="finding",
        kind="long",
        label="Steps to reproduce",
        help="Each step from the start, so that someone else gets the same result.",
        limit=LONG,
        default="requested",
    ),
    Field(
        id="impact",
        section="finding",
        kind="long",
        label="Impact",
        help="What someone could do with it, and to whom.",
        limit=LONG,
    ),
    Field(
        id="cvss",
        section="finding",
        kind="cvss",
        label="CVSS vector",
        help="If you have one: CVSS:4.0/… or CVSS:3.1/….",
    ),
    Field(
        id="advice",
        section="finding",
        kind="long",
        label="Advice",
        help="How it could be fixed, if you have an idea.",
        limit=LONG,
        default="hidden",
    ),
)
_EVIDENCE: Final = (
    Field(
        id="files",
        section="evidence",
        kind="files",
        label="Files",
        help="Screenshots, logs, proof of concept. Hidden data in pictures is taken out first.",
        limit=0,
    ),
    Field(
        id="data_held",
        section="evidence",
        kind="choice",
        label="Data you still hold",
        help="Whether anything that is not public is in your hands now.",
        choices=_options(
            none="None",
            minimal="Only what shows the problem",
            more="More than that",
        ),
        default="hidden",
    ),
)
_YOU: Final = (
    Field(
        id="handle",
        section="you",
        kind="text",
        label="Handle or acronym",
        help="Any name you like to be called; it need not be your own.",
    ),
    Field(id="full_name", section="you", kind="text", label="Full name", default="hidden"),
    Field(
        id="company",
        section="you",
        kind="text",
        label="Company",
        help="The one you report for, if any.",
        default="hidden",
    ),
    Field(
        id="contact_email",
        section="you",
        kind="email",
        label="E-mail address",
        help="Without one, staff answer through your tracking token.",
        limit=MAIL,
    ),
    Field(
        id="contact_phone",
        section="you",
        kind="phone",
        label="Telephone number",
        limit=SHORT,
        default="hidden",
    ),
    Field(
        id="credit",
        section="you",
        kind="choice",
        label="Credit",
        help="How you wish to be named, should this be written about.",
        choices=_options(none="Not at all", handle="By my handle", name="By my name"),
        default="hidden",
    ),
    Field(
        id="anonymous_to_authorities",
        section="you",
        kind="yes_no",
        label="Stay anonymous to authorities",
        help="Whether you want your identity kept out of notices to authorities.",
        limit=SHORT,
        default="hidden",
    ),
)
_CONDUCT: Final = (
    Field(
        id="method",
        section="conduct",
        kind="long",
        label="Method",
        help="What you did to find it.",
        limit=LONG,
        default="hidden",
    ),
    Field(
        id="tools_used",
        section="conduct",
        kind="text",
        label="Tools",
        help="Scanners and scripts, if any.",
        default="hidden",
    ),
    Field(
        id="investigated_from",
        section="conduct",
        kind="datetime",
        label="Investigation began",
        limit=SHORT,
        default="hidden",
    ),
    Field(
        id="investigated_to",
        section="conduct",
        kind="datetime",
        label="Investigation ended",
        limit=SHORT,
        default="hidden",
    ),
    Field(
        id="found_at",
        section="conduct",
        kind="datetime",
        label="Found",
        help="When you first saw it.",
        limit=SHORT,
        default="hidden",
    ),
    Field(
        id="stopped_at",
        section="conduct",
        kind="datetime",
        label="Testing stopped",
        limit=SHORT,
        default="hidden",
    ),
    Field(
        id="service_impact",
        section="conduct",
        kind="choice",
        label="Did your testing disturb the service?",
        choices=_options(no="No", yes="Yes", unknown="I cannot tell"),
        default="hidden",
    ),
    Field(
        id="effort_hours",
        section="conduct",
        kind="number",
        label="Hours spent",
        limit=SHORT,
        default="hidden",
    ),
)
_REVIEW: Final = (
    Field(
        id="remarks",
        section="review",
        kind="long",
        label="Anything else",
        limit=LONG,
    ),
)
FIELDS: Final[Mapping[str, Field]] = {
    field.id: field for field in (*_TARGET, *_FINDING, *_EVIDENCE, *_YOU, *_CONDUCT, *_REVIEW)
}
