"""The staff's pages, from the package: the very templates that the portal has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from jinja2 import Environment, FileSystemLoader

from portal import assets, house
from portal.views.filters import FILTERS

PAGES: Final[Mapping[str, str]] = {
    "/staff/": "staff/queue.html",
    "/staff/account": "staff/account.html",
    "/staff/audit": "staff/audit.html",
    "/staff/keys": "staff/keys.html",
    "/staff/people": "staff/people.html",
    "/staff/sign-in": "local/ended.html",  # where a page goes when the desk key has ended
    "/start": "local/start.html",
}
OPEN: Final = frozenset({"/start", "/staff/sign-in"})  # shown to whoever finds the host name
# Pages of one thing each; their scripts read in the address which.
OF_ONE: Final[Mapping[re.Pattern[str], str]] = {
    re.compile(r"/staff/reports/[0-9a-z-]{1,64}", re.ASCII): "staff/report.html",
    re.compile(r"/staff/programs/[0-9a-z-]{1,64}/enter", re.ASCII): "staff/enter.html",
    re.compile(r"/staff/keys/[0-9a-z-]{1,64}", re.ASCII): "staff/keys.html",
}


def _environment() -> Environment:
    folder = house.folder("templates")
    made = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(asset=assets.address, build=assets.build())
    made.filters.update(FILTERS)
    return made


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders pages in which reports may be opened.

    Attributes:
        portal: Address of the portal's own desk, where acts that take a passkey are done.
    """

    portal: str
    _templates: Environment = field(default_factory=_environment, repr=False)

    def page(self, path: str, roots: Mapping[str, str]) -> str | None:
        """Return the page at an address; None when there is none.

        Args:
            path: Of the address.
            roots: Fingerprint of the root key of each program that was pinned, by slug.
        """
        found = (name for shape, name in OF_ONE.items() if shape.fullmatch(path))
        template = PAGES.get(path) or next(found, None)
        if template is None:
            return None
        shown = {"opening": True, "roots": dict(roots), "portal": self.portal}
        return self._templates.get_template(template).render(**shown)
