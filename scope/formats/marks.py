"""The marks that stand in a pattern for what an expression leaves open.

A star is one of them and the widest. The others say more than a rule can hold; they are control
characters, which no expression that is read has.
"""

ANY = "*"  # any characters, or none
MANY = "\x01"  # any characters, at least one
SOME = "\x02"  # some characters, but not any
IN_LABEL = "\x03"  # what a label may have, or nothing
LABEL = "\x04"  # what a label may have, at least one
SEGMENT = "\x05"  # anything but a slash
DEEP = "\x07"  # labels of any number, with dots between them
MARKS = ANY + MANY + SOME + IN_LABEL + LABEL + SEGMENT + DEEP
