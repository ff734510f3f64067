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
    return not (_expressions(text) or _two_sides(text) or _DOCUMENT.match(text))


def _expressions(text: str) -> bool:
    """Tell whether some lines are regular expressions; one letter is soon found in any file."""
    if "\\" in text and "\\." in text:
        return True
    return "^" in text and (text.startswith(("^", "!^")) or "\n^" in text or "\n!^" in text)


def _two_sides(text: str) -> bool:
    """Tell whether a file is the two files of one tool."""
    return "#" in text and any(each in text for each in _SIDES)
