"""The bundled libraries: what is committed is what the pinned sources give."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"


def test_the_bundle_is_what_its_sources_give() -> None:
    """Rebuilding from the pinned packages gives the committed bundle, byte for byte."""
    done = subprocess.run(
        ["node", "static/vendor/build.mjs", "--check"],
        capture_output=True,
        text=True,
        cwd=VENDOR.parents[1],
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_published_hash_is_the_bundles() -> None:
    """Anyone can compare the served bundle with its published SHA-256."""
    published = (VENDOR / "age.js.sha256").read_text("ascii")
    digest = hashlib.sha256((VENDOR / "age.js").read_bytes()).hexdigest()
    assert published == f"{digest}  age.js\n"


def test_the_bundle_fits_the_content_policy() -> None:
    """No generated code, no WebAssembly, no network and no weak randomness inside."""
    code = (VENDOR / "age.js").read_text("ascii")
    assert not re.search(
        r"\beval\(|\bnew Function|\bFunction\(|WebAssembly|Math\.random|\bfetch\(|XMLHttpRequest"
        r"|\bimport\(|new Worker|innerHTML|document\.",
        code,
    )


def test_every_bundled_package_has_its_licence() -> None:
    """The licence text of each package in the bundle travels with it."""
    text = (VENDOR / "age.LICENSES.txt").read_text("utf-8")
    for package in ("age-encryption", "ciphers", "curves", "hashes", "post-quantum", "base"):
        assert re.search(rf"^(@\w+/)?{package} \d+\.\d+\.\d+ \(", text, flags=re.MULTILINE), package
