"""The `fabula` command: the place where Fabula prints, and the only one that ends the program."""

from fabula.cli.app import main

__all__ = ["main"]
