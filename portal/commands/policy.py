"""`portico policy`: what is wrong with a pack, and the sound ones put in force."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from portal.commands import packs
from portal.commands.packs import Line, Pack
from portal.commands.policy_new import add_new
from portal.commands.policy_schema import add_schema
from portal.commands.policy_state import add_states
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset
from portal.policy.lint import Keys, lint


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    policy = subparsers.add_parser("policy", help="check and publish policy packs")
    verbs = policy.add_subparsers(dest="verb", required=True)
    add_check(verbs)
    add_publish(verbs)
    add_schema(verbs)
    add_new(verbs)
    add_states(verbs)


def add_check(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``check`` to the verbs of ``portico policy``."""
    check = verbs.add_parser("check", help="list faults and remarks; exit 1 on faults")
    _add_place(check)
    check.add_argument("-q", "--quiet", action="store_true", help="faults only")
    check.set_defaults(run=_check)


def add_publish(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``publish`` to the verbs of ``portico policy``."""
    publish = verbs.add_parser("publish", help="put sound packs in force ($PORTICO_DIR)")
    _add_place(publish)
    publish.set_defaults(run=_publish)


def _add_place(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "place",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="folder of packs, or one pack; by default the folder of the instance",
    )


def check(place: Path, *, now: datetime, keys: Callable[[str], Keys] | None = None) -> list[Line]:
    """Return everything to be said about the packs in a folder, or about one pack.

    Args:
        place: The folder or the pack.
        now: Present time, aware; what has run out is remarked on.
        keys: Tells which keys a program has on the instance; None without one.

    Raises:
        SettingMissing: There is no pack there.
    """
    return [line for pack in packs.read(place) for line in _lines(pack, now, keys)]


def _check(options: argparse.Namespace) -> int:
    lines = check(options.place, now=utc_now()) if options.place else _check_instance(utc_now())
    errors = [line for line in lines if line.level == "error"]
    for line in errors if options.quiet else lines:
        print(line)
    warnings = sum(line.level == "warning" for line in lines)
    notices = len(lines) - len(errors) - warnings
    sys.stderr.write(f"{len(errors)} errors, {warnings} warnings, {notices} notices\n")
    return 1 if errors else 0


def _publish(options: argparse.Namespace) -> int:
    # Only this verb needs the server's database.
    from portal.commands import opened
    from portal.commands.publishing import publish_packs

    with opened.instance() as instance:
        found = packs.read(options.place or instance.config.policies)
        refused = publish_packs(found, instance.catalogue, now=utc_now())
    return 1 if refused else 0


def _check_instance(now: datetime) -> list[Line]:
    """Return everything to be said about the packs of the instance, its keys considered."""
    # Only then is an instance needed.
    from portal.commands import opened

    with opened.instance() as instance:

        def keys(slug: str) -> Keys:
            text = instance.catalogue.newest_keyset_text(slug)
            return Keys(Keyset.read(text, root=None) if text else None, now)

        return check(instance.config.policies, now=now, keys=keys)


def _lines(pack: Pack, now: datetime, keys: Callable[[str], Keys] | None) -> list[Line]:
    if pack.policy is None:
        return pack.lines
    held = keys(pack.policy.slug) if keys else None
    return pack.lines + [
        Line(
            path=pack.path,
            line=remark.line,
            level=remark.level,
            where=remark.where,
            message=remark.message,
            hint=remark.hint,
            why=remark.why,
            code=remark.code,
        )
        for remark in lint(pack.policy, now=now, keys_held=held)
    ]
