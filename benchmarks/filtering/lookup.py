"""The least that any filter does: read a line, look it up, write it.

Usage: lookup.py RULES < lines
"""

import sys


def main() -> None:
    """Write the lines that are in the file of rules as they stand."""
    with open(sys.argv[1], "rb") as file:
        table = dict.fromkeys(file)
    write = sys.stdout.buffer.write
    for line in sys.stdin.buffer:
        if line in table:
            write(line)


if __name__ == "__main__":
    main()
