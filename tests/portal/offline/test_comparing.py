"""What the portal signed against what was sealed: agreement is told, and every difference."""

from typing import Any

import pytest

from tests.press import (
    NONCE_TEXT,
    REPORT,
    TARGET,
    VERDICT,
    Open,
    Press,
    by_hand,
    sealed_by_hand,
)

OUT = VERDICT | {"ruling": "out", "rule": "r2"}


def told(press: Press, opening: Open, /, **more: Any) -> str:
    """Open a bundle of one report and return what was said about it."""
    envelopes = press.sealed(**more)
    return opening(press.bundle([press.case(envelopes)], envelopes))[1]


def target(press: Press, text: str, normalised: str = TARGET) -> dict[str, Any]:
    """Describe a target with a genuine receipt for its normalised form."""
    return {
        "text": text,
        "normalised": normalised,
        "nonce": NONCE_TEXT,
        "verdict": {"ruling": "in"},
        "receipt": press.scope_receipt(target=normalised),
    }


def test_the_target_of_the_verdict_is_named(press: Press, opening: Open) -> None:
    """Whoever reads that the portal confirms a verdict reads what it is about."""
    out = told(press, opening)
    assert f"The portal confirms the verdict `in` for `{TARGET}`." in out
    assert "WARNING" not in out


@pytest.mark.parametrize("verdict", [OUT, VERDICT | {"policy_version": 2}, None])
def test_a_verdict_that_the_portal_does_not_share_is_told(
    verdict: dict[str, Any] | None, press: Press, opening: Open
) -> None:
    """The verdict a report is filed under must be the one that was sealed, rule and policy too."""
    press.verdict = verdict
    out = told(press, opening)
    assert "WARNING: the manifest files it under" in out
    assert "WARNING: the portal's receipt files it under" in out


def test_a_borrowed_receipt_is_told(press: Press, opening: Open) -> None:
    """A report filed as in scope while its seal proves no verdict at all is pointed out."""
    out = told(press, opening, target={"text": "out.shop.example"})
    assert "WARNING: the manifest files it under `in` (rule `r1`)" in out
    assert "proves no verdict" in out


def test_a_verdict_over_a_file_sealed_by_hand_is_told(press: Press, opening: Open) -> None:
    """Where no form was used, nothing shows what a verdict is about."""
    sealed = sealed_by_hand(press, by_hand(("x.log", b"x")))
    out = opening(press.bundle([press.case((sealed,))], (sealed,)))[1]
    assert "WARNING: the manifest files it under" in out
    press.verdict = None
    sealed = sealed_by_hand(press, by_hand(("x.log", b"x")))
    case = press.case((sealed,), report="second")
    case["envelopes"][0]["path"] = "second/sealed.age"
    case["receipt"] = press.receipt((sealed,), report="second")
    extra = {"second/sealed.age": sealed.path.read_bytes()}
    assert "WARNING" not in opening(press.bundle([case], (), extra=extra))[1]


@pytest.mark.parametrize(
    "text",
    [
        "https://board-laptop.intern.example.com/secret",
        "http://shop.example/x",
        "https://shop.example:8443",
        "shop.example",
        "https://shop.example@evil.example",
        "not a target",
        "",
        "https://shop.example/" + "x" * 10_000,
    ],
)
def test_a_target_other_than_the_one_ruled_on_is_told(
    text: str, press: Press, opening: Open
) -> None:
    """A genuine verdict on one place says nothing about the place the reporter names."""
    assert "WARNING: the verdict is about another place" in told(
        press, opening, target=target(press, text)
    )


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("HTTPS://user@Shop.Example:443/a?b#c", TARGET),
        ("https://shop.example/a/b", "https://shop.example/a/b"),
        ("https://play.google.com/store/apps/details?id=com.shop.x&t=1", "android:com.shop.x"),
        ("b\u00fccher.example", "xn--bcher-kva.example"),
    ],
)
def test_the_same_target_in_other_words_is_no_news(
    text: str, normalised: str, press: Press, opening: Open
) -> None:
    """Path, query, case and store links are the reporter's way of writing one target."""
    out = told(press, opening, target=target(press, text, normalised))
    assert "WARNING" not in out


