"""Held data: guidance and attestation follow the pack, or else its kind."""

from typing import get_args

import pytest

from portal.policy.held_data import DATA, DataHandling, DataKind


def test_each_kind_has_a_sentence_of_its_own() -> None:
    """S0-18, S1-9, S3-13: no kind borrows the words of another; all speak in the first person."""
    said = [DataHandling(kind, "T").statement for kind in DATA]
    assert len(set(said)) == len(said) == len(get_args(DataKind))
    assert all(sentence.startswith("I ") and sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize("kind", DATA)
def test_the_words_of_the_pack_come_first(kind: DataKind) -> None:
    """What the pack says is shown and signed, and not the sentence that fits its kind."""
    own = DataHandling(kind, "Text", receipt="Receipt", attest="I did.")
    assert (own.guidance, own.statement) == ("Receipt", "I did.")
    assert DataHandling(kind, "Text").guidance == "Text"


def test_only_what_goes_with_the_report_is_purged() -> None:
    """S0-18: purging belongs to the one kind; under the others, data is deleted."""
    endings = {kind: DataHandling(kind, "T").ending for kind in DATA}
    assert endings == {
        "purge_on_report": "purged",
        "do_not_keep": "deleted",
        "keep_encrypted": "deleted",
    }
