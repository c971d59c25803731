"""Where somebody is met, and where they do or say something before our eyes: what the dead no longer do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from fabula.layers.state.ground import Ground

__all__ = ["Life", "find_lives"]


class Life(msgspec.Struct, frozen=True):
    """Where somebody is met and where they do or say something before our eyes: words, in order."""

    met: Sequence[int]
    acts: Sequence[int]

    def acts_after(self, word: int) -> int:
        return len(self.acts) - bisect_right(self.acts, word)


def find_lives(ground: Ground) -> Mapping[str, Life]:
    """Everybody's doings."""
    met: dict[str, set[int]] = {who: set() for who in ground.who.characters}
    acts: dict[str, set[int]] = {who: set() for who in ground.who.characters}
    for word, one in ground.meant.items():
        met[one.id].add(word)
        if _is_doing(ground, word):
            acts[one.id].add(word)
    for quote in ground.who.speaker.values():
        at = ground.who.wording.at(quote.start)
        if quote.speaker is not None and quote.mode == "spoken" and _is_main(ground, at):
            acts[quote.speaker].add(at)
    return {who: Life(sorted(met[who] | acts[who]), sorted(acts[who])) for who in met}


def _is_doing(ground: Ground, word: int) -> bool:
    """Whether the narration says that somebody does something, and not that they had or would."""
    grammar, verb = ground.grammar, ground.grammar.head[word]
    if ground.is_spoken(word) or grammar.relation[word] != "nsubj" or grammar.word_class[verb] != "VERB":
        return False
    return _is_main(ground, word) and grammar.is_asserted(verb) and not grammar.is_perfect(verb)


def _is_main(ground: Ground, word: int) -> bool:
    scene = ground.scene(word) if word < len(ground.who.wording) else None
    return scene is not None and scene.frame == "main"
