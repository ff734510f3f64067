"""Putting a policy or a keyset in force: what is refused, and the act in the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert

from portal.cases import audit
from portal.cases.tables import keysets, policies
from portal.cases.versions import newest, valid_keyset
from portal.errors import KeysetRefused
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy


def put_policy(connection: Connection, policy: Policy, *, actor: str, now: datetime) -> int:
    """Put a policy in force and return its version; the same text again changes nothing.

    Raises:
        KeysetRefused: It names a reader for whom the keyset in force has no key.
    """
    before = connection.execute(newest(policies, policy.slug)).first()
    if before is not None and before.sha256 == policy.sha256:
        return int(before.version)
    held = connection.execute(newest(keysets, policy.slug)).first()
    if (keyset := valid_keyset(held, now)) is not None:
        _check_readers(keyset, policy)
    version = (before.version if before else 0) + 1
    row = {"program": policy.slug, "version": version, "sha256": policy.sha256}
    connection.execute(insert(policies).values(**row, published_at=now, source=policy.source))
    audit.append(connection, "policy published", policy.slug, row, actor=actor, now=now)
    return version


def put_keyset(
    connection: Connection, statement: str, policy: Policy, *, actor: str, now: datetime
) -> Keyset:
    """Put a signed keyset in force; the same one again changes nothing.

    Args:
        connection: The transaction.
        statement: The keyset as it was signed.
        policy: In force for the program.
        actor: Who puts it in force.
        now: Present time, aware.

    Raises:
        KeysetRefused: Unsigned, expired, mixed, older than the one in force, not its successor,
            signed by another root, or without a key for a role that the policy says reads reports.
    """
    before = connection.execute(newest(keysets, policy.slug)).first()
    keyset = Keyset.verify(
        statement,
        root=before.root if before else None,
        program=policy.slug,
        now=now,
        newest_seen=before.version if before else 0,
    )
    if before is not None and before.sha256 == keyset.sha256:
        return keyset
    _check_succession(keyset, before)
    _check_readers(keyset, policy)
    row = {"program": policy.slug, "version": keyset.version, "sha256": keyset.sha256}
    connection.execute(
        insert(keysets).values(
            **row, root=keyset.fingerprint, published_at=now, statement=keyset.text
        )
    )
    audit.append(connection, "keyset published", policy.slug, row, actor=actor, now=now)
    return keyset


def _check_readers(keyset: Keyset, policy: Policy) -> None:
    missing = keyset.missing_roles(policy.readers)
    if missing:
        raise KeysetRefused(
            f"The policy says that {', '.join(missing)} read every report, and the keyset has no "
            "key for them.",
            hint="Add them with `portico keyset add … --role ROLE` and publish that keyset first.",
        )


def _check_succession(keyset: Keyset, before: Row[Any] | None) -> None:
    if before is None:
        return
    if keyset.version != before.version + 1 or keyset.previous != before.sha256:
        raise KeysetRefused(
            f"This keyset (version {keyset.version}) does not follow the one in force "
            f"(version {before.version}).",
            hint="Make it from the published one: `portico keyset new --after FILE`.",
        )
