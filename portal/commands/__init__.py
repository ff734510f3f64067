"""The commands: each module parses its words, acts through the rooms, and prints.

Every module offers ``register(subparsers)``, which adds its parsers and sets ``run``, a function
from the parsed arguments to an exit code.
"""
