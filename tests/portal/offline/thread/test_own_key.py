"""The key that a report sealed by hand asks answers for."""

import pytest

from portal.age.identities import HybridIdentity, X25519Identity
from portal.cases.program import Program
from portal.intake import by_hand
from portal.intake.form import Form
from portal.offline import report_file
from portal.offline.thread.own_key import own_key

LABEL = "Your own age public key, if you want answers:"


@pytest.mark.parametrize("kind", [X25519Identity, HybridIdentity])
@pytest.mark.parametrize("shape", ["{} {}", "{}\n{}\n", "x\n{}\n\n`{}`\ny"])
def test_a_key_is_found(kind: type[X25519Identity | HybridIdentity], shape: str) -> None:
    """On the line, or on the next one, of either kind."""
    key = str(kind.generate().recipient)
    assert own_key(shape.format(LABEL, key)) == key


def test_a_doubtful_key_is_not_used() -> None:
    """None, a damaged one, one without the label, or two that differ."""
    one, two = (str(X25519Identity.generate().recipient) for _ in range(2))
    damaged = one[:-1] + ("q" if one[-1] != "q" else "p")
    for text in ("", LABEL, f"{LABEL} {damaged}", one, f"{LABEL} {one}\n{LABEL} {two}"):
        assert own_key(text) is None
    assert own_key(f"{LABEL} {one}\n{LABEL} {one}") == one


def test_the_form_to_fill_in_asks_for_it(program: Program) -> None:
    """With the command that makes one; left open, it leaves no trace in the report."""
    text = by_hand.template(program, Form.of(program.policy))
    assert "age-keygen -o key.txt" in text
    assert text.rstrip().endswith(LABEL)
    assert "remarks" not in report_file.read(text).fields
    key = str(X25519Identity.generate().recipient)
    filled = text.rstrip() + f" {key}\n"
    assert own_key(filled) == key
    assert key in report_file.read(filled).fields["remarks"]
