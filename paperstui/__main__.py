"""`python -m paperstui` is the `paperstui` command."""

import sys

from paperstui.cli import main

if __name__ == "__main__":
    sys.exit(main())
