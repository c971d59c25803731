"""Words of a text made short enough to be shown on one line."""

from __future__ import annotations

__all__ = ["first_words", "shortened"]


def shortened(words: str, most: int) -> str:
    """The words on one line of at most so many letters; what is cut off ends between two words, with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    whole = line[:most].rpartition(" ")[0]
    return (whole.rstrip(" ,;:–—-") or line[: most - 1]) + "…"


def first_words(words: str, most: int) -> str:
    """At most so many words of the beginning, with an ellipsis where there are more."""
    own = words.split()
    return " ".join(own[:most]) + (" …" if len(own) > most else "")
