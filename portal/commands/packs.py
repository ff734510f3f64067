"""Policy packs in a folder: read alike by those who check them and those who publish them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from portal.errors import SettingMissing
from portal.offline.reading import line_of
from portal.policy.faults import Fault, PackRefused
from portal.policy.pack import Policy

_SLUG = re.compile(r"""^\s*slug\s*=\s*["']([a-z0-9-]+)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said about a pack: where, how bad, what, and what to do.

    Attributes:
        level: ``error``, ``warning`` or ``notice``.
        where: The key, as a path; empty for the whole.
        why: Why it matters; empty where the message says it all.
        code: Stable name; empty for a fault.
    """

    path: Path
    line: int
    level: str
    where: str
    message: str
    hint: str
    why: str = ""
    code: str = ""

    def __str__(self) -> str:
        """Write it the way compilers do, so that editors can jump to it."""
        where = f"{self.where}: " if self.where else ""
        said = f"{self.message} {self.why}".strip()
        code = f" [{self.code}]" if self.code else ""
        return f"{self.path}:{self.line}: {self.level}: {where}{said} — {self.hint}{code}"


@dataclass(frozen=True, slots=True)
class Pack:
    """One file, read.

    Attributes:
        path: The file.
        slug: The program it means to be, as far as that can be seen; also of a faulty pack.
        policy: What it says; None when it cannot be read as a policy.
        faults: What keeps it from being published.
    """

    path: Path
    slug: str | None
    policy: Policy | None
    faults: tuple[Fault, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Pack":
        """Read a pack; whatever is wrong with it becomes a fault."""
        try:
            content = path.read_bytes()
        except OSError as error:
            return cls(path, None, None, (Fault(1, "", f"{error.strerror}.", "Check the file."),))
        named = _SLUG.search(content.decode("utf-8", "replace"))
        slug = named[1] if named else None
        try:
            policy = Policy.parse(content.decode("utf-8").replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            fault = Fault(line_of(error), "", "This is not UTF-8.", "Save the file as UTF-8.")
            return cls(path, slug, None, (fault,))
        except PackRefused as refusal:
            return cls(path, slug, None, refusal.faults)
        return cls(path, policy.slug, policy)

    @property
    def lines(self) -> list[Line]:
        """Its faults, as they are told."""
        return [
            Line(self.path, fault.line, "error", fault.where, fault.message, fault.hint)
            for fault in self.faults
        ]


def read(place: Path) -> list[Pack]:
    """Return the packs of a folder, by file name, or the one pack that is named.

    Packs that want the same slug are both at fault: each would replace the other, time and again.

    Raises:
        SettingMissing: There is no pack there.
    """
    paths = sorted(place.glob("*.toml")) if place.is_dir() else [place]
    if not paths or not paths[0].exists():
        raise SettingMissing(
            f"There is no policy pack in {place}.",
            hint="Name a folder with .toml files, or one such file.",
        )
    return _told_apart([Pack.read(path) for path in paths])


def _told_apart(packs: Iterable[Pack]) -> list[Pack]:
    """Add a fault to every pack whose slug another one has as well."""
    listed, holders = list(packs), defaultdict(list)
    for pack in listed:
        if pack.policy:
            holders[pack.slug].append(pack.path)
    return [
        replace(pack, faults=(*pack.faults, _shared(pack, holders[pack.slug])))
        if len(holders[pack.slug]) > 1 and pack.policy
        else pack
        for pack in listed
    ]


def _shared(pack: Pack, paths: list[Path]) -> Fault:
    others = ", ".join(path.name for path in paths if path != pack.path)
    message = f"{pack.slug!r} is the slug of {others} too."
    return Fault(1, "program.slug", message, "Give each program its own slug.")
