"""The programs in a platform's JSON, and what their members hold.

A file may be one program, a list of them, or a page of either as an API sends it.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Never

from scope.errors import FormatUnreadable
from scope.formats import strict
from scope.formats.listing import Listing, Remark
from scope.formats.strict import Value
from scope.rule import Side

Members = Mapping[str, Value]

NO_LIST = "no-list"
SIDES: Mapping[str, Side] = {"in_scope": "in", "out_of_scope": "out"}  # as public dumps name them


def document(text: str) -> Value:
    """Read a platform's JSON, with or without the byte-order mark that some editors put there.

    Raises:
        FormatUnreadable: Not JSON (`strict.document`).
    """
    return strict.document(text.removeprefix("\ufeff"))


def each(root: Value, *envelopes: str) -> tuple[Value, ...]:
    """Return the objects of a document: the one it is, or those in its list or envelope.

    >>> [found.raw for found in each(Value({"items": [{"slug": "shop"}]}), "items")]
    [{'slug': 'shop'}]

    Raises:
        FormatUnreadable: It is no object and no list of objects.
    """
    if isinstance(root.raw, list):
        return tuple(root.items())
    members = root.members()
    for name in envelopes:
        if name in members and isinstance(members[name].raw, list):
            return tuple(members[name].items())
    return (root,)


def having(
    root: Value, names: AbstractSet[str], platform: str, *envelopes: str
) -> tuple[Members, ...]:
    """Return the programs of a document, of which one at least has a list of assets.

    Args:
        root: The document.
        names: Members that hold such a list.
        platform: Its name, for people.
        envelopes: Members that may hold the programs (`each`).

    Raises:
        FormatUnreadable: No program has a list, so the file is of another platform, or says no
            more than which programs there are.
    """
    found: tuple[Members, ...] = tuple(one.members() for one in each(root, *envelopes))
    if not any(names & set(one) for one in found):
        refuse(platform)
    return found


def dumped(program: Members) -> Iterator[tuple[Side, str, Members]]:
    """Yield the entries of a program as public dumps list them: side, place and members.

    Raises:
        FormatUnreadable: A list or an entry is not what it should be.
    """
    lists = program["targets"].members()
    for name, side in SIDES.items():
        if name in lists and lists[name].raw is not None:
            for number, entry in enumerate(lists[name].items(), 1):
                yield side, f"{name} {number}", entry.members()
    for name in lists:
        if name not in SIDES:
            lists[name].refuse("is a list of an unknown side")


def text(members: Members, *names: str) -> str:
    """Return the first text among some members; "" when they are absent, null or blank.

    Raises:
        FormatUnreadable: One holds something else.
    """
    for name in names:
        value = members.get(name)
        if value is not None and value.raw is not None and (found := value.text().strip()):
            return found
    return ""


def ident(members: Members, name: str = "id") -> str | None:
    """Return an id as text; platforms write them as texts and as numbers.

    Raises:
        FormatUnreadable: It is neither.
    """
    value = members.get(name)
    if value is None or value.raw is None or value.raw == "":
        return None
    whole = isinstance(value.raw, int) and not isinstance(value.raw, bool)
    return str(value.raw) if whole else value.text()


def flag(members: Members, name: str) -> bool | None:
    """Return true or false; None when it is absent or null.

    Raises:
        FormatUnreadable: It is something else.
    """
    value = members.get(name)
    return None if value is None or value.raw is None else value.flag()


def paged(listings: tuple[Listing, ...], more: bool, named: str) -> tuple[Listing, ...]:
    """Return listings with a remark, if the file is one page of several.

    >>> paged((Listing("shop"),), True, "links.next")[0].remarks[0].code
    'more-pages'
    """
    if not more or not listings:
        return listings
    remark = Remark("more-pages", named, "The file is one page of several; fetch the others too.")
    first, *rest = listings
    both = (*first.remarks, remark)
    return (
        Listing(first.name, first.include, first.exclude, first.settings, both),
        *rest,
    )


def unlisted(name: str) -> Listing:
    """Return the scope of a program whose assets the file does not list."""
    message = "The file does not say what is in scope; fetch the program itself."
    return Listing(name, remarks=(Remark(NO_LIST, name, message),))


def is_unlisted(listing: Listing) -> bool:
    """Tell whether a listing stands for a program whose assets the file does not list."""
    return any(remark.code == NO_LIST for remark in listing.remarks)


def refuse(platform: str) -> Never:
    """Say that a file has no scope in it.

    Raises:
        FormatUnreadable: Always.
    """
    raise FormatUnreadable(
        f"The file has no program of {platform} with a list of assets.",
        hint="Name the format that it is in, or fetch the program itself and not only its name.",
    )
