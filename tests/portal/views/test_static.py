"""Assets: served as written; the workers that see secrets may talk to nobody."""

import pytest
from flask.testing import FlaskClient

from portal import assets
from portal.defence import MUTE


@pytest.mark.parametrize("worker", sorted(MUTE))
def test_a_worker_that_sees_secrets_is_mute(client: FlaskClient, worker: str) -> None:
    """The browser itself keeps it from asking anything of anybody."""
    with client.get(assets.address(worker)) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" not in policy


def test_other_scripts_ask_the_portal_alone(client: FlaskClient) -> None:
    """A page fetches from where it came from."""
    with client.get(assets.address("js/dom.js")) as answer:
        assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
