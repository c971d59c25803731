"""Speeches in the order they are made, each with the signs around it and the names called out in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from fabula.layers.speech.stage import Stage
from fabula.layers.speech.tags import Sign, has_stranger, read_lead, read_signs
from fabula.segment import Quotation
from fabula.segment.introducing import is_own_full_name
from fabula.story import Mention

__all__ = ["Turn", "conversations", "has_words", "take_turns"]

_PAUSE = 6
"""After so many paragraphs of narration a new conversation begins; who spoke last says nothing any more."""
_VOCATIVE_BEFORE = frozenset(
    {",", '"', "“", "'", "‘", "—", "--", "!", "?", ".", "…", "dear", "oh", "my", "o", "well", "yes", "no", "mr"}
)
_HONOURS = {
    **dict.fromkeys(("sir", "sirrah", "mister", "papa", "father", "dad", "daddy", "monsieur", "uncle"), "m"),
    **dict.fromkeys(("madam", "ma'am", "mum", "miss", "mamma", "mama", "mother", "aunt", "madame", "auntie"), "f"),
}
_OWN_NAME = re.compile(r"(?:^|\W)(?:i'm|iam|mynameis|myname's)$")
"""What stands before one's own name, its words run together."""
_ASKS_NAME = re.compile(
    r"(?i)\b(?:(?:your|thy) (?:\w+ )?names?|you (?:got )?a name|(?:call|called) (?:you|thee)|(?:you|thou) called|"
    r"who (?:are|is|art|might) (?:you|thou|this|that|it))\b[^.!]*[?][^?]*$"
)
"""Asking for a name."""
_ASKED = 3
"""So many turns later the answer may come: "Have you a name?" – "Yes, sir." – "Well?" – "Tamsin." """
_RESTS = re.compile(r"[\W_]+")
_ARTICLES = frozenset({"the", "a", "an", "my", "your", "his", "her", "their", "our", "of", "that", "this"})
_SET_OFF = frozenset({",", "dear", "oh", "my", "o", "well", "yes", "no"})
_FULL_STOPS = frozenset({".", "?", "…", "...", '"', "”", "'", "’"})
_VOCATIVE_AFTER = frozenset({",", "!", "?", ".", "…", '"', "”", "'", "’", "—", "--", ";", ":", "..."})


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One speech: its quotations, and what stands in and around them.

    Attributes:
        quotations: indices in `segments.quotations`.
        paragraph: where it begins; `last`: where it ends.
        alone: whether nothing but the speech stands in its paragraph.
        signs: the mentions beside it that may be the speaker's, surest first.
        called: characters called by name in it; `told`: characters it speaks about.
        bare: those of the called whose name stands alone between stops: called, or the answer to a question.
        honoured: the gender of whoever it calls "sir" or "madam", else "".
        introduced: characters who name themselves in it ("I am Anne").
        stranger: whether a tag names somebody who is nobody of the cast.
    """

    quotations: tuple[int, ...]
    paragraph: int
    last: int
    alone: bool
    signs: tuple[Sign, ...]
    called: tuple[str, ...]
    told: tuple[str, ...]
    honoured: str
    bare: tuple[str, ...] = ()
    introduced: tuple[str, ...] = ()
    stranger: bool = False


def take_turns(stage: Stage) -> list[Turn]:
    """The speeches of a text in order. Quotations of one turn and one run of paragraphs belong together."""
    quotations = stage.wording.segments.quotations
    outer = [i for i, q in enumerate(quotations) if q.depth == 0 and q.mode != "term"]
    groups: list[list[int]] = []
    leads: dict[int, tuple[range, bool]] = {}
    for i in outer:
        if groups and quotations[groups[-1][-1]].turn == quotations[i].turn:
            groups[-1].append(i)
        else:
            groups.append([i])
    neighbours = _neighbours(stage, outer)
    for n, i in enumerate(outer):
        if not has_words(stage, neighbours[i][0]):
            leads[i] = _lead(stage, i, outer[n - 1] if n else None)
    turns = [turn for group in groups for turn in _split(stage, group, neighbours, leads)]
    return [_naming_oneself(stage, turn, turns[max(0, n - _ASKED) : n]) for n, turn in enumerate(turns)]


def _naming_oneself(stage: Stage, turn: Turn, before: Sequence[Turn]) -> Turn:
    """The turn; a name that is all of it is the speaker's own where that was asked: "What is your name?" – "Sam." """
    quotation = stage.wording.segments.quotations[turn.quotations[0]]
    first = next((i for i in stage.wording.within(quotation) if stage.wording.forms[i][0].isalnum()), -1)
    own = [m for m in stage.mentions_at(first) if m.character in turn.called]
    if not own or _RESTS.sub("", stage.wording.segments.text[quotation][own[0].end - quotation.start :]):
        return turn
    asked = (stage.wording.segments.quotations[last.quotations[-1]] for last in before)
    if not any(_ASKS_NAME.search(stage.wording.segments.text[quotation]) for quotation in asked):
        return turn
    called = tuple(c for c in turn.called if c != own[0].character)
    return msgspec.structs.replace(turn, called=called, introduced=(*turn.introduced, own[0].character or ""))


