"""What the tests of browser modules share: Node runs them as they are served."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import node as nodes

Node = Callable[..., Any]


@pytest.fixture(scope="session")
def node() -> Node:
    """Run a piece of JavaScript in Node: `node(body, value)` gives what the body returns.

    The body sees `input` (the value) and `load("js/token.js")`, and may await.
    """
    return nodes.run
