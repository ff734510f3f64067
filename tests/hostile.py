"""Texts made to hold a reader up, and a way to see whether they do."""

import time
from collections.abc import Callable

Text = Callable[[int], str]
Work = Callable[[str], object]

SMALL, TIMES = 2_000, 4  # letters of the shorter text, and how many times longer the other is
MOST = 8.0  # times the work that the longer text may take; were it quadratic, it would be 16
WORST = 2.0  # seconds for the longer text, however long the shorter one takes
FLOOR = 0.05  # seconds that anything may take, since so little cannot be measured
TRIES = 4  # on a busy machine one run says little

# Each makes a text of about so many letters.
SHAPES: dict[str, Text] = {
    "one label": lambda size: "a" * size + ".shop.com",
    "labels": lambda size: "a." * (size // 2) + "shop.com",
    "foreign letters": lambda size: "\u00fc" * size + ".shop.com",
    "letters that grow": lambda size: "\u0130\ufdfa" * (size // 2) + ".com",
    "accents": lambda size: "a" + "\u0301" * size + ".com",
    "foreign dots": lambda size: "a\u3002" * (size // 2) + "com",
    "punycode": lambda size: "xn--" + "a9" * (size // 2) + ".shop.com",
    "half letters": lambda size: "\ud800" * size + ".shop.com",
    "invisible letters": lambda size: "\u00ad" * size + "shop.com",
    "digits": lambda size: "1" * size,
    "octets": lambda size: "1." * (size // 2),
    "octet lists": lambda size: "10.0.0." + ",".join(str(each % 256) for each in range(size // 4)),
    "dashes": lambda size: "10.0.0.1" + "-" * size,
    "words and dashes": lambda size: " - " * (size // 3) + "10.0.0.1",
    "words and colons": lambda size: "a: " * (size // 3) + "10.0.0.1",
    "colons": lambda size: "1:" * (size // 2),
    "brackets and colons": lambda size: "[" + ":" * size + "]",
    "zone": lambda size: "fe80::1%" + "a" * size,
    "schemes": lambda size: "https://" * (size // 8),
    "long scheme": lambda size: "a+" * (size // 2) + "://shop.com",
    "backslashes": lambda size: "https:" + "\\" * size + "shop.com",
    "users": lambda size: "https://" + "@" * size + "shop.com",
    "port": lambda size: "shop.com:" + "0" * size + "1",
    "slashes": lambda size: "https://shop.com" + "/" * size,
    "dots": lambda size: "https://shop.com/" + "a/../" * (size // 5),
    "hidden dots": lambda size: "https://shop.com/" + "%2e%2e/" * (size // 7),
    "percent signs": lambda size: "https://shop.com/" + "%25" * (size // 3),
    "layers": lambda size: "https://shop.com/%" + "25" * (size // 2) + "2e",
    "escaped host": lambda size: "https://" + "%61" * (size // 3) + ".com",
    "semicolons": lambda size: "https://shop.com/" + ";" * size,
    "keys": lambda size: "shop.com/?" + "&".join(f"k{each}=1" for each in range(size // 6)),
    "fragments": lambda size: "shop.com/" + "#" * size,
    "stars": lambda size: "*" * size + ".shop.com",
    "stars and letters": lambda size: "*a" * (size // 2) + ".shop.com",
    "star labels": lambda size: "*." * (size // 2) + "shop.com",
    "stars in a path": lambda size: "shop.com/" + "*a" * (size // 2),
    "star segments": lambda size: "shop.com" + "/*" * (size // 2),
    "opening brackets": lambda size: "(" * size,
    "closing brackets": lambda size: "shop.com" + ")" * size,
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2) + ".shop.com",
    "empty brackets": lambda size: "[]" * (size // 2),
    "brackets after blanks": lambda size: " (" * (size // 2),
    "bracket after a name": lambda size: "shop.com(" + "ab" * (size // 2),
    "choices": lambda size: "a{1,2}" * (size // 6) + ".shop.com",
    "choices before a tail": lambda size: "{1,2}" * 10 + "a" * size + ".shop.com",
    "choices in a path": lambda size: "shop.com/" + "(a|b)" * 10 + "a" * size,
    "spans": lambda size: "s(1to999999)" * (size // 12),
    "span with a tail": lambda size: "s(0001to1000)" + "a." * (size // 2) + "shop.com",
    "bars": lambda size: "a|" * (size // 2) + "shop.com",
    "suffixes": lambda size: "www.shop.com" + " | .fr" * (size // 6),
    "list": lambda size: ", ".join(f"h{each}.shop.com" for each in range(size // 14)),
    "list of links": lambda size: " ".join(f"https://h{n}.shop.com/a" for n in range(size // 22)),
    "list of ranges": lambda size: ", ".join(f"10.0.{n % 256}.1-9" for n in range(size // 12)),
    "ands": lambda size: "shop.com and " * (size // 13) + "10.0.0.0/8",
    "prose": lambda size: "our shop is open " * (size // 17),
    "prose with names": lambda size: "see " + " ".join(f"h{n}.shop.com" for n in range(size // 14)),
    "refusals": lambda size: "shop.com " + "not " * (size // 4),
    "subdomains of": lambda size: "any " * (size // 4) + "subdomains of shop.com",
    "resolves to": lambda size: "anything that resolves to " * (size // 26) + "10.0.0.0/8",
    "blanks": lambda size: "1" + " " * size + "-",
    "blanks before a mark": lambda size: "shop.com" + " " * size + "x#",
    "tabs and marks": lambda size: "shop.com" + "\t#" * (size // 2),
    "quotes": lambda size: '"' * size + "shop.com",
    "commas": lambda size: "shop.com" + "," * size,
    "escaped stars": lambda size: "\\*" * (size // 2) + ".shop.com",
    "placeholders": lambda size: "<x>" * (size // 3) + ".shop.com",
    "open placeholders": lambda size: "<https://" * (size // 9),
    "hashes": lambda size: "#" * size + ".shop.com",
    "percent names": lambda size: "%a" * (size // 2),
    "package": lambda size: "com." + "a." * (size // 2) + "b",
    "android": lambda size: "android:" + "a." * (size // 2) + "b",
    "store": lambda size: "https://play.google.com/store/apps/details?" + "id=a.b&" * (size // 7),
    "number": lambda size: "id" + "1" * size,
    "clone": lambda size: "git@" * (size // 4) + "shop.com:a/b.git",
    "repository": lambda size: "https://github.com/" + "a/" * (size // 2),
    "mail": lambda size: "a" * size + "@shop.com",
    "anchored": lambda size: "^" + r"(a+)+\." * (size // 7) + "$",
    "classes": lambda size: "^" + "[a-z" * (size // 4) + "$",
    "quoted": lambda size: r"\Q" * (size // 2) + r"\E",
    "empty lines": lambda size: "\n" * size,
    "bare marks": lambda size: "!\n" * (size // 2),
    "lines": lambda size: "\n".join(f"h{each}.shop.com" for each in range(size // 14)),
    "bullets": lambda size: "- " * (size // 2),
    "deep lists": lambda size: "[" * size,
    "deep objects": lambda size: '{"a":' * (size // 5),
    "deep tags": lambda size: "<a>" * (size // 3),
    "deep indents": lambda size: "".join(f"{' ' * each}a:\n" for each in range(int(size**0.5))),
    "flow": lambda size: "a: " + "[" * size,
    "anchors": lambda size: "".join(f"a{n}: &x{n} [*x{n - 1}]\n" for n in range(1, size // 16)),
    "entities": lambda size: (
        "<!DOCTYPE a [" + "<!ENTITY b '&a;&a;'>" * (size // 20) + "]><a>&b;</a>"
    ),
    "a large number": lambda size: "[" + "1" * size + "]",
    "zeros": lambda size: "\x00" * size,
}


def seconds(work: Work, text: str) -> float:
    """Return the processor time that a text takes."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def runs_away(work: Work, shape: Text) -> str:
    """Say how a text several times as long takes out of all proportion; empty when it does not.

    Args:
        work: What is done with a text.
        shape: Makes a text of a given length.
    """
    short, long = shape(SMALL), shape(TIMES * SMALL)
    for _ in range(TRIES):
        later = seconds(work, long)
        if later <= FLOOR:
            return ""
        sooner = seconds(work, short)
        if later <= min(WORST, MOST * sooner):
            return ""
    return f"{SMALL} letters took {sooner:.3f} s, {TIMES * SMALL} took {later:.3f} s"
