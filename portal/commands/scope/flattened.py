"""A list of many programs' domains that is taken for plain rules.

Such lists have lost the paths: a page at a host of many owners has become the host. Nothing in
them tells them from somebody's own rules, and to leave rules out unasked is no better. So all is
read, and said.
"""

from collections.abc import Collection

from scope.places.shared import FLATTENED_HOSTS

SHOWN = 3  # hosts named in a notice


def notice(name: str, include: Collection[str], exclude: Collection[str]) -> str:
    """Return what to say of plain rules that may be such a list, a line; empty for others.

    Args:
        name: Of the file.
        include: Texts of the rules that permit.
        exclude: Texts of those that forbid; such lists have none.
    """
    if exclude or FLATTENED_HOSTS.isdisjoint(include):
        return ""
    from portal.offline import visible  # most files have no such host

    shared = sorted(FLATTENED_HOSTS.intersection(include))
    named = ", ".join(shared[:SHOWN]) + (" …" if shared[SHOWN:] else "")
    return (
        f"portico: {visible.line(name)} was read as plain rules, and permits all of {named}. "
        "If it lists the domains of many programs, --from domains leaves out such hosts.\n"
    )
