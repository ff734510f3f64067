"""Every version of a program's policy, and what each one changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from portal.cases.catalogue import Catalogue
from portal.cases.editions import chosen, editions
from portal.cases.versions import parsed_policy
from portal.policy import changes
from portal.policy.changes import PartChanges
from scope.formats.portico import Edition


@lru_cache(maxsize=256)
def _between(before: str, after: str) -> tuple[PartChanges, ...]:
    """Compare two published texts, once: anybody may ask, and they never change."""
    return changes.between(parsed_policy(before), parsed_policy(after))


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a policy.

    Attributes:
        edition: Its number, hash and time.
        before: The version before it; None for the first.
        changes: What it says differently, part by part; nothing for the first.
        texts: The pack before it and its own, as published; None for the first.
        newest: Whether it is the version in force.
    """

    edition: Edition
    before: Edition | None
    changes: tuple[PartChanges, ...]
    texts: tuple[str, str] | None = field(repr=False)
    newest: bool

    @property
    def version(self) -> int:
        """Its number, counted from 1."""
        return self.edition.version

    @property
    def raw(self) -> str:
        """The two texts as a unified diff, made when it is shown; empty for the first."""
        if self.before is None or self.texts is None:
            return ""
        names = (f"version {self.before.version}", f"version {self.version}")
        return changes.raw(*self.texts, names=names)


def history(catalogue: Catalogue, slug: str) -> tuple[Revision, ...]:
    """Return every version of a program's policy, newest first.

    Raises:
        NoSuchProgram: None of that name is published.
    """
    published = editions(catalogue.database, slug)
    return tuple(_revision(catalogue, slug, published, place) for place in range(len(published)))


def revision(catalogue: Catalogue, slug: str, asked: str) -> Revision:
    """Return one version of a program's policy.

    Args:
        catalogue: Knows the policies.
        slug: The program.
        asked: The number as it stood in the address.

    Raises:
        NoSuchProgram: None of that name is published.
        NoSuchVersion: The policy was never published in that version.
        VersionRefused: It is no number from 1 on.
    """
    published = editions(catalogue.database, slug)
    found = chosen(published, [asked], listed=f"/{slug}/history")
    return _revision(catalogue, slug, published, published.index(found))


def _revision(
    catalogue: Catalogue, slug: str, published: Sequence[Edition], place: int
) -> Revision:
    edition = published[place]
    if place + 1 == len(published):
        return Revision(edition, None, (), None, newest=place == 0)
    before = published[place + 1]
    old = catalogue.policy(slug, before.version)
    new = catalogue.policy(slug, edition.version)
    return Revision(
        edition=edition,
        before=before,
        changes=_between(old.source, new.source),
        texts=(old.source, new.source),
        newest=place == 0,
    )
