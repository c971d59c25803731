"""One planted flaw: what was changed, and which findings would name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fabula.story import Span, Text

__all__ = ["EXPECTED", "Flaw", "planted"]

EXPECTED: Mapping[str, frozenset[str]] = {
    "reply emptied": frozenset({"lost-line", "same-speaker", "wrong-answer"}),
    "reply removed": frozenset({"lost-line", "same-speaker", "wrong-answer"}),
    "speech removed": frozenset({"lost-line"}),
    "mark removed": frozenset({"unclosed-quotation"}),
    "the dead act": frozenset({"acts-after-death"}),
    "the dead speak": frozenset({"acts-after-death"}),
    "dies and acts": frozenset({"acts-after-death"}),
    "name drifts": frozenset({"name-drift"}),
    "eyes change": frozenset({"contradiction"}),
    "age changes": frozenset({"contradiction"}),
    "kin change": frozenset({"contradiction"}),
    "in two places": frozenset({"two-places"}),
    "speaker swapped": frozenset({"same-speaker", "wrong-answer", "speaks-to-self"}),
    "held by another": frozenset({"wrong-holder"}),
    "never learned": frozenset({"never-learned"}),
    "out of time": frozenset({"out-of-time"}),
}
"""Each kind of flaw, with the kinds of findings that count as finding it."""


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """A change to a text. `edits` are places of the sound text with what stands there instead, in order of place.

    `at`: the edit that makes the flaw, if there are several; the others only prepare it.
    """

    kind: str
    edits: tuple[tuple[Span, str], ...]
    at: int = -1


def planted(text: Text, flaws: Sequence[Flaw]) -> tuple[Text, tuple[Span, ...]]:
    """The text with flaws in it, and where each of them stands then.

    Raises:
        ValueError: if two flaws change one place.
    """
    edits = sorted((span, words, number, nth) for number, flaw in enumerate(flaws)
                   for nth, (span, words) in enumerate(flaw.edits))  # fmt: skip
    parts, places, end, grown = [], {}, 0, 0
    for span, words, number, nth in edits:
        if span.start < end:
            raise ValueError(f"two flaws in one place: {span}")
        parts += [text.content[end : span.start], words]
        places[number, nth] = Span(span.start + grown, span.start + grown + len(words))
        grown += len(words) - len(span)
        end = span.end
    content = "".join([*parts, text.content[end:]])
    at = (places[number, flaw.at % len(flaw.edits)] for number, flaw in enumerate(flaws))
    return msgspec.structs.replace(text, content=content, runs=(), marks=(), apart=()), tuple(at)
