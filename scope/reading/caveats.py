"""Words beside an asset that take something back: what they mean is left to a person.

A permission is read narrowly, so one such word takes its certainty away. Programs write in many
languages; the list has the words that published scopes use, in those that they use.
"""

import re

_WORDS = (
    "not", "no", "non", "never", "none", "nothing", "cannot", "dont", "wont",
    "out", "outside", "oos", "only", "unless", "until", "without", "except", "excepting", "besides",
    "exclud(?:e|ed|es|ing)", "exclusions?", "excl", "avoid", "ignore", "skip", "stop", "if", "when",
    "after", "before", "forbid(?:den)?", "prohibited", "banned", "den(?:y|ied)", "restricted",
    "minus", "less", "other than", "apart", "rather", "instead", "w/o", "exc", "block(?:ed|list)",
    "(?:black|deny)-?list(?:ed)?", "do-?not-?test", "third[ -]part(?:y|ies)", "soon", "upcoming",
    "pending", "planned", "future", "tb[ad]", "paused", "suspended", "closed", "disabled",
    "temporar(?:y|ily)", "ask", "approval", "permission", "prior", "starting", "from",
    "ports?", "deprecated", "retired", "decommissioned", "limited", "but", "former(?:ly)?", "old",
    "nicht", "kein(?:e|er|en)?", "nur", "au\u00dfer", "ausser", "ohne",  # German
    "niet", "geen", "alleen", "zonder", "behalve", "buiten",  # Dutch
    "pas", "sauf", "hors", "sans", "uniquement", "seulement", "exclu(?:s|e|es)?",  # French
    "excepto", "salvo", "fuera", "solo", "sin",  # Spanish
    "n\u00e3o", "exceto", "apenas", "menos",  # Portuguese
    "eccetto", "tranne", "esclus[oaie]", "fuori",  # Italian
    "utom", "f\u00f6rutom", "inte", "ej", "ikke", "unntatt", "undtagen",  # Scandinavian
    "opr\u00f3cz", "poza", "nie",  # Polish
    "hari\u00e7",  # Turkish
    "\u043a\u0440\u043e\u043c\u0435", "\u043d\u0435", "\u0431\u0435\u0437",  # Russian
)  # fmt: skip
_CAVEAT = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b|n['\u2019]t\b", re.IGNORECASE)

_SIGN = re.compile(  # no word: a minus, a path, a port, or letters in which words are not apart
    r"[!\u00ac\u2260\u2212]|(?:^|[\s(\[{])[-/\\]\S|^\W*\d{2,5}\W*$|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


def narrows(remark: str) -> bool:
    """Tell whether a remark behind an asset may narrow it, in words or by a sign.

    >>> narrows("staging only"), narrows("/app"), narrows("-b.shop.example"), narrows("zendesk")
    (True, True, True, False)
    """
    return has_one(remark) or bool(_SIGN.search(remark))


def has_one(text: str) -> bool:
    """Tell whether a remark or label may narrow what it stands beside.

    >>> has_one("staging only"), has_one("zendesk"), has_one("hors p\u00e9rim\u00e8tre")
    (True, False, True)
    """
    return bool(_CAVEAT.search(text))
