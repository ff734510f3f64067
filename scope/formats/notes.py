"""Notes that end in a line of a platform's own, such as ``Highest severity: high``.

Platforms say more about an entry than a rule has room for; it is kept in the note, where people
see it and from where it can be written back.
"""


def labelled(note: str, label: str, value: str) -> str:
    r"""Return a note with a line at its end; unchanged when there is no value.

    >>> labelled("Be kind.", "Tier", "Tier 2")
    'Be kind.\nTier: Tier 2'
    """
    if not value:
        return note
    line = f"{label}: {' '.join(value.split())}"
    return f"{note}\n{line}" if note else line


def unlabelled(note: str | None, label: str) -> tuple[str, str]:
    r"""Return a note without its last line, and the value there; "" when it is another line.

    >>> unlabelled("Be kind.\nTier: Tier 2", "Tier")
    ('Be kind.', 'Tier 2')
    """
    rest, _, last = (note or "").rpartition("\n")
    lead = f"{label}: "
    return (rest, last.removeprefix(lead)) if last.startswith(lead) else (note or "", "")