def conversations(turns: Sequence[Turn], breaks: Sequence[int]) -> Iterator[list[Turn]]:
    """Runs of turns with little narration between; a chapter or a marked break ends one.

    Args:
        breaks: indices of the paragraphs that begin a chapter or scene, in order.
    """
    run: list[Turn] = []
    cuts = set(breaks)
    for turn in turns:
        if run:
            gap = range(run[-1].last + 1, turn.paragraph + 1)
            if len(gap) > _PAUSE or any(p in cuts for p in gap):
                yield run
                run = []
        run.append(turn)
    if run:
        yield run


def _neighbours(stage: Stage, outer: Sequence[int]) -> dict[int, tuple[range, range]]:
    """For each quotation the words of narration before and after it in its paragraph."""
    wording = stage.wording
    segments = wording.segments
    found = {}
    for n, i in enumerate(outer):
        quotation = segments.quotations[i]
        paragraph = segments.paragraphs[segments.paragraph_at(quotation.start)]
        left = max(paragraph.start, segments.quotations[outer[n - 1]].end if n else 0)
        right = min(paragraph.end, segments.quotations[outer[n + 1]].start if n + 1 < len(outer) else paragraph.end)
        found[i] = (
            range(wording.at(left), wording.at(quotation.start)),
            range(wording.at(quotation.end), max(wording.at(quotation.end), wording.at(right))),
        )
    return found


def _lead(stage: Stage, quotation: int, previous: int | None) -> tuple[range, bool]:
    """The narration of the paragraph before a quotation that opens its own."""
    wording = stage.wording
    segments = wording.segments
    here = segments.quotations[quotation]
    paragraph = segments.paragraph_at(here.start)
    if paragraph == 0 or wording.segments.text.content[segments.paragraphs[paragraph].start : here.start].strip(
        " \t\n_"
    ):
        return range(0), False
    before = paragraph - 1
    while before > 0 and segments.paragraphs[before].kind == "blank":
        before -= 1
    lead = segments.paragraphs[before]
    if lead.kind in ("heading", "break", "apart"):
        return range(0), False
    start = lead.start
    after_speech = previous is not None and segments.quotations[previous].end > start
    if previous is not None and after_speech:
        start = segments.quotations[previous].end
    return range(wording.at(min(start, lead.end)), wording.at(lead.end)), after_speech


def _split(
    stage: Stage, group: list[int], neighbours: dict[int, tuple[range, range]], leads: dict[int, tuple[range, bool]]
) -> Iterator[Turn]:
    """A turn; two, where the tags in one paragraph name two people."""
    quotations = stage.wording.segments.quotations
    parts: list[tuple[list[int], list[Sign]]] = []
    for i in group:
        signs = read_signs(stage, quotations[i], *neighbours[i])
        if i == group[0] and i in leads and not any(_names_somebody(s) for s in signs):
            signs += read_lead(stage, leads[i][0], after_speech=leads[i][1])
        named = next((s.mention.character for s in signs if s.kind == "tag" and s.mention.character), None)
        held = (
            next((s.mention.character for s in parts[-1][1] if s.kind == "tag" and s.mention.character), None)
            if parts
            else None
        )
        if parts and (named is None or held is None or named == held):
            parts[-1][0].append(i)
            parts[-1][1].extend(signs)
        else:
            parts.append(([i], signs))
    for own, signs in parts:
        yield _turn(stage, [quotations[i] for i in own], own, signs, neighbours)


def _names_somebody(sign: Sign) -> bool:
    return sign.kind == "tag" or (sign.mention.form == "name" and sign.mention.character is not None)


