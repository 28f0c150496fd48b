"""`python -m paperstui` is the `paperstui` command."""

from paperstui.cli import run

if __name__ == "__main__":
    run()
