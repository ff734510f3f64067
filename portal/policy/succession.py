"""All keysets of one program: whose receipt key counted when.

The server changes its receipt key now and then. What an older one signed stays proven by the keyset
that named it, for as long as that keyset could have been in force.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Self

from portal.errors import StatementRefused
from portal.policy import statement
from portal.policy.entries import refused
from portal.policy.keyset import Keyset


@dataclass(frozen=True, slots=True)
class Succession:
    """Keysets of one program under one root, oldest first; versions may be missing.

    Attributes:
        keysets: At least one.
    """

    keysets: tuple[Keyset, ...]

    @classmethod
    def of(cls, keysets: Iterable[Keyset]) -> Self:
        """Put keysets in their order.

        Raises:
            KeysetRefused: None, of different programs or roots, two of one version, or one that
                does not name the one before it.
        """
        ordered = tuple(sorted(keysets, key=lambda keyset: keyset.version))
        if not ordered:
            raise refused("there is none")
        if len({(one.program, one.fingerprint) for one in ordered}) != 1:
            raise refused("the versions beside it are of another program or root")
        for earlier, later in pairwise(ordered):
            follows = later.version > earlier.version + 1 or later.previous == earlier.sha256
            if later.version == earlier.version or not follows:
                raise refused(f"version {later.version} does not follow version {earlier.version}")
        return cls(ordered)

    @classmethod
    def read(cls, texts: Iterable[str], *, root: str | None) -> Self:
        """Read signed keysets of any age.

        Raises:
            KeysetRefused: See `Keyset.read` and `of`.
        """
        return cls.of(Keyset.read(text, root=root) for text in texts)

    @property
    def newest(self) -> Keyset:
        """The last one."""
        return self.keysets[-1]

    @property
    def by_version(self) -> Mapping[int, Keyset]:
        """All of them."""
        return {keyset.version: keyset for keyset in self.keysets}

    def claims(self, text: str, *, typ: str) -> dict[str, Any]:
        """Return what the server stated, under the receipt key it had at that time.

        Raises:
            StatementRefused: See `claims_any`.
        """
        return self.claims_any(text, kinds=(typ,))[1]

    def claims_any(self, text: str, *, kinds: Iterable[str]) -> tuple[str, dict[str, Any]]:
        """Return kind and claims of a statement of one of these kinds.

        Raises:
            StatementRefused: Not such a statement, altered, by a key that no keyset names, or
                dated when that key did not count.
        """
        wanted = tuple(kinds)
        for key in {one.receipt_key.kid: one.receipt_key for one in self.keysets}.values():
            with suppress(StatementRefused):
                typ, claims = statement.verify_any(text.strip(), key=key.public, kinds=wanted)
                break
        else:
            raise StatementRefused(
                "It was not signed with a receipt key of the portal, or it was changed since.",
                hint="Portals change their key now and then: an export carries every keyset.",
            )
        self._require_in_use(key.kid, _issued(claims))
        return typ, claims

    def _require_in_use(self, kid: str, at: datetime) -> None:
        """Make sure that a key counted at a moment.

        A key that a later keyset replaced counts for as long as the last one that names it, so a
        stolen old key signs nothing new.
        """
        naming = [one for one in self.keysets if one.receipt_key.kid == kid]
        within = any(
            one.receipt_key.valid_from <= at <= one.receipt_key.valid_until for one in naming
        )
        replaced = naming[-1] is not self.newest
        if not within or (replaced and at >= naming[-1].expires):
            raise StatementRefused(
                "It is dated outside the time its key was in use.", hint="Do not rely on it."
            )


def _issued(claims: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(claims["iat"], UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise StatementRefused("It carries no date.", hint="Do not rely on it.") from None
