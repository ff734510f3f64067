"""What of a target a command sends to be checked: scheme, host and port, the path if asked for.

Never a user name, a query or a fragment: those often carry secrets of a live session.
`static/js/sent-target.js` makes the same cut; both are tested with the same rows.
"""

import re
import unicodedata

import scope

LONGEST = 300  # UTF-16 units, as scripts count: a host name has 253 at most

# What a browser's `trim` takes away: ECMA-262, sections "White Space" and "Line Terminators".
_BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_FLAGS = re.IGNORECASE | re.ASCII
_PORT = re.compile(r"(?P<host>.+?)(?::\d{1,5})?", re.ASCII | re.DOTALL)
_ADDRESS = re.compile(  # version 6
    r"\[[0-9a-f:.]+\](?::\d{1,5})?|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*", _FLAGS
)
_WRITTEN = re.compile(r"(?:([a-z][a-z0-9+.-]*)://)?([^/?#\\]*)([/\\][^?#]*)?", _FLAGS)
_APP = re.compile(r"(?:android|ios):[\w.-]+", _FLAGS)


def sent_target(text: str, *, uses_paths: bool) -> str | None:
    """Return what is fit to be sent to the checker.

    Args:
        text: As typed.
        uses_paths: Whether the policy has rules about paths, so that the path may go too.

    Returns:
        None when the text cannot be cut down safely, so nothing of it may be sent.
    """
    trimmed = text.strip(_BLANKS)
    sent = _app(trimmed) or _address(trimmed, uses_paths=uses_paths)
    if sent is None or len(sent.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
        return None
    return sent


def _app(text: str) -> str | None:
    """Return an app's name, also when a link to its store names it."""
    if _APP.fullmatch(text):
        return text
    try:
        app = str(scope.normalise(text))
    except scope.InvalidTarget:
        return None
    # What is merely shaped like a package name is for the checker to judge.
    bare = text.startswith(app.partition(":")[2])
    return app if _APP.fullmatch(app) and not bare else None


def _address(text: str, *, uses_paths: bool) -> str | None:
    match = _WRITTEN.match(text)
    if match is None:
        return None
    scheme, authority, path = (part or "" for part in match.groups())
    host = authority.rpartition("@")[2]
    if not _is_name(host) and not _ADDRESS.fullmatch(host):
        return None
    lead = f"{scheme}://" if scheme else ""
    return lead + host + (path.replace("\\", "/") if uses_paths else "")


def _is_name(host: str) -> bool:
    """Say whether a text is made of what names are made of, and perhaps a port."""
    match = _PORT.fullmatch(host)
    return match is not None and all(
        each in ".-_*" or unicodedata.category(each)[0] in "LMN" for each in match["host"]
    )
