"""Where a look back ends: the talk, the people and the things of the scene that it broke off come back."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from fabula import lexicon
from fabula.layers.scenes.lengths import between
from fabula.layers.scenes.lookbacks import looks_back
from fabula.layers.scenes.passages import Passage, lay_passages
from fabula.layers.scenes.seams import Seam
from fabula.lexicon.verbs import is_past, is_present
from fabula.segment.bygone import BEGUN, ONCE, YOUNG
from fabula.segment.wording import Wording
from fabula.story import Quote

__all__ = ["find_returns"]

_BAR = (-1.2, 2.5)
"""What a seam must show to be the return, once a look back is open, in a short story and in a novel. In the project's
own stories the best seam passes it in two of three look backs, and is right within a paragraph in two of three."""
_MARKED = 0.6
"""How much more where the page marks breaks: it would mark this one too."""
_NONE = -3.2
_SEAM, _FRESH, _AT_ONCE, _NEARER, _VOICE, _TENSE, _SPEECH, _SHORT = 0.7, 0.4, 0.3, 3.1, 1.0, 1.6, 0.4, -2.4
"""Natural log odds of a return, learned from the look backs of the project's stories: for what speaks for a scene at
the seam; for each rare word of the broken-off scene that comes back, and for each that does so in the first paragraph;
for how much nearer the words behind are to that scene than those before; for each of its voices that comes back; for
its tense; for opening in speech; for coming a few lines after the look back began."""
_FRAME, _HEAD, _TAIL, _LINES = 200, 45, 60, 40
"""Words: of the scene broken off, behind and before a seam, and of the shortest usual look back."""
_MOST_WORDS, _MOST_VOICES, _CLIP = 4.0, 2, 3.0
_REACH = 1_200
"""Words: a look back that is longer is a scene among scenes."""
_LEAST = 30
"""Words behind a return before the next scene."""


def find_returns(
    wording: Wording,
    quotes: Sequence[Quote],
    seams: Sequence[Seam],
    scores: Sequence[float],
    cuts: Iterable[int],
    walls: Sequence[int] = (),
) -> list[tuple[Seam, float]]:
    """The seams at which a scene is taken up again that a look back broke off, and by how much each passes the bar.

    Args:
        seams: of the text, in order.
        scores: of each, what speaks for a new scene there.
        cuts: the words with which scenes begin that nothing marks.
        walls: the words with which scenes begin anyway.
    """
    known = sorted({*cuts, *walls})
    openings = [cut for cut in known if cut not in walls and _looks_back(wording, cut)]
    if not openings:
        return []
    text = _Passages(wording, quotes)
    bar = between(_BAR, len(wording)) + _MARKED * bool(wording.segments.breaks)
    places = [seam.word for seam in seams]
    found = []
    for opening in openings:
        after = bisect_right(known, opening)
        end = known[after] if after < len(known) else len(wording)
        own = range(bisect_right(places, opening), bisect_left(places, min(end + 1, opening + _REACH)))
        best = max(own, key=lambda at: text.score(opening, places[at], scores[at]), default=None)
        if best is None or places[best] == end or end - places[best] < _LEAST:
            continue
        passed = text.score(opening, places[best], scores[best]) - bar
        if passed > 0:
            found.append((seams[best], passed))
    return found


def _looks_back(wording: Wording, opening: int) -> bool:
    """Whether a scene's first words say, outside speech, that it goes back in time."""
    if wording.quote[opening] != -1:
        return False
    segments, content = wording.segments, wording.segments.text.content
    start = wording.starts[opening]
    if looks_back(wording, segments.paragraphs[segments.paragraph_at(start)]) or BEGUN.match(content, start):
        return True
    at = segments.sentence_at(start)
    two = segments.sentences[min(at + 1, len(segments.sentences) - 1)].end
    return any(pattern.search(content, start, two) for pattern in (ONCE, YOUNG))


class _Passages:
    """The passages of a text, with the words, the voices and the tenses of each."""

    def __init__(self, wording: Wording, quotes: Sequence[Quote]) -> None:
        self._wording = wording
        self._passages = lay_passages(wording, ())
        self._firsts = [passage.first for passage in self._passages]
        self._words = [_words(wording, passage) for passage in self._passages]
        held = Counter(word for words in self._words for word in words)
        most = math.log(max(2, len(self._passages)))
        self._rare = {word: math.log(len(self._passages) / many) / most for word, many in held.items()}
        self._voices: list[set[str]] = [set() for _ in self._passages]
        for quote in quotes:
            if quote.speaker is not None and self._passages:
                self._voices[max(0, bisect_right(self._firsts, wording.at(quote.start)) - 1)].add(quote.speaker)

    def score(self, opening: int, here: int, seam: float) -> float:
        """How much speaks for the scene before word `opening` going on at word `here`, where the seam has its score."""
        first, at = (bisect_left(self._firsts, word) for word in (opening, here))
        frame, tail = self._before(first, _FRAME), self._before(at, _TAIL, stop=first)
        head, inside = self._behind(at, _HEAD), range(first, at)
        old, new = self._words_of(frame), self._words_of(head)
        last, held = self._words_of(tail), self._words_of(inside)
        score = _NONE + _SEAM * max(-_CLIP, min(_CLIP, seam))
        score += _FRESH * min(_MOST_WORDS, self._weight((new & old) - held))
        score += _AT_ONCE * min(_MOST_WORDS, self._weight((self._words[at] & old) - held))
        score += _NEARER * (self._share(new, old) - self._share(last, old))
        score += _VOICE * min(_MOST_VOICES, len((self._heard(head) & self._heard(frame)) - self._heard(inside)))
        now = self._present(head)
        score += _TENSE * (abs(now - self._present(tail)) - abs(now - self._present(frame)))
        score += _SPEECH * self._passages[at].opens
        return score + _SHORT * (here - opening < _LINES)

    def _before(self, at: int, words: int, *, stop: int = 0) -> range:
        first = at
        while first > stop and self._passages[at - 1].end - self._firsts[first] < words:
            first -= 1
        return range(first, at)

    def _behind(self, at: int, words: int) -> range:
        end = at + 1
        while end < len(self._passages) and self._passages[end - 1].end - self._firsts[at] < words:
            end += 1
        return range(at, end)

    def _words_of(self, run: range) -> set[str]:
        return {word for at in run for word in self._words[at]}

    def _heard(self, run: range) -> set[str]:
        return {who for at in run for who in self._voices[at]}

    def _weight(self, words: set[str]) -> float:
        return math.fsum(self._rare[word] for word in words)

    def _share(self, words: set[str], others: set[str]) -> float:
        return self._weight(words & others) / (self._weight(words) + 1)

    def _present(self, run: range) -> float:
        """The share of the present in the verbs of the narration."""
        told = [self._wording.lower[word] for at in run for word in self._passages[at].told]
        past, present = sum(map(is_past, told)), sum(map(is_present, told))
        return (present + 0.5) / (past + present + 1)


def _words(wording: Wording, passage: Passage) -> set[str]:
    common = lexicon.words("function_words")
    words = (wording.lower[at] for at in range(passage.first, passage.end))
    return {word for word in words if word.isalpha() and len(word) > 2 and word not in common}
