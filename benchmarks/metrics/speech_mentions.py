"""M7: whom the "I", "you", "he" and the names inside speech mean."""

from __future__ import annotations

import msgspec

from benchmarks.corpora.pdnc import PdncNovel
from benchmarks.metrics.mapping import map_cast
from benchmarks.metrics.matching import Places
from benchmarks.metrics.shares import Share
from fabula.story import Story

__all__ = ["SpeechMentionResult", "measure_speech_mentions"]


class SpeechMentionResult(msgspec.Struct, frozen=True):
    """Over known single-character mentions inside quotations.

    Attributes:
        resolved: those whose predicted mention maps to the known character.
        touched: those that some predicted mention overlaps at all.
        by_word: `resolved` for "i" (I, me, my, …), "you" and "rest".
    """

    resolved: Share
    touched: Share
    by_word: dict[str, Share]


_SPEAKER = frozenset(("i", "me", "my", "mine", "myself"))
_HEARER = frozenset(("you", "your", "yours", "yourself", "thou", "thee", "thy", "thine"))


def measure_speech_mentions(predicted: Story, gold: PdncNovel) -> SpeechMentionResult:
    """M7. A known mention is met by the predicted one at exactly its place, else by the best-overlapping one. Mentions
    of several characters, of the unlisted, and of those whose name begins with `_` are left out."""
    cast, places = map_cast(predicted, gold.story), Places(predicted.mentions)
    counted = {character.id for character in gold.story.characters if not character.name.startswith("_")}
    rows = []
    for mention in gold.mentions:
        if len(mention.characters) == 1 and mention.characters[0] in counted:
            guess = places.nearest(mention)
            right = guess is not None and cast.find(guess.character) == mention.characters[0]
            rows.append((_word(gold.story.words(mention)), right, guess is not None))
    return SpeechMentionResult(
        resolved=Share.of(right for _, right, _ in rows),
        touched=Share.of(touched for _, _, touched in rows),
        by_word={kind: Share.of(right for word, right, _ in rows if word == kind) for kind in ("i", "you", "rest")},
    )


def _word(words: str) -> str:
    word = words.lower().strip()
    return "i" if word in _SPEAKER else "you" if word in _HEARER else "rest"
