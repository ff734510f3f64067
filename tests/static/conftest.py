"""What the tests of browser modules share: Node runs them as they are served."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

Node = Callable[..., Any]

# The script reads its input as JSON from standard input and prints its answer as JSON.
_PRELUDE = """
import {{ readFileSync }} from "node:fs"
const input = JSON.parse(readFileSync(0, "utf8"))
const load = (path) => import("file://{root}/static/" + path)
const answer = await (async () => {{
{body}
}})()
process.stdout.write(JSON.stringify(answer ?? null))
"""


@pytest.fixture(scope="session")
def node() -> Node:
    """Run a piece of JavaScript in Node: `node(body, value)` gives what the body returns.

    The body sees `input` (the value) and `load("js/token.js")`, and may await.
    """
    program = shutil.which("node")
    if program is None:
        pytest.fail("Node is needed to test the browser modules; install version 20 or later")

    def run(body: str, value: object = None, *, timeout: float = 120) -> Any:
        script = _PRELUDE.format(root=ROOT, body=body)
        done = subprocess.run(
            [program, "--no-warnings", "--input-type=module", "--eval", script],
            input=json.dumps(value),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=timeout,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(done.stderr)
        return json.loads(done.stdout)

    return run
