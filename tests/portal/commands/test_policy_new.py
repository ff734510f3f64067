"""`portico policy new`: a few questions, a pack without errors, and nothing overwritten."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.config import Config
from portal.policy.pack import Policy

Portico = Callable[..., Any]
ANSWERS = """\
Tiny Shop

nobody
security@shop.com
shop.com, *.shop.com
3
nl
yes
yes
90
today
"""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Types lines for the next command."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_the_answers_make_a_pack_without_errors(
    portico: Portico, typed: Callable[[str], None], tmp_path: Path
) -> None:
    """An answer that will not do is asked for again, and an empty one takes what is proposed."""
    typed(ANSWERS)
    made = portico("policy", "new", str(tmp_path))
    path = tmp_path / "tiny-shop.toml"
    assert (made.code, made.out) == (0, f"{path}\n")
    assert "Write the bare address" in made.err
    policy = Policy.parse(path.read_text("utf-8"))
    assert (policy.slug, policy.calendar.country) == ("tiny-shop", "NL")
    assert [contact.address for contact in policy.contacts] == ["security@shop.com"]
    checked = portico("policy", "check", str(path))
    assert checked.code == 0
    assert checked.err.startswith("0 errors, 0 warnings, ")


def test_whoever_answers_little_promises_little(
    portico: Portico, typed: Callable[[str], None], tmp_path: Path
) -> None:
    """When the lines end, the rest is not stated."""
    typed("Tiny\n")
    assert portico("policy", "new", str(tmp_path)).code == 0
    policy = Policy.parse((tmp_path / "tiny.toml").read_text("utf-8"))
    assert (policy.clock_rules, policy.contacts, policy.safe_harbour) == ((), (), None)
    assert portico("policy", "check", str(tmp_path)).code == 0


def test_options_answer_beforehand(
    portico: Portico, typed: Callable[[str], None], tmp_path: Path
) -> None:
    """They are not asked again; an empty one leaves the policy silent."""
    typed("")
    words = ["--name", "Tiny", "--slug", "t", "--scope", "", "--disclosure", "6 weeks"]
    made = portico("policy", "new", str(tmp_path), *words)
    assert made.code == 0
    assert "What is the program called?" not in made.err
    policy = Policy.parse((tmp_path / "t.toml").read_text("utf-8"))
    assert policy.disclosure
    assert str(policy.disclosure.maximum) == "6 weeks"
    assert policy.scope_rules.include == ()


@pytest.mark.parametrize(
    ("lines", "words", "said"),
    [
        ("", (), "--name"),
        ("日本\n", (), "--slug"),
        ("", ("--name", "Tiny", "--country", "XX"), "--country"),
        ("", ("--name", "Tiny", "--contacts", "nobody"), "bare address"),
    ],
)
def test_what_is_missing_or_will_not_do_is_named(
    portico: Portico,
    typed: Callable[[str], None],
    tmp_path: Path,
    lines: str,
    words: tuple[str, ...],
    said: str,
) -> None:
    """Nothing is written then."""
    typed(lines)
    made = portico("policy", "new", str(tmp_path), *words)
    assert made.code == 1
    assert said in made.err
    assert not list(tmp_path.glob("*.toml"))


def test_nothing_is_ever_overwritten(
    portico: Portico, typed: Callable[[str], None], tmp_path: Path
) -> None:
    """A file of that name stays as it is, and is named."""
    path = tmp_path / "tiny.toml"
    path.write_text("mine")
    typed("Tiny\n")
    made = portico("policy", "new", str(tmp_path))
    assert made.code == 1
    assert str(path) in made.err
    assert path.read_text() == "mine"


def test_without_a_folder_it_goes_to_the_instance(
    portico: Portico, typed: Callable[[str], None], config: Config
) -> None:
    """Where `policy publish` looks for it."""
    typed("Tiny\n")
    assert portico("policy", "new").code == 0
    assert (config.policies / "tiny.toml").exists()
    assert portico("policy", "publish").code == 0
