"""The whole story as a script: every word in order, each with the one who says it, and a proof that none is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from fabula.forms.lines import Line, LineKind, label_of, to_script
from fabula.story import Span, Story

__all__ = ["Line", "LineKind", "Verification", "to_script", "to_script_jsonl", "to_script_text", "verify"]

_WIDEST_LABEL = 28
"""Characters of a name before the script's left column cuts it: longer than any cast name in a sample of novels."""


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a count of a script's characters found.

    Attributes:
        characters: how many the text has.
        covered: how many of them are in exactly one line.
        lines, quotes: how many lines there are, and how many of them are quotations.
        unknown: quotations without a speaker.
        missing, repeated: places in no line, and places in more than one.
        joined: whether the lines, joined in order, are the text.
        same: whether the text is the source's; None where no source was given to compare.
    """

    characters: int
    covered: int
    lines: int
    quotes: int
    unknown: int
    missing: tuple[Span, ...]
    repeated: tuple[Span, ...]
    joined: bool
    same: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether every character of the source is in exactly one line, in order."""
        return self.covered == self.characters and self.joined and self.same is not False

    @property
    def share(self) -> float:
        """The share of quotations that have a speaker, 0 to 1; 1 where there are no quotations."""
        return 1.0 - self.unknown / self.quotes if self.quotes else 1.0


def to_script_text(story: Story) -> str:
    """The script to be read by people: a name, then what is said; a blank line between paragraphs."""
    lines = to_script(story)
    labels = [_label(line) for line in lines]
    width = min(_WIDEST_LABEL, max(map(len, labels), default=0))
    blocks = []
    for _, group in groupby(zip(lines, labels, strict=True), key=lambda pair: pair[0].paragraph):
        rows = [f"{label[:width]:<{width}} | {' '.join(story.words(line).split())}" for line, label in group]
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_script_jsonl(story: Story) -> bytes:
    """The script for programs: one JSON object a line, UTF-8. Their `text` fields, joined, are the story's text."""
    encoder = msgspec.json.Encoder()
    rows = [encoder.encode({**msgspec.structs.asdict(ln), "text": story.words(ln)}) for ln in to_script(story)]
    return b"".join(row + b"\n" for row in rows)


def verify(story: Story, *, lines: Sequence[Line] | None = None, source: str | None = None) -> Verification:
    """Count the characters of a script: of these lines, or of `to_script(story)`.

    Args:
        story: whose text the lines must tile.
        lines: the lines to count.
        source: the source's own characters, to compare with the story's text.
    """
    script = to_script(story) if lines is None else lines
    content = story.text.content
    missing, repeated = _miscounted(script, len(content))
    quotes = [line for line in script if line.kind == "quote"]
    return Verification(
        characters=len(content),
        covered=len(content) - sum(map(len, missing)) - sum(map(len, repeated)),
        lines=len(script),
        quotes=len(quotes),
        unknown=sum(line.speaker is None for line in quotes),
        missing=missing,
        repeated=repeated,
        joined="".join(story.words(line) for line in script) == content,
        same=None if source is None else source == content,
    )


def _label(line: Line) -> str:
    name = label_of(line)
    return f"{name} ({line.mode})" if line.mode not in (None, "spoken") else name


def _miscounted(lines: Iterable[Line], length: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The places of a text that no line holds, and those that more than one holds."""
    steps: dict[int, int] = {0: 0, length: 0}
    for line in lines:
        steps[line.start] = steps.get(line.start, 0) + 1
        steps[line.end] = steps.get(line.end, 0) - 1
    missing: list[Span] = []
    repeated: list[Span] = []
    holding = at = 0
    for place in sorted(place for place in steps if place <= length):
        if place > at and holding != 1:
            (repeated if holding else missing).append(Span(at, place))
        holding += steps[place]
        at = place
    return tuple(missing), tuple(repeated)
