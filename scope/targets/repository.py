"""Repositories on shared hosts: how they are cloned, and what their hosts take for the same."""

import re

from scope.places.addresses import Addresses

SHARED_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})

_LETTERS = re.compile(r"(%[0-9A-F]{2})|[A-Z]+")
_GIT = re.compile(r"(?:\.git)+\Z")
_CLONE = re.compile(r"git@([\w.-]+):([^:]+?)/?", re.ASCII)


def unclone(text: str) -> str:
    """Write the address that a repository is cloned from as a URL; leave any other text alone.

    >>> unclone("git@github.com:shop/app.git")
    'https://github.com/shop/app.git'
    """
    found = _CLONE.fullmatch(text)
    return f"https://{found[1]}/{found[2]}" if found else text


def folded(host: str | Addresses, where: str) -> str:
    """Write owner and name of a repository in lower case: code hosts do not tell them apart.

    >>> folded("github.com", "/Shop/App.git/Blob/README")
    '/shop/app/Blob/README'
    """
    if host not in SHARED_CODE_HOSTS:
        return where
    segments = where.split("/")
    segments[1:3] = map(_either_case, segments[1:3])
    return "/".join(segments)


def _either_case(segment: str) -> str:
    """Write an owner or name in lower case, but no escape, and without ``.git`` at its end.

    >>> _either_case("Caf%C3%89.GIT"), _either_case("..git")
    ('caf%C3%89', '..git')
    """
    lower = _LETTERS.sub(lambda found: found[0] if found[1] else found[0].lower(), segment)
    bare = _GIT.sub("", lower)
    return bare if bare.strip(".") else lower
