"""Whoever tells the story as "I", and under which name the others call him."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Span

__all__ = ["is_call", "mark_narrator"]

_I = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i'd", "i'll", "i've"})
_SHARE = 0.008
"""Of the words of the narration; first-person novels at hand have 0.02 to 0.07 of them, others under 0.003."""
_LEAST = 2
"""So many "I"s at least: a short story's narrator may say it no oftener."""
_NEAR = 3
"""Paragraphs: a name called within so many of "I said" may be the narrator's."""
_STAGE = 0.15
"""A narrator does not name himself: his name stands in the narration in at most this part of its places."""


def mark_narrator(
    wording: Wording,
    characters: tuple[Character, ...],
    mentions: Sequence[Mention],
    owner: Mapping[Span, str],
    *,
    fresh: str,
) -> tuple[Character, ...]:
    """The characters with the one marked who tells the story as "I"; one without a name is added last.

    The name is given by the narration itself ("my name is Ishmael", "I, Claudius"), or by others who call it close to
    "I said" while the narration never uses it.

    Args:
        owner: for the place of each name, the id of whose it is.
        fresh: the id of a narrator without a name.
    """
    if any(c.narrator for c in characters):
        return characters
    first = _first_person(wording)
    if first is None:
        return characters
    teller = _self_named(wording, mentions, owner) or _called(wording, characters, mentions, owner)
    if teller is not None:
        return tuple(msgspec.structs.replace(c, narrator=c.id == teller) for c in characters)
    nameless = Character(id=fresh, name="the narrator", narrator=True, confidence=0.8, evidence=(first,))
    return (*characters, nameless)


def _first_person(wording: Wording) -> Span | None:
    """The first "I" of a narration in the first person; None where it is in the third."""
    kinds = [paragraph.kind for paragraph in wording.segments.paragraphs]
    told = [i for i, q in enumerate(wording.quote) if q == -1 and kinds[wording.paragraph[i]] == "prose"]
    own = [i for i in told if wording.lower[i] in _I and (wording.lower[i] != "i" or wording.forms[i] == "I")]
    if len(own) < max(_LEAST, _SHARE * len(told)):
        return None
    return Span(wording.starts[own[0]], wording.ends[own[0]])


def _self_named(wording: Wording, mentions: Sequence[Mention], owner: Mapping[Span, str]) -> str | None:
    for mention in mentions:
        if mention.form != "name" or mention.span not in owner:
            continue
        i = wording.at(mention.start)
        before = wording.lower[max(0, i - 3) : i]
        if wording.quote[i] == -1 and (
            before[-3:] == ["my", "name", "is"] or before[-2:] in (["call", "me"], ["i", ","])
        ):
            return owner[mention.span]
    return None


def _called(
    wording: Wording, characters: Sequence[Character], mentions: Sequence[Mention], owner: Mapping[Span, str]
) -> str | None:
    """The character called by name near "I said" and hardly ever named in the narration."""
    verbs = lexicon.words("speech_verbs")
    near: set[int] = set()
    for i, lower in enumerate(wording.lower):
        if lower == "i" and wording.quote[i] == -1 and {*wording.lower[max(0, i - 1) : i + 2]} & verbs:
            paragraph = wording.paragraph[i]
            near.update(range(paragraph - _NEAR, paragraph + _NEAR + 1))
    named: Counter[str] = Counter()
    narrated: Counter[str] = Counter()
    called: Counter[str] = Counter()
    for mention in mentions:
        who = owner.get(mention.span)
        if who is None or mention.form != "name":
            continue
        i = wording.at(mention.start)
        named[who] += 1
        narrated[who] += wording.quote[i] == -1
        called[who] += wording.paragraph[i] in near and is_call(wording, mention)
    fit = [c.id for c in characters if called[c.id] >= 1 and narrated[c.id] <= _STAGE * named[c.id]]
    best = max(fit, key=lambda id_: called[id_], default=None)
    if best is None or called[best] < max(1, len(near) // 400):
        return None
    return best


def is_call(wording: Wording, mention: Mention) -> bool:
    """Whether a name is called out in speech: "Come, Anne." """
    first, stop = wording.at(mention.start), wording.at(mention.end)
    if wording.quote[first] == -1:
        return False
    before = wording.forms[first - 1] if first else ""
    after = wording.forms[stop] if stop < len(wording) else ""
    return (before == "," and after in (",", ".", "!", "?", "”", '"')) or (
        before in ("“", '"', "‘") and after in (",", "!")
    )
