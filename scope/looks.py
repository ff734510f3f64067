"""What a file looks like before it is read: plain rules, or something else.

A file of another kind that is read as plain rules permits what it excludes: an exclusion in JSON or
YAML stands on a line of its own, like a rule.
"""

import re

# JSON, XML, YAML or the head of a table in the first line that says something. No rule starts so,
# though `{a,b}.example`, `[2001:db8::1]` and `<name>.example` are rules.
_DOCUMENT = re.compile(
    r"""\ufeff?(?:\s*+\#.*+\n)*+\s*+
    (?: <[?!] | <\w+(?:>?\s*?$ | >\s*< | \s+\w+=) | [{\[]\s*(?:["{\[\]}]|$) | ---\s | \w+:\s*?$
      | \w+(?:,\w+)+\s*?$ )""",
    re.MULTILINE | re.VERBOSE,
)
_SIDES = ("# .inscope\n", "# .noscope\n")  # the two files of one tool, put together


def plain(text: str) -> bool:
    r"""Tell whether a file can be taken for plain rules, one a line.

    >>> plain("# mine\n[2001:db8::1]:8443\n"), plain('["old.shop.example"]'), plain("out:\n- a.b\n")
    (True, False, False)
    """
    expressions = "\\." in text or text.startswith(("^", "!^")) or "\n^" in text or "\n!^" in text
    return not (expressions or any(each in text for each in _SIDES) or _DOCUMENT.match(text))
