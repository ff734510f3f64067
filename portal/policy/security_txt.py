"""``security.txt`` (RFC 9116): where to report, made from the pack.

Its `Expires` rolls: it always lies `VALID` ahead, counted from midnight, so that the file is the
same for a whole day and never runs out while the portal is alive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from portal.policy.pack import Policy

VALID: Final = timedelta(days=180)  # less than a year is advised, RFC 9116 section 2.5.5
WELL_KNOWN: Final = "/.well-known/security.txt"

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A program, as far as its file is concerned.

    Attributes:
        policy: The policy in force.
        root: Fingerprint of the key that signs its keysets; None before the first.
        takes_reports: Whether it is neither paused nor closed.
        places: Addresses at which its file stands besides its own page, in full.
    """

    policy: Policy
    root: str | None = None
    takes_reports: bool = True
    places: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.policy.slug


@dataclass(frozen=True, slots=True)
class SecurityTxt:
    """A file that can be written, or compared with one that somebody signed.

    Attributes:
        fields: Names and values in their order, `Expires` left out.
        expires: When it runs out, aware.
        remarks: Lines of comment, for people.
    """

    fields: tuple[Field, ...]
    expires: datetime
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The file, in lines that end with LF (RFC 9116 section 2.2)."""
        listed = (*self.fields, ("Expires", f"{self.expires:%Y-%m-%dT%H:%M:%SZ}"))
        return "".join(f"# {one}\n" for one in self.remarks) + "".join(
            f"{name}: {value}\n" for name, value in listed
        )


def of_program(subject: Subject, *, url: str, now: datetime) -> SecurityTxt:
    """Return the file of one program.

    Args:
        subject: The program.
        url: The portal's own address, without a trailing slash.
        now: Present time, aware.
    """
    policy, base = subject.policy, f"{url}/{subject.slug}"
    fields = (
        *(("Contact", one) for one in _contacts(subject, base)),
        ("Encryption", f"{base}/keys"),
        *((("Acknowledgments", f"{base}/thanks"),) if _thanks(policy) else ()),
        *((("Preferred-Languages", ", ".join(policy.languages)),) if policy.languages else ()),
        *(("Canonical", place) for place in subject.places),
        ("Canonical", f"{base}/security.txt"),
        ("Policy", f"{base}/"),
    )
    return SecurityTxt(fields, _expiry(now), (policy.name, *_root(subject)))


def of_operator(subjects: Iterable[Subject], *, url: str, now: datetime) -> SecurityTxt:
    """Return the file of the portal itself: one contact for each program, by their names.

    Args:
        subjects: The programs.
        url: The portal's own address, without a trailing slash.
        now: Present time, aware.
    """
    listed = sorted(subjects, key=lambda one: one.policy.name.casefold())
    bases = [(one, f"{url}/{one.slug}") for one in listed]
    fields = (
        *(("Contact", next(_contacts(one, base))) for one, base in bases),
        *(("Encryption", f"{base}/keys") for _, base in bases),
        *(("Acknowledgments", f"{base}/thanks") for one, base in bases if _thanks(one.policy)),
        ("Canonical", f"{url}{WELL_KNOWN}"),
        *(("Policy", f"{base}/") for _, base in bases),
    )
    remarks = ["One contact for each program, in this order:"]
    for one, _ in bases:
        remarks += [f"  {one.policy.name}", *(f"    {line}" for line in _root(one))]
    return SecurityTxt(fields, _expiry(now), tuple(remarks))


def _contacts(subject: Subject, base: str) -> Iterator[str]:
    """Yield where to report, most preferred first; the policy page where there is nothing else."""
    if subject.takes_reports:
        yield f"{base}/report"
    yield from (contact.uri for contact in subject.policy.contacts)
    if not (subject.takes_reports or subject.policy.contacts):
        yield f"{base}/"


def _thanks(policy: Policy) -> bool:
    return policy.recognition is not None and policy.recognition.thanks


def _root(subject: Subject) -> tuple[str, ...]:
    """Return the remark that lets people compare the root key with the one on the keys page."""
    return (f"Keysets are signed by the root key {subject.root}",) if subject.root else ()


def _expiry(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date(), time(tzinfo=UTC)) + VALID
