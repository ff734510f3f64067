"""The codes of rulings: one byte each, so that a block of lines has a block of codes."""

from scope.ruling import Ruling

RULINGS = tuple(Ruling)
CODES = {ruling: code for code, ruling in enumerate(RULINGS, 1)}  # none of them is false
LATER = len(RULINGS) + 1  # the host decides, and nobody has asked for it yet
ASK = LATER + 1  # it takes more than the host
SKIPPED = ASK + 1  # a blank line or a comment
