"""`portico policy check`: what is wrong with a pack, and what could be better."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.errors import SettingMissing
from portal.policy.faults import PackRefused
from portal.policy.lint import lint
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer: where, how bad, what, and what to do."""

    path: Path
    line: int
    level: str
    where: str
    message: str
    hint: str

    def __str__(self) -> str:
        """Write it the way compilers do, so that editors can jump to it."""
        where = f"{self.where}: " if self.where else ""
        return f"{self.path}:{self.line}: {self.level}: {where}{self.message} — {self.hint}"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    policy = subparsers.add_parser("policy", help="check and publish policy packs")
    verbs = policy.add_subparsers(dest="verb", required=True)
    add_check(verbs)
    add_publish(verbs)


def add_check(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``check`` to the verbs of ``portico policy``."""
    check = verbs.add_parser("check", help="list faults and remarks; exit 1 on faults")
    check.add_argument(
        "place",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="folder of packs, or one pack; by default the folder of the instance",
    )
    check.add_argument("-q", "--quiet", action="store_true", help="faults only")
    check.set_defaults(run=_check)


def add_publish(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``publish`` to the verbs of ``portico policy``."""
    publish = verbs.add_parser("publish", help="put sound packs in force ($PORTICO_DIR)")
    publish.add_argument(
        "place", metavar="DIR", type=Path, nargs="?", help="by default the instance's own folder"
    )
    publish.set_defaults(run=_publish)


def check(place: Path) -> list[Line]:
    """Return everything to be said about the packs in a folder, or about one pack.

    Raises:
        SettingMissing: There is no pack there.
    """
    packs = sorted(place.glob("*.toml")) if place.is_dir() else [place]
    if not packs or not packs[0].is_file():
        raise SettingMissing(
            f"There is no policy pack in {place}.",
            hint="Name a folder with .toml files, or one such file.",
        )
    taken: dict[str, Path] = {}
    return [line for path in packs for line in _lines(path, taken)]


def _check(options: argparse.Namespace) -> int:
    lines = check(options.place or _instance_packs())
    errors = [line for line in lines if line.level == "error"]
    for line in errors if options.quiet else lines:
        print(line)
    warnings = sum(line.level == "warning" for line in lines)
    notices = len(lines) - len(errors) - warnings
    sys.stderr.write(f"{len(errors)} errors, {warnings} warnings, {notices} notices\n")
    return 1 if errors else 0


def _publish(options: argparse.Namespace) -> int:
    # Only this verb needs the server's database.
    from portal.cases.catalogue import Catalogue
    from portal.cases.database import Database
    from portal.commands.publishing import publish_folder
    from portal.config import Config
    from portal.policy.clocks import utc_now

    config = Config.load()
    catalogue = Catalogue(Database(config.database_url))
    refused = publish_folder(options.place or config.policies, catalogue, now=utc_now())
    return 1 if refused else 0


def _instance_packs() -> Path:
    """Return the folder of the instance; only then is one needed."""
    from portal.config import Config

    return Config.load().policies


def _lines(path: Path, taken: dict[str, Path]) -> list[Line]:
    """Return what is to be said about one pack.

    Args:
        path: The pack.
        taken: Slugs met so far; the pack's own is added.
    """
    try:
        policy = Policy.parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        hint = "Save the file as UTF-8."
        return [Line(path, line, "error", "", "This is not UTF-8.", hint)]
    except PackRefused as refusal:
        return [
            Line(path, fault.line, "error", fault.where, fault.message, fault.hint)
            for fault in refusal.faults
        ]
    return _shared_slug(path, policy, taken) + [
        Line(path, remark.line, remark.level, remark.where, remark.message, remark.hint)
        for remark in lint(policy)
    ]


def _shared_slug(path: Path, policy: Policy, taken: dict[str, Path]) -> list[Line]:
    """Return the error of a slug that an earlier pack has."""
    first = taken.setdefault(policy.slug, path)
    if first == path:
        return []
    message = f"{policy.slug!r} is the slug of {first.name} too."
    return [Line(path, 1, "error", "program.slug", message, "Give each program its own slug.")]
