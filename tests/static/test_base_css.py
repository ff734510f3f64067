"""The look: readable in light and in dark, and nothing fetched from anywhere."""

import re
from pathlib import Path

import pytest

from portal import house

SHEETS = sorted((house.folder("static") / "css").glob("*.css"))
BASE = (house.folder("static") / "css" / "base.css").read_text(encoding="utf-8")
TEXT = 4.5  # contrast that text needs, WCAG 2.2 success criterion 1.4.3
EDGE = 3.0  # contrast that edges and focus rings need, 1.4.11
WORDS_ON = [
    *(
        (word, ground)
        for word in ("ink", "ink-soft", "deep", "brass")
        for ground in ("paper", "stone")
    ),
    ("on-deep", "deep"),
    ("on-deep", "deep-strong"),
    *((ruling, f"{ruling}-ground") for ruling in ("in", "out", "unknown", "partial", "review")),
    *(("ink", f"{ruling}-ground") for ruling in ("in", "out", "unknown", "partial", "review")),
    *(("ink-soft", f"{ruling}-ground") for ruling in ("in", "out", "unknown", "partial", "review")),
    *(("deep", f"{ruling}-ground") for ruling in ("in", "out", "unknown", "partial", "review")),
    ("in", "paper"),
    ("out", "paper"),
    ("out", "stone"),
    ("invalid", "paper"),
]
EDGES_ON = [("edge", "paper"), ("edge", "stone"), ("focus", "paper"), ("focus", "stone")]
EDGES_ON += [
    ("edge", f"{ruling}-ground") for ruling in ("in", "out", "unknown", "partial", "review")
]


def tokens(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme; what dark leaves out it takes from light."""
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", BASE, re.DOTALL)[:2]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return found | dict(
        re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark if scheme == "dark" else "")
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read(scheme: str) -> None:
    """Every colour of text holds 4.5 to 1 on every ground it is used on."""
    colours = tokens(scheme)
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WORDS_ON}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_focus_can_be_seen(scheme: str) -> None:
    """Borders of fields and the ring of the keyboard hold 3 to 1."""
    colours = tokens(scheme)
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in EDGES_ON}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < EDGE} == {}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_fetches_nothing(path: Path) -> None:
    """No fonts, no imports, no pictures: a page shows who visits to nobody."""
    assert not re.search(r"url\(|@import|@font-face", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_colours_are_tokens(path: Path) -> None:
    """Outside the tokens no colour is written out, so that dark reaches everything."""
    source = re.sub(r":root \{.*?\n\s*\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r":[^;{}]*(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()", source)
