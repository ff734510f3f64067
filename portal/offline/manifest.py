"""What a bundle's manifest says: reports, their age files, and what the server knows of them.

Read with suspicion: a name in it becomes a folder's, so only harmless ones are taken.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from portal.offline.filed import DELIVERED, Filed, Letter, Memo, refused

MAIN_ROLES = {"report", "sealed"}  # made with a form, or by hand

_REPORT_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


@dataclass(frozen=True, slots=True)
class Case:
    """One report in the bundle.

    Attributes:
        report: Its name.
        program: Slug of its program.
        received_at: As the server wrote it.
        receipt: The signed receipt; empty when there is none.
        keyset: Version it was sealed to.
        verdict: What the server knows of the ruling; empty when nothing was checked.
        events: What happened, oldest first.
        files: Its age files, those of its messages among them.
        letters: Its messages, in the portal's order.
        memos: Notes and tags of staff.
    """

    report: str
    program: str
    received_at: str
    receipt: str = field(repr=False)
    keyset: int | None
    verdict: Mapping[str, Any]
    events: tuple[Mapping[str, Any], ...]
    files: tuple[Filed, ...]
    letters: tuple[Letter, ...] = ()
    memos: tuple[Memo, ...] = ()

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> Self:
        """Read one member of ``reports``.

        Raises:
            ArchiveRefused: Its name or one of its files is malformed, a role comes twice, or it
                has two reports.
        """
        report = raw.get("report")
        if not isinstance(report, str) or not _REPORT_ID.fullmatch(report):
            raise refused("its manifest has a report without a usable name")
        files = tuple(Filed.parse(each, report) for each in objects(raw, "envelopes"))
        if len({each.role for each in files}) != len(files):
            raise refused(f"its manifest names a file of {report} twice")
        if {each.role for each in files} >= MAIN_ROLES:
            raise refused(f"its manifest has two reports under the name {report}")
        version, verdict = raw.get("keyset"), raw.get("verdict")
        return cls(
            report=report,
            program=str(raw.get("program") or ""),
            received_at=str(raw.get("received_at") or ""),
            receipt=str(raw.get("receipt") or ""),
            keyset=version if isinstance(version, int) else None,
            verdict=verdict if isinstance(verdict, dict) else {},
            events=tuple(objects(raw, "events")),
            files=files,
            letters=tuple(Letter.parse(each) for each in objects(raw, "messages")),
            memos=tuple(Memo.parse(each, report) for each in objects(raw, "memos")),
        )

    @property
    def delivered(self) -> tuple[Filed, ...]:
        """The age files that the report came as, and that its receipt names."""
        return tuple(each for each in self.files if each.role in DELIVERED)

    @property
    def main(self) -> Filed | None:
        """The report itself; None once it was deleted."""
        return next((each for each in self.files if each.role in MAIN_ROLES), None)

    def filed(self, role: str) -> Filed | None:
        """Return the age file of a role, if there is one."""
        return next((each for each in self.files if each.role == role), None)


def objects(raw: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON objects of a list; what has another shape counts as absent."""
    listed = raw.get(name)
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield each
