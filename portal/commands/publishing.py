"""Publishing: checked packs and signed keysets put in force."""

import sys
from datetime import datetime
from pathlib import Path

from portal.cases.catalogue import Catalogue
from portal.errors import KeysetRefused
from portal.policy.faults import PackRefused
from portal.policy.keyset import Keyset

OPERATOR = "operator"  # who acts when somebody types a command on the server


def publish_folder(folder: Path, catalogue: Catalogue, *, now: datetime) -> int:
    """Publish every sound pack of a folder; return how many were refused.

    A pack with faults leaves the last good version in force, and each fault is named with its line.
    """
    refused = 0
    for path in sorted(folder.glob("*.toml")):
        try:
            version = catalogue.publish_policy(
                path.read_text(encoding="utf-8"), actor=OPERATOR, now=now
            )
        except PackRefused as refusal:
            refused += 1
            for fault in refusal.faults:
                sys.stderr.write(f"{path.name}:{fault.line}: {fault.where}: {fault.message}\n")
                sys.stderr.write(f"    {fault.hint}\n")
            sys.stderr.write(f"{path.name} was not published; the last good version stays.\n")
        except KeysetRefused as refusal:
            refused += 1
            sys.stderr.write(f"{path.name} was not published: {refusal.message}\n")
            sys.stderr.write(f"    {refusal.hint}\n")
        else:
            print(f"{path.name}: version {version} is in force.")
    return refused


def publish_keysets(folder: Path, catalogue: Catalogue, *, now: datetime) -> None:
    """Publish the signed keysets of a folder, each named after its program.

    Raises:
        KeysetRefused: One of them cannot be put in force.
    """
    for path in sorted(folder.glob("*.keyset.jws")):
        publish_keyset(path.read_text(encoding="ascii"), catalogue, now=now)


def publish_keyset(text: str, catalogue: Catalogue, *, now: datetime) -> Keyset:
    """Publish one signed keyset for the program it names.

    Raises:
        KeysetRefused: It cannot be put in force.
        NoSuchProgram: Its program has no published policy.
    """
    program = Keyset.read(text, root=None).program
    return catalogue.publish_keyset(text, program, actor=OPERATOR, now=now)
