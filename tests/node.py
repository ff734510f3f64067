"""Browser modules, run by Node as they are served."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.live import ROOT

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


def run(body: str, value: object = None, *, timeout: float = 120) -> Any:
    """Run a piece of JavaScript and return what it returns.

    Args:
        body: Sees `input` (the value) and `load("js/token.js")`, and may await.
        value: Anything that JSON can hold.
        timeout: Seconds until it must have answered.
    """
    program = shutil.which("node")
    if program is None:
        pytest.fail("Node is needed to test the browser modules; install version 20 or later")
    done = subprocess.run(
        [
            program,
            "--no-warnings",
            "--input-type=module",
            "--eval",
            _PRELUDE.format(root=ROOT, body=body),
        ],
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