def _turn(
    stage: Stage,
    own: Sequence[Quotation],
    indices: Sequence[int],
    signs: list[Sign],
    neighbours: dict[int, tuple[range, range]],
) -> Turn:
    segments = stage.wording.segments
    called: list[str] = []
    told: list[str] = []
    bare: list[str] = []
    amid: list[str] = []
    introduced: list[str] = []
    for i, quotation in zip(indices, own, strict=True):
        within = _quoted_within(segments.quotations, i)
        for mention in _named_in(stage, quotation):
            if any(span.overlaps(mention) for span in within):
                continue  # “He said, ‘Jack, come here.’” calls no Jack
            if _is_own_name(stage, mention, quotation):
                introduced.append(mention.character or "")
                continue
            if not _is_called(stage, mention, quotation):
                told.append(mention.character or "")
                continue
            called.append(mention.character or "")
            (bare if _stands_alone(stage, mention) else amid).append(mention.character or "")
    first, last = segments.paragraph_at(own[0].start), segments.paragraph_at(own[-1].start)
    order = {"tag": 0, "far_tag": 1, "joined_beat": 2, "beat": 3, "owned_beat": 4, "lead": 5}
    return Turn(
        quotations=tuple(indices),
        paragraph=first,
        last=last,
        alone=all(not has_words(stage, r) for i in indices for r in neighbours[i]),
        signs=tuple(sorted(signs, key=lambda s: order[s.kind])),
        called=tuple(dict.fromkeys(called)),
        told=tuple(dict.fromkeys(c for c in told if c not in called)),
        honoured=_honoured(stage, own),
        bare=tuple(dict.fromkeys(c for c in bare if c not in amid)),
        introduced=tuple(dict.fromkeys(introduced)),
        stranger=any(has_stranger(stage, q, neighbours[i][1]) for i, q in zip(indices, own, strict=True)),
    )


def _honoured(stage: Stage, own: Sequence[Quotation]) -> str:
    lower = stage.wording.lower
    for quotation in own:
        for i in stage.wording.within(quotation):
            gender = _HONOURS.get(lower[i], "")
            if gender and lower[i - 1] not in _ARTICLES and lower[min(i + 1, len(lower) - 1)] in _VOCATIVE_AFTER:
                return gender
    return ""


def has_words(stage: Stage, words: range) -> bool:
    """Whether anything but marks stands among these words."""
    return any(stage.wording.forms[i][0].isalnum() for i in words)


def _quoted_within(quotations: Sequence[Quotation], i: int) -> list[Quotation]:
    """What a quotation quotes in its turn: words that its speaker says to nobody here."""
    stop = i + 1
    while stop < len(quotations) and quotations[stop].start < quotations[i].end:
        stop += 1
    return [q for q in quotations[i + 1 : stop] if q.depth > 0 and q.mode != "term"]


def _named_in(stage: Stage, quotation: Quotation) -> Iterator[Mention]:
    for i in stage.wording.within(quotation):
        mention = stage.starts_at.get(i)
        if mention is not None and mention.form != "pronoun" and mention.character:
            yield mention


def _is_own_name(stage: Stage, mention: Mention, quotation: Quotation) -> bool:
    """Whether a name in speech is given as the speaker's own: "I am Anne", "My name is Anne Shirley"."""
    lower = stage.wording.lower
    words = stage.words_of[mention]
    if mention.form == "name" and is_own_full_name(stage.wording, words):
        return True
    lead = "".join(lower[max(stage.wording.at(quotation.start), words.start - 3) : words.start])
    owner = lower[words.stop : words.stop + 1] == ["'s"]  # "I'm Anne's brother"
    return mention.form == "name" and not owner and _OWN_NAME.search(lead) is not None


def _is_called(stage: Stage, mention: Mention, quotation: Quotation) -> bool:
    """Whether a name in speech calls its bearer: set off by commas, or alone between stops."""
    wording = stage.wording
    words = stage.words_of[mention]
    first, stop = words.start, words.stop
    after = wording.lower[stop] if stop < len(wording) else '"'
    before = wording.lower[first - 1] if first else '"'
    if after not in _VOCATIVE_AFTER or before not in _VOCATIVE_BEFORE:
        return False
    at_start = wording.starts[first] - quotation.start <= 2
    at_end = wording.segments.text[quotation].rstrip("\"'”’»“.,!?… ").endswith(wording.forms[stop - 1])
    comma = before in _SET_OFF or after in (",", "!")
    return comma or at_start or (at_end and before == ",")


def _stands_alone(stage: Stage, mention: Mention) -> bool:
    """Whether a name in speech is a sentence of its own that nothing shows to be a call: “Ives.”"""
    lower, words = stage.wording.lower, stage.words_of[mention]
    before = lower[words.start - 1] if words.start else '"'
    after = lower[words.stop] if words.stop < len(lower) else '"'
    return before not in _SET_OFF and after in _FULL_STOPS
