"""The published policies and keysets, every version of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, select

from portal.cases import keyset_history, program_states, publishing
from portal.cases.database import Database
from portal.cases.keyset_history import Published
from portal.cases.program import Program
from portal.cases.tables import keysets, policies
from portal.cases.versions import newest, parsed_policy, published_policy, valid_keyset
from portal.errors import DeliveryRefused, NoSuchProgram, NoSuchVersion
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy


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
            policy = connection.execute(newest(policies, slug)).first()
            keyset = connection.execute(newest(keysets, slug)).first()
            standing = program_states.current(connection, slug)
        if policy is None:
            raise NoSuchProgram.called(slug)
        return Program(
            policy=parsed_policy(policy.source),
            policy_version=policy.version,
            keyset=valid_keyset(keyset, now),
            state=standing.state,
        )

    def names(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return the names of programs by slug; what is not published has none."""
        versions = select(policies.c.program, func.max(policies.c.version).label("version"))
        last = versions.group_by(policies.c.program).subquery()
        same = (policies.c.program == last.c.program, policies.c.version == last.c.version)
        wanted = select(policies.c.source).join(last, and_(*same))
        with self.database.reading() as connection:
            found = connection.scalars(wanted.where(policies.c.program.in_(sorted(slugs)))).all()
        return {policy.slug: policy.name for policy in map(parsed_policy, found)}

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
        return valid_keyset(row, now)

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
            row = connection.execute(newest(keysets, slug)).first()
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
            return publishing.put_policy(connection, policy, actor=actor, now=now)

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
            return publishing.put_keyset(connection, statement, policy, actor=actor, now=now)

    def keyset_history(self, slug: str) -> tuple[Published, ...]:
        """Return every keyset of a program with what it changed, newest first."""
        with self.database.reading() as connection:
            return keyset_history.history(connection, slug)


def _outdated() -> DeliveryRefused:
    return DeliveryRefused(
        "The policy or the keys this report was made for are no longer valid here.",
        hint="Open the form in a new tab, copy your text over, and send again.",
    )
