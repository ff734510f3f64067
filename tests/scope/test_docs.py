"""The examples in the docstrings of the library."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import scope

MODULES = ["scope", *(each.name for each in pkgutil.walk_packages(scope.__path__, "scope."))]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name: str) -> None:
    """What a docstring shows is what happens."""
    assert doctest.testmod(import_module(name)).failed == 0
