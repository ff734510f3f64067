"""What `portico doctor` says about packs, hosts and ``security.txt`` files of an instance."""

from collections.abc import Iterator
from datetime import datetime

from portal.cases import program_states
from portal.cases.well_known import OPERATOR, WellKnown
from portal.commands import packs
from portal.commands.opened import Instance
from portal.commands.packs import Pack
from portal.errors import NoSuchProgram, SettingMissing
from portal.policy.dates import day


def findings(instance: Instance, *, now: datetime) -> Iterator[str]:
    """Yield what is wrong, a sentence or two for each."""
    yield from _packs(instance, now)
    yield from _hosts(instance)
    yield from _files(instance, now)


def notes(instance: Instance) -> Iterator[str]:
    """Yield what is as somebody wanted it, and easily forgotten."""
    with instance.database.reading() as connection:
        for slug in sorted(instance.catalogue.slugs()):
            standing = program_states.current(connection, slug)
            if standing.since is not None and standing.state != program_states.OPEN:
                since = day(standing.since.date())
                yield (
                    f"{slug} has been {standing.state} since {since}. "
                    f"`portico policy reopen {slug}` opens it again."
                )


def _packs(instance: Instance, now: datetime) -> Iterator[str]:
    """Yield packs in the instance's folder that are not what is in force."""
    try:
        found = packs.read(instance.config.policies)
    except SettingMissing:  # what was published before is served
        return
    for pack in found:
        yield from _pack(pack, instance, now)


def _pack(pack: Pack, instance: Instance, now: datetime) -> Iterator[str]:
    try:
        held = instance.catalogue.program(pack.slug or "", now=now)
    except NoSuchProgram:
        held = None
    if pack.faults:
        first, count = pack.faults[0], len(pack.faults)
        stays = f"version {held.policy_version} stays in force" if held else "it is not published"
        yield (
            f"{pack.path.name} has {count} fault{'' if count == 1 else 's'}, the first on line "
            f"{first.line}, so {stays}. `portico policy check` lists them all."
        )
    elif held is None:
        yield f"{pack.path.name} is sound and not published. Type: portico policy publish"
    elif pack.policy and pack.policy.sha256 != held.policy.sha256:
        yield (
            f"{pack.path.name} is not what is in force (version {held.policy_version}). "
            "Type: portico policy publish"
        )


def _hosts(instance: Instance) -> Iterator[str]:
    """Yield hosts whose program is not there: their ``security.txt`` cannot be."""
    known = set(instance.catalogue.slugs())
    for host, slug in instance.config.hosts.items():
        if slug not in known:
            yield (
                f"[hosts] gives {host} to “{slug}”, and no such program is published, so that "
                "host has no security.txt. Publish the program, or correct portico.toml."
            )


def _files(instance: Instance, now: datetime) -> Iterator[str]:
    """Yield what is wrong with files that somebody signed."""
    config = instance.config
    shelf = WellKnown(instance.catalogue, config.url, config.hosts, config.security)
    used = set()
    for _, served in shelf.all(now=now):
        used.add(served.path)
        if (one := served.complaint) is not None:
            instead = "" if one.serves else " It is not served; the portal's own one is."
            yield f"{served.path}: {one.message}{instead} {one.hint}"
    for path in sorted(config.security.glob("*.txt")):
        if path not in used:
            yield (
                f"{path} is no program's file, and is not served. Name it after a program; the "
                f"file of a portal with several programs is {OPERATOR}.txt."
            )
