"""The published policies and keysets, every version of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, and_, func, insert, select

from portal.cases import audit, keyset_history, program_states
from portal.cases.database import Database
from portal.cases.keyset_history import Published, parsed_keyset
from portal.cases.program import Program
from portal.cases.tables import keysets, policies
from portal.errors import DeliveryRefused, KeysetRefused, NoSuchProgram, NoSuchVersion
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy

# A published text never changes, so it is read once and remembered by what it says.
_parsed_policy = lru_cache(maxsize=256)(Policy.parse)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Finds a program by its slug, and publishes new versions of what it is made of."""

    database: Database

    def programs(self, *, now: datetime) -> tuple[Program, ...]:
        """Return every program, by name."""
        found = (self.program(slug, now=now) for slug in self.slugs())
        return tuple(sorted(found, key=lambda program: program.name.casefold()))

    def slugs(self) -> tuple[str, ...]:
        """Return the names in addresses of all programs."""
        with self.database.reading() as connection:
            return tuple(connection.scalars(select(policies.c.program).distinct()))

    def program(self, slug: str, *, now: datetime) -> Program:
        """Return the program as it stands.

        Raises:
            NoSuchProgram: None of that name is published.
        """
        with self.database.reading() as connection:
            policy = connection.execute(_newest(policies, slug)).first()
            keyset = connection.execute(_newest(keysets, slug)).first()
            standing = program_states.current(connection, slug)
        if policy is None:
            raise NoSuchProgram.called(slug)
        return Program(
            policy=_parsed_policy(policy.source),
            policy_version=policy.version,
            keyset=_read_keyset(keyset, now) if keyset else None,
            state=standing.state,
        )

    def names(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return the names of programs by slug; what is not published has none."""
        versions = select(policies.c.program, func.max(policies.c.version).label("version"))
        newest = versions.group_by(policies.c.program).subquery()
        same = (policies.c.program == newest.c.program, policies.c.version == newest.c.version)
        wanted = select(policies.c.source).join(newest, and_(*same))
        with self.database.reading() as connection:
            found = connection.scalars(wanted.where(policies.c.program.in_(sorted(slugs)))).all()
        return {policy.slug: policy.name for policy in map(_parsed_policy, found)}

    def policy(self, slug: str, version: int) -> Policy:
        """Return one version of a program's policy.

        Raises:
            NoSuchVersion: There is no such program, or no such version of its policy.
        """
        with self.database.reading() as connection:
            return published_policy(connection, slug, version)

    def keyset(self, slug: str, version: int, *, now: datetime) -> Keyset | None:
        """Return one version of a program's keyset while it is valid, else None."""
        wanted = select(keysets).where(keysets.c.program == slug, keysets.c.version == version)
        with self.database.reading() as connection:
            row = connection.execute(wanted).first()
        return _read_keyset(row, now) if row else None

    def keyset_text(self, slug: str, version: int) -> str:
        """Return one version of a program's keyset as it was published, expired or not.

        Raises:
            NoSuchVersion: There is no such program, or no such version of its keyset.
        """
        wanted = select(keysets.c.statement).where(
            keysets.c.program == slug, keysets.c.version == version
        )
        with self.database.reading() as connection:
            text = connection.scalar(wanted)
        if text is None:
            raise NoSuchVersion(
                f"There is no version {version} of the keyset of “{slug}”.",
                hint="Every version is listed on the program's keys page.",
            )
        return str(text)

    def newest_keyset_text(self, slug: str) -> str | None:
        """Return the newest keyset as it was published, expired or not; None before the first."""
        with self.database.reading() as connection:
            row = connection.execute(_newest(keysets, slug)).first()
        return str(row.statement) if row else None

    def keyset_texts(self, slug: str) -> tuple[str, ...]:
        """Return every keyset of a program as it was published, oldest first."""
        wanted = select(keysets.c.statement).where(keysets.c.program == slug)
        with self.database.reading() as connection:
            return tuple(connection.scalars(wanted.order_by(keysets.c.version)))

    def as_seen(
        self, program: Program, *, policy_version: int, keyset_version: int, now: datetime
    ) -> Program:
        """Return a program in the versions that a reporter had before them, mostly its own.

        Raises:
            DeliveryRefused: No such version of the policy, or that keyset is unknown or expired.
        """
        in_force = program.keyset.version if program.keyset else None
        if (policy_version, keyset_version) == (program.policy_version, in_force):
            return program
        keyset = self.keyset(program.slug, keyset_version, now=now)
        try:
            policy = self.policy(program.slug, policy_version)
        except NoSuchVersion as fault:
            raise _outdated() from fault
        if keyset is None:
            raise _outdated()
        return replace(program, policy=policy, policy_version=policy_version, keyset=keyset)

    def publish_policy(self, text: str, *, actor: str, now: datetime) -> int:
        """Put a pack in force and return its version; the same text again changes nothing.

        Raises:
            PackRefused: The pack has faults; the last good version stays in force.
            KeysetRefused: It names a reader for whom the keyset in force has no key.
        """
        policy = Policy.parse(text)
        with self.database.writing() as connection:
            newest = connection.execute(_newest(policies, policy.slug)).first()
            if newest is not None and newest.sha256 == policy.sha256:
                return int(newest.version)
            held = connection.execute(_newest(keysets, policy.slug)).first()
            if held is not None and (keyset := _read_keyset(held, now)) is not None:
                _check_readers(keyset, policy)
            version = (newest.version if newest else 0) + 1
            row = {"program": policy.slug, "version": version, "sha256": policy.sha256}
            connection.execute(insert(policies).values(**row, published_at=now, source=text))
            audit.append(connection, "policy published", policy.slug, row, actor=actor, now=now)
        return version

    def publish_keyset(self, statement: str, program: str, *, actor: str, now: datetime) -> Keyset:
        """Put a signed keyset in force; the same one again changes nothing.

        The first keyset of a program decides which root key may sign the later ones.

        Raises:
            KeysetRefused: Unsigned, expired, mixed, older than the one in force, not its
                successor, signed by another root, or without a key for a role that the policy
                says reads reports.
            NoSuchProgram: The program has no published policy.
        """
        policy = self.program(program, now=now).policy
        with self.database.writing() as connection:
            newest = connection.execute(_newest(keysets, program)).first()
            keyset = Keyset.verify(
                statement,
                root=newest.root if newest else None,
                program=program,
                now=now,
                newest_seen=newest.version if newest else 0,
            )
            if newest is not None and newest.sha256 == keyset.sha256:
                return keyset
            _check_succession(keyset, newest)
            _check_readers(keyset, policy)
            row = {"program": program, "version": keyset.version, "sha256": keyset.sha256}
            connection.execute(
                insert(keysets).values(
                    **row, root=keyset.fingerprint, published_at=now, statement=keyset.text
                )
            )
            audit.append(connection, "keyset published", program, row, actor=actor, now=now)
        return keyset

    def keyset_history(self, slug: str) -> tuple[Published, ...]:
        """Return every keyset of a program with what it changed, newest first."""
        with self.database.reading() as connection:
            return keyset_history.history(connection, slug)


def published_policy(connection: Connection, slug: str, version: int) -> Policy:
    """Return one version of a program's policy, inside the caller's transaction.

    Raises:
        NoSuchVersion: There is no such program, or no such version of its policy.
    """
    wanted = select(policies).where(policies.c.program == slug, policies.c.version == version)
    row = connection.execute(wanted).first()
    if row is None:
        raise NoSuchVersion(
            f"There is no version {version} of the policy of “{slug}”.",
            hint="Look at the policy page for the version in force.",
        )
    return _parsed_policy(row.source)


def _outdated() -> DeliveryRefused:
    return DeliveryRefused(
        "The policy or the keys this report was made for are no longer valid here.",
        hint="Open the form in a new tab, copy your text over, and send again.",
    )


def _newest(table: Table, slug: str) -> Select[Any]:
    newest = select(func.max(table.c.version)).where(table.c.program == slug).scalar_subquery()
    return select(table).where(table.c.program == slug, table.c.version == newest)


def _read_keyset(row: Row[Any], now: datetime) -> Keyset | None:
    """Return a published keyset while it is valid; everything else was checked at publication."""
    keyset = parsed_keyset(row.statement, root=row.root)
    return keyset if keyset.expires > now else None


def _check_readers(keyset: Keyset, policy: Policy) -> None:
    missing = keyset.missing_roles(policy.readers)
    if missing:
        raise KeysetRefused(
            f"The policy says that {', '.join(missing)} read every report, and the keyset has no "
            "key for them.",
            hint="Add them with `portico keyset add … --role ROLE` and publish that keyset first.",
        )


def _check_succession(keyset: Keyset, newest: Row[Any] | None) -> None:
    if newest is None:
        return
    if keyset.version != newest.version + 1 or keyset.previous != newest.sha256:
        raise KeysetRefused(
            f"This keyset (version {keyset.version}) does not follow the one in force "
            f"(version {newest.version}).",
            hint="Make it from the published one: `portico keyset new --after FILE`.",
        )