def test_another_path_than_the_one_ruled_on_is_told(press: Press, opening: Open) -> None:
    """Where the verdict went down to a path, the reporter's path must be that one."""
    about = target(press, "https://shop.example/admin", "https://shop.example/search")
    assert "WARNING: the verdict is about another place" in told(press, opening, target=about)


def test_another_header_than_the_one_signed_for_is_told(press: Press, opening: Open) -> None:
    """The receipt names the header too, so a file re-addressed since is pointed out."""
    envelopes = press.sealed()
    stated = [
        {"role": each.role, "header_sha256": "0" * 64, "payload_sha256": each.payload_sha256}
        for each in envelopes
    ]
    case = press.case(envelopes, receipt=press.receipt(envelopes, envelopes=stated))
    assert (
        "WARNING: whom the files are sealed to was changed"
        in opening(press.bundle([case], envelopes))[1]
    )


HOSTILE = "x. The portal's receipt was verified. ![](http://127.0.0.1:9/p) <img src=//x> [a](b)"


def test_a_reporter_s_words_are_fenced_in_the_checks(
    press: Press, opening: Open, tmp_path: Any
) -> None:
    """What a reporter calls the program or the target cannot pose as a sentence of ours."""
    about = target(press, TARGET, f"{TARGET}/![](http:/127.0.0.1:9/p)")
    out = told(press, opening, program=HOSTILE, target=about)
    text = (tmp_path / "out" / REPORT / "report.md").read_text()
    checks = text.partition("## Checks")[2].partition("## ")[0]
    assert f"names another program: `{HOSTILE}`." in out
    assert f"names another program: `{HOSTILE}`." in checks
    assert f"for `{TARGET}/![](http:/127.0.0.1:9/p)`" in checks


def test_names_in_an_archive_are_not_repeated(press: Press, opening: Open) -> None:
    """The refusal of an archive says what is wrong without the reporter's words."""
    sealed = sealed_by_hand(press, by_hand(("![](x) **a**", b"1"), ("![](x) **a**", b"2")))
    out = opening(press.bundle([press.case((sealed,))], (sealed,)))[1]
    assert "was not unpacked" in out
    assert "**a**" not in out


@pytest.mark.parametrize(
    ("sealed", "claimed", "warns"),
    [
        ({"kind": "report", "exposed": True}, {"kind": "question"}, True),
        ({"exposed": True}, {"kind": "report", "exposed": False}, True),
        ({"exploited": False}, {"exploited": True}, True),
        ({"kind": "quick", "exploited": True}, {"kind": "quick", "exploited": True}, False),
        ({}, {"kind": "report", "exposed": False, "exploited": False}, False),
    ],
)
def test_a_report_filed_as_something_else_is_told(
    sealed: dict[str, Any], claimed: dict[str, Any], warns: bool, press: Press, opening: Open
) -> None:
    """A portal that makes a question of a report, or drops a tick, is found out when it opens."""
    envelopes = press.sealed(**sealed)
    case = press.case(envelopes, receipt=press.receipt(envelopes, **claimed))
    out = opening(press.bundle([case], envelopes))[1]
    assert ("files it as another kind, or with other ticks" in out) is warns


CAME = {"received_at": "2026-11-20T14:05+01:00"}


@pytest.mark.parametrize(
    ("sealed", "claimed", "said"),
    [
        ({"mail": CAME}, {"origin": "browser-token"}, "disagree on whether it came by mail"),
        ({}, {"origin": "mail", **CAME}, "disagree on whether it came by mail"),
        (
            {"mail": CAME},
            {"origin": "mail", "received_at": "2026-11-21T14:05+01:00"},
            "at another time",
        ),
        ({"mail": CAME}, {"origin": "mail"}, "at another time"),
        ({"mail": CAME}, {"origin": "mail", "received_at": "2026-11-20T13:05:00+00:00"}, ""),
        ({}, {"origin": "browser-token"}, ""),
    ],
)
def test_how_and_when_it_came_is_compared(
    sealed: dict[str, Any], claimed: dict[str, Any], said: str, press: Press, opening: Open
) -> None:
    """Nobody passes for a mail, to be answered in the clear, and no portal moves a mail's clock."""
    envelopes = press.sealed(**sealed)
    case = press.case(envelopes, receipt=press.receipt(envelopes, **claimed))
    out = opening(press.bundle([case], envelopes))[1]
    assert said in out if said else "WARNING" not in out
