"""Find every word that means somebody or something: names, descriptions, pronouns."""

from __future__ import annotations

from fabula.encode import Encoding
from fabula.layers.mentions.labels import find_labels
from fabula.layers.mentions.names import find_names
from fabula.layers.mentions.nominals import find_nominals
from fabula.layers.mentions.pronouns import find_pronouns
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["find_mentions"]


def find_mentions(wording: Wording, encoding: Encoding | None = None) -> tuple[Mention, ...]:
    """All mentions of a text in order of place, the longer first where two begin together.

    Names by their capitals, by what the encoder takes for a proper noun, and by their company; descriptions by the
    nouns for people; pronouns by list. `character` is still None everywhere: who is meant is decided later.
    """
    names = find_labels(wording, find_names(wording, _proper(encoding) if encoding is not None else ()))
    taken = [False] * len(wording)
    for name in names:
        for i in wording.within(name):
            taken[i] = True
    found = [*names, *find_nominals(wording, taken), *find_pronouns(wording)]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def _proper(encoding: Encoding) -> list[float]:
    """For each word how likely it is a proper noun."""
    proper = encoding.word_class == encoding.labels.classes.index("PROPN")
    chances: list[float] = (proper * encoding.class_score).tolist()
    return chances
