"""Public suffixes, from the list that another package carries along."""

import subprocess
import sys

import pytest
import tldextract

from scope.places import suffix

# Where a star of the list stands beside a longer rule, `tldextract` overlooks the star; the list's
# own algorithm does not, and to call more names shared is the careful side.
BESIDE_A_LONGER_RULE = frozenset({
    "customer-oci.com", "firenet.ch", "futurecms.at", "snowflake.app", "wc.psl.hrsn.dev",
})  # fmt: skip
NAMES = ["shop.com", "a.b.shop.co.uk", "node.js", "db.corp", "com", "10.0.0.1", "", "x", "a_b.de"]


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Return every rule of the list as a name, with labels in place of stars and before it."""
    rules = [rule for rule in suffix.rules() if rule and not rule.startswith("//")]
    plain = [rule.removeprefix("!").replace("*", "label") for rule in rules]
    encoded = [".".join(map(ascii_form, name.split("."))) for name in plain]
    return [*NAMES, *encoded, *(f"a.{name}" for name in encoded), *(f"b.a.{n}" for n in encoded)]


def ascii_form(label: str) -> str:
    """Write a label in ASCII."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


@pytest.mark.parametrize("private", [True, False])
def test_suffixes_are_those_of_the_reference(names: list[str], private: bool) -> None:
    """For every rule of the list, and names below it, both read the same suffix."""
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    for name in names:
        if private and name.partition(".")[2] in BESIDE_A_LONGER_RULE:
            continue
        expected = extract.extract_str(name, include_psl_private_domains=private).suffix
        assert suffix.public_suffix(name, private=private) == expected, name


def test_a_star_counts_beside_a_longer_rule() -> None:
    """All names below one with a star are suffixes, whatever else the list has there."""
    assert suffix.public_suffix("ocp.customer-oci.com", private=True) == "ocp.customer-oci.com"


def test_a_name_longer_than_any_has_no_suffix() -> None:
    """No time is spent on what cannot be a name."""
    assert suffix.public_suffix("a." * 1_000_000 + "com", private=True) == ""


def test_the_package_that_carries_the_list_is_never_run() -> None:
    """To read the list loads no HTTP client, nor anything else of that package."""
    code = (
        "import sys; from scope.places import suffix; assert suffix.is_shared('co.uk');"
        "print({'tldextract', 'requests', 'socket', 'typing', 'dataclasses'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the list nothing is guessed."""
    monkeypatch.setattr(suffix, "CARRIER", "no_such_package")
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        suffix._text()


def test_the_list_is_found_in_an_archive(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package may be a folder or lie in an archive on the path."""
    import zipfile

    archive = tmp_path_factory.mktemp("packages") / "packages.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("carrier/__init__.py", "raise AssertionError('it was run')")
        packed.writestr("carrier/.tld_set_snapshot", "// a list\nexample\n*.shop.example\n")
    monkeypatch.setattr(suffix, "CARRIER", "carrier")
    monkeypatch.syspath_prepend(str(archive))
    assert suffix._text() == "// a list\nexample\n*.shop.example\n"
