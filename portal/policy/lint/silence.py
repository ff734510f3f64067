"""How a notice says that a policy is silent: it may want to be."""

from portal.policy.remarks import Found


def silent(table: str, code: str, about: str, why: str, instead: str) -> Found:
    """Return the notice that a policy does not say something.

    Args:
        table: Where it would stand.
        code: Stable name of the notice.
        about: What is not said, to follow “does not say”.
        why: Why people look for it, one sentence.
        instead: What the pack would hold, to follow “If it should,”.
    """
    hint = f"If it should, write {instead}; if not, the pages say that it does not."
    return Found((table,), "notice", code, f"The policy does not say {about}.", why, hint)
