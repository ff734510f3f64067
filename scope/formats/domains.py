"""Plain lists of domains, such as the dumps of many programs' scopes.

Such a list has lost paths, conditions and exclusions. A host that many owners share stood in it
for one page or one app, and a bare suffix for a slip; neither is taken as permitted.
"""

from scope.errors import FormatUnreadable, InvalidTarget
from scope.formats.listing import Listing, Remark
from scope.places import suffix
from scope.places.shared import FLATTENED_HOSTS
from scope.rule import Rule
from scope.targets.foreign import ascii_form

FLATTENED = Remark(
    "flattened",
    "",
    "A list of domains has lost paths, conditions and exclusions: look at the program's own page.",
)
SHARED = "Many owners share this host; the program meant one page or app on it. It is no rule."
SUFFIX = "Strangers register names under this suffix. It is no rule."
EMPTY = "The line has no name. It is no rule."


def read(text: str) -> tuple[Listing, ...]:
    """Read the names of a list, one a line, ``*.`` before those whose subdomains are meant.

    Raises:
        FormatUnreadable: A line excludes: to such lists that is unknown, so it is none.
    """
    rules, remarks = [], []
    for number, line in enumerate(text.splitlines(), 1):
        name = line.strip().removeprefix("\ufeff").strip()
        if name.startswith("!"):
            raise FormatUnreadable(
                f"A list of domains has no exclusions, and line {number} is one.",
                hint="Read it as plain text: --from text.",
            )
        refusal = _refusal(name)
        if refusal:
            remarks.append(refusal)
        elif name and not name.startswith("#"):
            rules.append(Rule(name, line=number))
    return (Listing("", tuple(rules), remarks=(FLATTENED, *remarks)),)


def _refusal(line: str) -> Remark | None:
    """Say why a line is no rule; None when it may be one."""
    if not line or line.startswith("#"):
        return None
    name = _plain(line)
    if not name.strip("*."):
        return Remark("no-name", line, EMPTY)
    if name in FLATTENED_HOSTS:
        return Remark("shared-host", line, SHARED)
    bare = name.removeprefix(".")
    if "*" not in bare and "/" not in bare and (name != bare or suffix.is_shared(bare)):
        return Remark("public-suffix", line, SUFFIX)
    return None


def _plain(line: str) -> str:
    """Return the host of a line in its normal form, as far as it has one."""
    host = line.rpartition("://")[2].partition("/")[0] if "://" in line else line
    try:
        return ascii_form(host).removesuffix(".")
    except InvalidTarget:
        return host.lower()
