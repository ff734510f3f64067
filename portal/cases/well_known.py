"""The ``security.txt`` files of an instance: made from packs, or signed offline by somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.cases.program_states import OPEN
from portal.hosts import host_name
from portal.policy import security_txt, signed_file
from portal.policy.security_txt import WELL_KNOWN, SecurityTxt, Subject
from portal.policy.signed_file import MAX_BYTES, Complaint

OPERATOR: Final = "_operator"  # its signed file; no program can be called that


@dataclass(frozen=True, slots=True)
class Served:
    """A file as people get it.

    Attributes:
        content: Its bytes.
        path: Where a signed one would lie, or lies.
        complaint: What is wrong with the signed one; None when there is none, or all is well.
    """

    content: bytes
    path: Path
    complaint: Complaint | None = None


@dataclass(frozen=True, slots=True)
class WellKnown:
    """Finds the right file for an address.

    Attributes:
        catalogue: Knows the programs.
        url: The portal's own address, without a trailing slash.
        hosts: Slugs of programs by the names of hosts that are theirs.
        folder: Where signed files lie, each named after its program.
    """

    catalogue: Catalogue
    url: str
    hosts: Mapping[str, str]
    folder: Path

    def of_program(self, slug: str, *, now: datetime) -> Served:
        """Return the file of one program.

        Raises:
            NoSuchProgram: None of that name is published.
        """
        alone = len(self.catalogue.slugs()) == 1
        subject = self._subject(self.catalogue.program(slug, now=now), alone=alone)
        return self._served(slug, security_txt.of_program(subject, url=self.url, now=now), now)

    def of_host(self, authority: str, *, now: datetime) -> Served:
        """Return the file of the host that was asked: its program's, or else the portal's own.

        Args:
            authority: The host as the request names it.
            now: Present time, aware.

        Raises:
            NoSuchProgram: The host belongs to a program that is not published; nobody else's
                file stands in for it.
        """
        slug = self.hosts.get(host_name(authority))
        if slug is not None:
            return self.of_program(slug, now=now)
        programs = self.catalogue.programs(now=now)
        if len(programs) == 1:
            return self.of_program(programs[0].slug, now=now)
        return self._operator(programs, now)

    def all(self, *, now: datetime) -> Iterator[tuple[str, Served]]:
        """Yield every file with the name of whose it is, the portal's own last."""
        programs = self.catalogue.programs(now=now)
        for program in programs:
            yield program.slug, self.of_program(program.slug, now=now)
        if len(programs) > 1:
            yield OPERATOR, self._operator(programs, now)

    def _operator(self, programs: tuple[Program, ...], now: datetime) -> Served:
        # Who closed for good need not be found here, unless nobody else is left.
        left = [program for program in programs if program.state != "closed"] or programs
        subjects = [self._subject(program, alone=False) for program in left]
        return self._served(
            OPERATOR, security_txt.of_operator(subjects, url=self.url, now=now), now
        )

    def _subject(self, program: Program, *, alone: bool) -> Subject:
        """Return a program as its file sees it; the only one has the portal's own file, too."""
        hosts = sorted(host for host, slug in self.hosts.items() if slug == program.slug)
        places = [f"https://{host}{WELL_KNOWN}" for host in hosts]
        own = f"{self.url}{WELL_KNOWN}"
        return Subject(
            policy=program.policy,
            root=program.keyset.fingerprint if program.keyset else None,
            # Keys that lapse for a day change no file: the form says so itself.
            takes_reports=program.state == OPEN,
            places=tuple(dict.fromkeys([*places, own] if alone else places)),
        )

    def _served(self, name: str, made: SecurityTxt, now: datetime) -> Served:
        """Return the signed file where it is right, else the one that was made."""
        path = self.folder / f"{name}.txt"
        raw = _read(path)
        if raw is None:
            return Served(made.text.encode(), path)
        complaint = signed_file.judge(raw, made, now=now)
        sound = complaint is None or complaint.serves
        return Served(raw if sound else made.text.encode(), path, complaint)


def _read(path: Path) -> bytes | None:
    """Return a file, one byte more than it may have at most; None where there is none to read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError:  # not ours to read, or a folder: said by `doctor`, and the other one is served
        return b""
