"""`report.json`, the heart of a sealed report: what a client writes and staff read.

Everything in it was written by the reporter. Only what a signature of the portal confirms is known
to be more than a claim.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from portal.cases.kinds import KINDS, REPORT
from portal.errors import ArchiveRefused

_Value = TypeVar("_Value")

FORMAT = "portico/report/v1"
MAX_BYTES = 8 * 1024 * 1024  # far more than every field of the form filled to its limit
MAX_DEPTH = 32  # a report nests five deep; what writes it again must not run out of stack

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Attachments:
    """What the report says about the archive of files that came with it.

    Attributes:
        length: Bytes of the padded archive, before sealing.
        sha256: Its hash, hex.
        files: Name, size and type of each, as JSON objects.
    """

    length: int
    sha256: str
    files: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """The target as the reporter gave it and as it was checked.

    Attributes:
        text: As typed.
        normalised: As the portal ruled on it; empty when it was not checked.
        nonce: Base64url salt that ties a scope receipt to this target; None without one.
        verdict: The verdict as the client received it.
        answers: Yes or no to the policy's questions.
        receipt: The signed scope receipt; None when nothing was checked.
    """

    text: str
    normalised: str
    nonce: str | None
    verdict: Mapping[str, Any]
    answers: Mapping[str, bool]
    receipt: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A report, read.

    Attributes:
        program: Slug of the program it is for.
        policy_version: The policy the reporter had before them; None when unknown.
        keyset_version: The keyset it was sealed to; None when unknown.
        target: What it is about.
        fields: Answers by field id.
        attested: Ids of the conduct clauses the reporter confirmed.
        used: Ids of the forbidden ways of testing they owned up to.
        recipient: Where an answer can be sealed to; None when the reporter wants none.
        signing_key: Base64url Ed25519 key of follow-ups; None likewise.
        attachments: None when there are no files.
        written_at: ISO 8601, by the reporter's clock.
        raw: The whole JSON object.
    """

    program: str
    policy_version: int | None
    keyset_version: int | None
    target: Target
    fields: Mapping[str, str]
    attested: tuple[str, ...]
    used: tuple[str, ...]
    recipient: str | None
    signing_key: str | None
    attachments: Attachments | None
    written_at: str
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read `report.json` from an opened envelope.

        Raises:
            ArchiveRefused: Too large, too deep, not JSON, or not of this format.
        """
        try:
            raw = json.loads(content) if len(content) <= MAX_BYTES else None
            known = whole(raw) if isinstance(raw, dict) else {}
        except (ValueError, RecursionError):
            known = {}
        if known.get("format") != FORMAT:
            raise ArchiveRefused(
                "report.json is not a Portico report.",
                hint="Read what was sent as it is; it may have been sealed by hand.",
            )
        return cls.of(known)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """Read the JSON object; a member of an unexpected shape counts as absent."""
        reporter = _object(raw, "reporter")
        return cls(
            program=_text(raw, "program") or "",
            policy_version=_number(_object(raw, "policy"), "version"),
            keyset_version=_number(_object(raw, "keyset"), "version"),
            target=_target(_object(raw, "target")),
            fields=_of_kind(_object(raw, "fields"), str),
            attested=_ids(_object(raw, "conduct"), "attested"),
            used=_ids(_object(raw, "conduct"), "used"),
            recipient=_text(reporter, "recipient"),
            signing_key=_text(reporter, "signing_key"),
            attachments=_attachments(_object(raw, "attachments")),
            written_at=_text(raw, "written_at") or "",
            raw=raw,
        )

    @property
    def kind(self) -> str:
        """What the reporter sent, a key of `KINDS`; a report, when they do not say."""
        said = _text(self.raw, "kind") or REPORT
        return said if said in KINDS else REPORT

    @property
    def urgent(self) -> tuple[str, ...]:
        """What the reporter ticked: ``exposed``, ``exploited``."""
        return tuple(name for name in ("exposed", "exploited") if self.raw.get(name) is True)

    @property
    def came_by_mail(self) -> str | None:
        """When it came, as staff wrote who entered it; None for what a reporter sealed."""
        return _text(_object(self.raw, "mail"), "received_at")


def whole(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON object that can be written as UTF-8 again.

    JSON can spell half a character (RFC 8259 section 8.2), and no encoding can write one; each is
    replaced.

    Raises:
        ValueError: It nests deeper than `MAX_DEPTH`, or holds a number that is none.
    """
    return {str(_whole(name, 0)): _whole(each, MAX_DEPTH) for name, each in raw.items()}


def _whole(value: object, depth: int) -> object:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a number of JSON")
    if isinstance(value, dict | list) and not depth:
        raise ValueError("nested too deeply")
    if isinstance(value, list):
        return [_whole(each, depth - 1) for each in value]
    if isinstance(value, dict):
        return {_whole(name, 0): _whole(each, depth - 1) for name, each in value.items()}
    return value


def _ids(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(each for each in _list(raw, name) if isinstance(each, str))


def _target(raw: Mapping[str, Any]) -> Target:
    return Target(
        text=_text(raw, "text") or "",
        normalised=_text(raw, "normalised") or "",
        nonce=_text(raw, "nonce"),
        verdict=_object(raw, "verdict"),
        answers=_of_kind(_object(raw, "answers"), bool),
        receipt=_text(raw, "receipt"),
    )


def _attachments(raw: Mapping[str, Any]) -> Attachments | None:
    length, sha256 = _number(raw, "length"), _text(raw, "sha256")
    if length is None or sha256 is None:
        return None
    files = tuple(each for each in _list(raw, "files") if isinstance(each, dict))
    return Attachments(length, sha256, files)


def _object(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = raw.get(name)
    return value if isinstance(value, dict) else {}


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    value = raw.get(name)
    return value if isinstance(value, list) else []


def _text(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    return value if isinstance(value, str) else None


def _number(raw: Mapping[str, Any], name: str) -> int | None:
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _of_kind(raw: Mapping[str, Any], kind: type[_Value]) -> dict[str, _Value]:
    return {name: value for name, value in raw.items() if isinstance(value, kind)}
