"""Who writes a letter, and where its greeting ends and its signature begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from fabula.layers.scenes.frames import greeting_of, is_date_line, is_salutation, is_signature
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["Letter", "read_letter"]

_LAST = 3
"""Of so many paragraphs at the end one may be the signature: a place, a line in afterthought may follow."""
_I = frozenset({"i", "me", "my", "mine", "myself"})
_STORY = frozenset({"prose", "letter", "verse"})


class Letter(msgspec.Struct, frozen=True):
    """A letter.

    Attributes:
        begins: where its own words begin, behind date and greeting.
        ends: where its signature begins, or it ends.
        writer: id of the one who is "I" in it, or who signs; None where nobody does whom one knows.
        to: ids of those it greets.
    """

    begins: int
    ends: int
    writer: str | None = None
    to: frozenset[str] = frozenset()


def read_letter(wording: Wording, mentions: Sequence[Mention], scene: Span) -> Letter:
    """A scene that is a letter, taken apart; `mentions` are those in it."""
    segments = wording.segments
    first, last = segments.paragraph_at(scene.start), segments.paragraph_at(max(scene.start, scene.end - 1))
    own = [p for p in segments.paragraphs[first : last + 1] if p.kind in _STORY]
    lines = [segments.text.content[p.start : p.body].strip("_*> \n") for p in own]
    head = 0
    while head < len(own) - 1 and (is_date_line(lines[head]) or is_salutation(lines[head])):
        head += 1
    begins = own[head].start if own else scene.start
    if own:
        begins += greeting_of(segments.text.content[begins : own[head].body])
    to = frozenset(m.character for m in mentions if m.start < begins and m.character is not None)
    says_i = Counter(m.character for m in mentions if m.character is not None and _is_own(wording, m))
    if says_i:
        return Letter(begins, scene.end, says_i.most_common(1)[0][0], to)
    for at in range(len(own) - 1, max(head, len(own) - 1 - _LAST), -1):
        if is_signature(lines[at]):
            named = [m for m in mentions if own[at].start <= m.start < own[at].end and m.form == "name"]
            writer = next((m.character for m in named if m.character is not None), None)
            return Letter(begins, own[at].start if writer is not None else scene.end, writer, to)
    return Letter(begins, scene.end, None, to)


def _is_own(wording: Wording, mention: Mention) -> bool:
    """Whether a mention in a letter is its writer's "I", and not somebody's whose words it gives."""
    at = wording.at(mention.start)
    return at < len(wording) and wording.lower[at] in _I and wording.quote[at] == -1
