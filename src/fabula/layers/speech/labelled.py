"""Speeches of a play, each behind the name of whoever makes it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fabula.layers.speech.stage import Stage
from fabula.segment.quotations.plays import label_of
from fabula.story import Mention, Quote

__all__ = ["find_labelled", "quote_labelled"]

_SURE = 0.95


def find_labelled(stage: Stage) -> dict[int, Mention]:
    """For each quotation of a play, by number, the name before it, where it is somebody's."""
    segments = stage.wording.segments
    found: dict[int, Mention] = {}
    for i, quotation in enumerate(segments.quotations):
        if quotation.convention != "play":
            continue
        label = label_of(segments.text.content, segments.paragraphs[segments.paragraph_at(quotation.start)])
        for mention in stage.mentions_at(stage.wording.at(label.start)) if label is not None else ():
            if mention.form == "name" and mention.character is not None:
                found.setdefault(i, mention)
    return found


def quote_labelled(quote: Quote, i: int, labels: Mapping[int, Mention]) -> Quote:
    """The quote, spoken by whoever is named before it."""
    if i not in labels:
        return quote
    speaker = labels[i].character
    return msgspec.structs.replace(
        quote,
        speaker=speaker,
        addressees=tuple(a for a in quote.addressees if a != speaker),
        cue="tag",
        confidence=_SURE,
        evidence=(labels[i].span,),
    )
