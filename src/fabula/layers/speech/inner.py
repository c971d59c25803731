"""Who speaks inside somebody's speech: "He said, 'Go on,' and I went.\""""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from fabula.layers.speech.stage import Stage
from fabula.layers.speech.tags import Sign, read_signs
from fabula.layers.speech.turns import has_words
from fabula.segment import Quotation
from fabula.story import Mention, Quote

__all__ = ["quote_inner"]

_NAMED, _MEANT = 0.8, 0.5
"""How sure a tag inside speech is that names somebody, and one that says "he"."""
_LAST = 100
"""So many words back in the same speech somebody is looked for whom a "he" can mean."""


def quote_inner(stage: Stage, said: Mapping[int, Quote]) -> dict[int, Quote]:
    """The quotes right inside spoken ones whose tag stands in the same speech, by number of their quotation.

    Args:
        said: the outer quotes, by the number of their quotation.
    """
    quotations = stage.wording.segments.quotations
    found: dict[int, Quote] = {}
    for outer, inner in _nests(quotations).items():
        held = said.get(outer)
        if held is None:
            continue
        around = _around(stage, quotations[outer], [quotations[i] for i in inner])
        for i, (before, after) in zip(inner, around, strict=True):
            sign = next((s for s in read_signs(stage, quotations[i], before, after) if "tag" in s.kind), None)
            if quotations[i].mode != "term" and sign is not None:
                found[i] = _quote(stage, quotations[i], sign, held)
    return found


def _nests(quotations: tuple[Quotation, ...]) -> dict[int, list[int]]:
    """For each outermost quotation the numbers of those right inside it."""
    nests: dict[int, list[int]] = {}
    outer = -1
    for i, quotation in enumerate(quotations):
        if quotation.depth == 0:
            outer = i
        elif quotation.depth == 1:
            nests.setdefault(outer, []).append(i)
    return nests


def _around(stage: Stage, outer: Quotation, inner: list[Quotation]) -> list[tuple[range, range]]:
    """For each inner quotation the words of the outer one before and behind it, up to its neighbours."""
    wording = stage.wording
    cuts = [outer.start + 1, *(place for q in inner for place in (q.start, q.end)), outer.end]
    gaps = [range(wording.at(a), max(wording.at(a), wording.at(b))) for a, b in pairwise(cuts)][::2]
    gaps = [gap if has_words(stage, gap) else range(0) for gap in gaps]
    return list(pairwise(gaps))


def _quote(stage: Stage, quotation: Quotation, sign: Sign, held: Quote) -> Quote:
    speaker, sure = _speaker(stage, sign.mention, held)
    return Quote(
        quotation.start,
        quotation.end,
        id="",
        speaker=speaker,
        mode=quotation.mode,
        cue="tag" if speaker is not None else None,
        turn=held.turn,
        depth=1,
        confidence=sure,
        evidence=(sign.evidence,) if speaker is not None else (),
    )


def _speaker(stage: Stage, mention: Mention, held: Quote) -> tuple[str | None, float]:
    """Whose a tag inside speech is: "I" is the outer speaker, "he" somebody named a little earlier."""
    words = stage.text_of(mention)
    if words == "i":
        return held.speaker, min(_NAMED, held.confidence)
    if mention.form != "pronoun":
        return mention.character, _NAMED if mention.character is not None else 0.0
    told = stage.told_gender(mention)
    at = stage.words_of[mention].start
    for i in range(at - 1, max(0, at - _LAST), -1):
        other = stage.starts_at.get(i)
        if other is None or other.character in (None, held.speaker) or other.form == "pronoun":
            continue
        if told in ("m", "f") and stage.gender.get(other.character or "", "") in (told, ""):
            return other.character, _MEANT
    return None, 0.0
