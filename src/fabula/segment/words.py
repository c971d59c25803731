"""The words of a text, with the numbers and marks between them."""

from __future__ import annotations

import re
from collections.abc import Set

from fabula.segment.segments import Word

__all__ = ["cut_words"]

_SHORTENED = (
    "Mr|Mrs|Ms|Messrs|Dr|St|Capt|Col|Gen|Lt|Lieut|Sgt|Maj|Rev|Hon|Prof|Sr|Jr|Esq|Mme|Mlle|No|Nos|Vol|vs|viz|etc|Co|Ltd"
)
"""Shortened words that keep their stop, as one word."""

_ELIDED = (
    "tis|twas|twere|twould|twill|twixt|em|er|im|ere|un|bout|cause|cos|cept|gainst|neath|round|til|till|way|kay|nuff|n|ye|"
    "fraid|spose|scuse|pon|mid|mongst|tween|twon|tisn|twasn|ud|ll|ud|ain|ave|ead|ome|ouse|ope|ell|ow|ot|ard|is|as|ad|"
    "alf|imself|erself|and|ands|orse|at|ee|sides|fore|low|lowed|deed|low|stead|spect|cept|arf|arry|enry"
)
"""Words that lost their head and keep an apostrophe in its place."""

_WORD = re.compile(
    rf"(?:{_SHORTENED})\.(?!\w)"
    r"|(?:[A-Z]\.){2,}|(?:[ap]\.m\.|i\.e\.|e\.g\.|&c\.)|\b[A-Z]\.(?=\s*[A-Z])"
    rf"|['’‘](?:{_ELIDED})\b(?:['’]\w+)?"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?"
    r"|['’]s(?!\w)"
    r"|[^\W\d_]\w*?(?=['’][sS](?![\w'’]))"
    r"|[^\W_]+(?:[\u00ad·'’-]+[^\W_]+)*"
    r"|\.\.+|…+|--+|\*+|\S"
)


def cut_words(content: str, marks: Set[int] = frozenset()) -> tuple[Word, ...]:
    """Every word, number and mark of punctuation in order; only white space is left out."""
    return tuple([Word(*match.span()) for match in _WORD.finditer(content)])
