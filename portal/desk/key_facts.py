"""What the desk's page of keys shows: who holds keys, what changed, what is still to be shared."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from portal.cases.keyset_history import Published
from portal.cases.sharing import Sealed
from portal.desk.sharing import covering
from portal.policy import key_alarms, statement
from portal.policy.entries import Entry
from portal.policy.key_changes import KeyChanges
from portal.policy.keyset import Keyset


def keyset_facts(
    published: Sequence[Published],
    sealed: Iterable[Sealed],
    unshared: tuple[int, int],
    *,
    receipt_key: str,
    now: datetime,
) -> dict[str, Any]:
    """Return everything about a program's keys as JSON-ready data.

    Args:
        published: Its keysets, newest first.
        sealed: How many files each version opens.
        unshared: Reports and files that somebody in the newest one cannot open.
        receipt_key: Fingerprint of the key this server signs with.
        now: Present time, aware.
    """
    newest = published[0].keyset if published else None
    counts = {one.keyset_version: one for one in sealed}
    alarms = key_alarms.alarms(newest, receipt_key=receipt_key, now=now)
    covers = covering(published)
    return {
        "keyset": _keyset(newest, now) if newest else None,
        "alarms": [{"code": one.code, "message": one.message, "hint": one.hint} for one in alarms],
        "versions": [_version(one, newest, counts, covers) for one in published],
        "unshared": {"reports": unshared[0], "files": unshared[1]},
    }


def _keyset(keyset: Keyset, now: datetime) -> dict[str, Any]:
    receipt = keyset.receipt_key
    return {
        "version": keyset.version,
        "kind": keyset.kind,
        "created": keyset.created.isoformat(),
        "expires": keyset.expires.isoformat(),
        "expired": keyset.expires <= now,
        "fingerprint": keyset.fingerprint,
        "sha256": keyset.sha256,
        "entries": [entry_facts(entry) for entry in keyset.entries],
        "receipt_key": {
            "kid": receipt.kid,
            "valid_from": receipt.valid_from.isoformat(),
            "valid_until": receipt.valid_until.isoformat(),
        },
    }


def entry_facts(entry: Entry) -> dict[str, Any]:
    """Return a key holder as JSON-ready data, fingerprints instead of keys."""
    signing = statement.fingerprint(entry.signing) if entry.signing else None
    return {
        "name": entry.name,
        "role": entry.role,
        "recipient": entry.recipient,
        "fingerprint": entry.fingerprint,
        "signing": signing,
    }


def _version(
    one: Published, newest: Keyset | None, counts: dict[int, Sealed], covers: frozenset[int]
) -> dict[str, Any]:
    held, there = counts.get(one.version), set(one.keyset.recipients)
    lacking = [entry for entry in newest.entries if entry.recipient not in there] if newest else []
    return {
        "version": one.version,
        "published_at": one.published_at.isoformat(),
        "expires": one.keyset.expires.isoformat(),
        "reports": held.reports if held else 0,
        "files": held.files if held else 0,
        "covers": one.version in covers,
        "lacking": [entry.name for entry in lacking],
        "changes": _changes(one.changes),
    }


def _changes(changes: KeyChanges) -> dict[str, Any]:
    receipt = changes.receipt_key
    return {
        "added": [entry_facts(entry) for entry in changes.added],
        "retired": [entry_facts(entry) for entry in changes.retired],
        "altered": [entry_facts(entry) for entry in changes.altered],
        "receipt_key": receipt.kid if receipt else None,
    }
