"""Publishing: checked packs and signed keysets put in force."""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from portal.cases.catalogue import Catalogue
from portal.commands.packs import Pack
from portal.errors import KeysetRefused, NoSuchProgram
from portal.offline import reading
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy

OPERATOR = "operator"  # who acts when somebody types a command on the server


def publish_packs(packs: Iterable[Pack], catalogue: Catalogue, *, now: datetime) -> int:
    """Publish every sound pack; return how many were refused.

    A refused pack leaves the last good version in force, and each fault is told with its line.
    """
    return sum(not _publish(pack, catalogue, now) for pack in packs)


def publish_keysets(folder: Path, catalogue: Catalogue, *, now: datetime) -> None:
    """Publish the signed keysets of a folder, each named after its program.

    Raises:
        FileRefused: One of them is not text.
        KeysetRefused: One of them cannot be put in force.
    """
    for path in sorted(folder.glob("*.keyset.jws")):
        publish_keyset(reading.text(path), catalogue, now=now)


def publish_keyset(text: str, catalogue: Catalogue, *, now: datetime) -> Keyset:
    """Publish one signed keyset for the program it names.

    Raises:
        KeysetRefused: It cannot be put in force.
        NoSuchProgram: Its program has no published policy.
    """
    program = Keyset.read(text, root=None).program
    return catalogue.publish_keyset(text, program, actor=OPERATOR, now=now)


def _publish(pack: Pack, catalogue: Catalogue, now: datetime) -> bool:
    """Put one pack in force and say so, or say why not."""
    told = [str(line) for line in pack.lines]
    if pack.policy and not pack.faults:
        try:
            _put_in_force(pack.path, pack.policy, catalogue, now)
        except KeysetRefused as refusal:
            told = [f"{pack.path}: {refusal.message} {refusal.hint}"]
        else:
            return True
    stays = _in_force(pack.slug, catalogue, now)
    sys.stderr.writelines(f"{line}\n" for line in told)
    sys.stderr.write(f"{pack.path.name} was not published{stays}.\n")
    return False


def _put_in_force(path: Path, policy: Policy, catalogue: Catalogue, now: datetime) -> None:
    version = catalogue.publish_policy(policy.source, actor=OPERATOR, now=now)
    print(f"{path.name}: version {version} of “{policy.slug}” is in force.")


def _in_force(slug: str | None, catalogue: Catalogue, now: datetime) -> str:
    """Return what is said about the version that a refused pack leaves as it is, if any."""
    try:
        held = catalogue.program(slug or "", now=now)
    except NoSuchProgram:
        return ""
    return f"; version {held.policy_version} of “{held.slug}” stays in force"
