"""`python -m portal`: the command `portico` without an installed script."""

import sys

from portal.cli import main

if __name__ == "__main__":
    sys.exit(main())
