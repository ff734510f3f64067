"""The templates as the application sets them up, without a server around them."""

from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal import assets, house
from portal.policy.pack import Policy
from portal.views import filters

PACKS = ("integratpark", "iwelcome", "onefactory", "unnamed")


@pytest.fixture(scope="session")
def pages() -> Environment:
    """Renders templates; a name that nobody provides is an error, not a blank."""
    environment = Environment(
        loader=FileSystemLoader(house.folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=assets.address, build="0123456789abcdef")
    environment.filters.update(filters.FILTERS)
    return environment


@pytest.fixture(scope="session")
def ui(pages: Environment) -> Any:
    """The macros, as Python callables that return markup."""
    return pages.get_template("_macros.html").module


@pytest.fixture(scope="session")
def policy() -> Callable[[str], Policy]:
    """Reads one of the shipped packs by its file name."""

    def read(name: str) -> Policy:
        pack = house.folder("policies") / f"{name}.toml"
        return Policy.parse(pack.read_text(encoding="utf-8"))

    return read


@pytest.fixture(params=PACKS)
def published(request: pytest.FixtureRequest, policy: Callable[[str], Policy]) -> Policy:
    """Each of the four published policies in turn."""
    return policy(request.param)
