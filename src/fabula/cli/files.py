"""Writing a file whole or not at all, under the name by which the commands ask for it."""

from fabula.files import replace_file, write

__all__ = ["replace_file", "write"]
