"""The story's paragraphs, each with what a seam between two of them is judged by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Passage", "lay_passages"]

_STORY = frozenset({"prose", "letter", "verse"})


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of story.

    Attributes:
        start: its place in the text.
        kind: of paragraph.
        first, end: its words, as indices in the wording.
        told: the indices of its words in the narration.
        opens, closes: whether it begins, or ends, in speech.
        fresh: whether a chapter begins with it.
        names: who is named in it: id of the character, and the index of the word.
    """

    start: int
    kind: str
    first: int
    end: int
    told: tuple[int, ...]
    opens: bool
    closes: bool
    fresh: bool
    names: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> int:
        return self.end - self.first

    @property
    def speaks(self) -> bool:
        """Whether any of it is speech."""
        return len(self.told) < self.words


def lay_passages(wording: Wording, mentions: Sequence[Mention]) -> list[Passage]:
    """The paragraphs of story in order; `mentions` in order of place."""
    segments = wording.segments
    chapters = [chapter.start for chapter in segments.chapters]
    named = [m for m in mentions if m.form == "name" and m.character is not None]
    starts = [m.start for m in named]
    passages: list[Passage] = []
    before = 0
    for paragraph in segments.paragraphs:
        if paragraph.kind not in _STORY:
            continue
        first, end = wording.at(paragraph.start), wording.at(paragraph.end)
        if first == end:
            continue
        own = named[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        begun = bisect_left(chapters, paragraph.start + 1)
        passages.append(
            Passage(
                start=paragraph.start,
                kind=paragraph.kind,
                first=first,
                end=end,
                told=tuple(i for i in range(first, end) if wording.quote[i] == -1),
                opens=wording.quote[first] != -1,
                closes=wording.quote[end - 1] != -1,
                fresh=not passages or begun > before,
                names=tuple((m.character or "", wording.at(m.start)) for m in own),
            )
        )
        before = begun
    return passages
