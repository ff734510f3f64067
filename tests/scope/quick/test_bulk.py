"""Many rules told apart at once, held to a look at each."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scope.quick import bulk, glance

TEXTS = st.text("ab1.-_*\n\u00fcX", max_size=8) | st.sampled_from(
    ["a.b.co", "com.a.b", "xcom.a.b", "a--b.co", "a..co", ".a.co", "a.co.", "a.c", "a.1c", "-a.co",
     "*.a.co", "a" * 64 + ".co", "a" * 60 + ".co", "a" * 61 + ".co", "", "\ud800.co"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_what_is_left_over_is_no_short_host(texts: list[str]) -> None:
    """A rule that gets no look of its own is one short host in that look, too."""
    others = bulk.others(texts)
    assert others == sorted(set(others))
    for place in {*range(len(texts))} - {*others}:
        found = glance.WHOLE(texts[place])
        assert found
        assert not found[1]
        assert glance.proper(texts[place])
    if not any("\n" in text for text in texts):
        hosts = [at for at, text in enumerate(texts) if _plain(text)]
        assert not {*hosts} & {*others}


def _plain(text: str) -> bool:
    """Tell whether one look calls a text a short host."""
    found = glance.WHOLE(text)
    return bool(found and not found[1] and "--" not in text and len(text) <= glance.LONGEST_LABEL)
