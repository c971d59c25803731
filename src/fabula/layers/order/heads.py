"""How scenes open: their first narration, and whether its words go back in time, go on, or return."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from fabula.lexicon.verbs import is_past, is_present
from fabula.segment.bygone import BEGUN, NUMBER, ONCE, YOUNG
from fabula.segment.perfects import find_perfects
from fabula.segment.wording import Wording
from fabula.story import Scene, Span

__all__ = ["Head", "read_heads"]

_SENTENCES = 4
_SHOWN = 60
"""Characters of a scene's beginning or end, where nothing shorter shows how it follows on another."""
_HEAD = 90
"""Characters: "ten years before" counts there; further on it rather tells what somebody had lived through."""
_NO_STORY = frozenset({"heading", "break", "blank", "apart"})
_LOOKED_AT = 40
"""Sentences of a scene looked at for its first narration: a scene may open with talk."""

_UNIT = r"(?:days?|nights?|weeks?|fortnight|months?|years?|winters?|summers?)"
_FAR = re.compile(
    rf"\b{NUMBER} (?:(?:or|and|odd|long) )?(?:{NUMBER} )?{_UNIT} (?:before|earlier|previously)"
    r"(?=[,.;:—]| (?:he|she|they|we|I|it) (?:had|was|were)\b)|"
    r"\b(?:years|months|weeks|long) (?:before|earlier)(?=[,.;:—])",
    re.IGNORECASE,
)
"""Not "ten minutes before", which goes back no further than the scene told last, nor "three days before the ball", nor
"ten years ago", which counts from the telling."""
_NEAR = re.compile(
    r"\b(?:the (?:day|night|evening|morning|week|month|year|summer|winter) before"
    r"(?=[,.;:—]| (?:he|she|they|we|I|it)\b)|"
    r"(?:the )?(?:previous|preceding) (?:day|night|evening|morning|week|month|year|summer|winter)|"
    r"earlier that (?:day|night|evening|morning|week|month|year|summer|winter)|(?:back )?in those days|"
    rf"{NUMBER} {_UNIT} ago|long ago|"
    rf"(?<![\w,] ){NUMBER} {_UNIT} before (?:the|that|his|her|their|our|my|its) \w+)",
    re.IGNORECASE,
)
_ON = re.compile(
    rf"\b(?:(?:the|that) (?:very )?(?:next|following) \w+|next (?:day|morning|evening|night|week|year)|"
    rf"{NUMBER} (?:\w+ )?(?:seconds|minutes|hours?|{_UNIT}) (?:later|after(?:wards)?|went by|passed)|"
    r"(?:later|afterwards|presently|soon|then) |when \w+ (?:arrived|returned|came)|"
    rf"at (?:about |nearly )?(?:{NUMBER} o['’]clock|half[- ]past \w+|noon|midnight|dawn|daybreak|dusk|sunset|"
    r"nightfall)\b|"
    rf"by (?:now|then|the time|noon|midnight|dawn|evening|nightfall|(?:the )?\w+day|(?:the )?\w+ (?:hour|day|week)|"
    rf"{NUMBER}(?: o['’]clock)?[, ]))",
    re.IGNORECASE,
)
_MEANWHILE = re.compile(
    r"\b(?:meanwhile|(?:in the )?meantime|at (?:about |just )?(?:the same|that|this) (?:very )?(?:time|moment|hour|"
    r"instant))\b",
    re.IGNORECASE,
)
_RESUMES = re.compile(
    r"\b(?:continued?|went on|resumed?|repeated|came back to (?:him|her|them)sel(?:f|ves)|had stopped|still|"
    r"was saying|looked up|blinked|and that was|all this time)\b",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(
    r"\b(?:\w*day|night|evening|morning|weeks?|months?|years?|spring|summer|autumn|winter) before that\b",
    re.IGNORECASE,
)
"""Counted from the scene told last."""
_OF_ANOTHER = re.compile(r"\b(?:when|after|since|had|which|who)\b", re.IGNORECASE)
"""Before "a year before": it counts from something else."""
_OPENS = re.compile(
    r"(?:^|,|\b(?:it|he|she|we|they|i) (?:was|were|had been)|"
    r"\b(?:only|about|some|nearly|almost|just|scarcely|barely|not))[\s“\"'—]*$",
    re.IGNORECASE,
)
"""Before "years before": it stands at the head or by itself, and does not close what somebody "should have done".
"That was three years before" is said of what was told last, not of what comes."""
_MAIN = 80
"""Characters from its beginning in which a sentence's own first verb stands."""


_VERBS, _MOSTLY = 6, 0.7
"""A scene is told in one tense if so many of its verbs show it, and so great a share of them that tense."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a scene's opening says of its time; each with its place, None where it is silent.

    Attributes:
        far: so many days or years before.
        near: the day before, in those days.
        begun: how it began, the first time.
        perfects: verbs in the past perfect in the main clauses of the first sentences of the narration.
        perfect_first: whether the very first main clause has one.
        on: the next day, an hour later: time goes on.
        meanwhile: at the same time.
        resumes: what was broken off goes on.
        once: a season, a month, an age of life that stands by itself.
        young: somebody is a child.
        before_that: the year before that: counted back from the scene told last.
        speech: whether it opens with something said.
        tense: "present" or "past", in which its narration is told; "" where that is mixed or there is too little of it.
        first_person: share of "I", "my" and "me" in the words of its narration.
        opening, closing: its first and its last words.
    """

    far: Span | None = None
    near: Span | None = None
    begun: Span | None = None
    perfects: tuple[Span, ...] = ()
    perfect_first: bool = False
    on: Span | None = None
    meanwhile: Span | None = None
    resumes: Span | None = None
    once: Span | None = None
    young: Span | None = None
    before_that: Span | None = None
    speech: bool = False
    tense: str = ""
    first_person: float = 0.0
    opening: Span
    closing: Span


def read_heads(wording: Wording, scenes: Sequence[Scene]) -> list[Head]:
    """The opening of each scene."""
    return [_read(wording, scene) for scene in scenes]


def _read(wording: Wording, scene: Scene) -> Head:
    content = wording.segments.text.content
    sentences = list(_narration(wording, scene))
    if not sentences:
        return Head(speech=True, opening=_opening(wording, scene), closing=_closing(wording, scene))
    first = sentences[0]
    near_first = Span(first.start, min(first.end, first.start + _HEAD))
    near = _search(_NEAR, content, near_first)
    perfects = [list(find_perfects(content, sentence, since=near)) for sentence in sentences]
    opening = Span(first.start, sentences[min(1, len(sentences) - 1)].end)
    word = wording.at(_begins(wording, scene))
    return Head(
        far=_far(content, near_first),
        near=near,
        begun=_match(BEGUN, content, first.start),
        perfects=tuple(chain.from_iterable(perfects)),
        perfect_first=bool(perfects[0]) and perfects[0][0].start < first.start + _MAIN,
        on=_search(_ON, content, near_first),
        meanwhile=_search(_MEANWHILE, content, near_first),
        resumes=_search(_RESUMES, content, opening),
        once=_search(ONCE, content, opening),
        young=_search(YOUNG, content, opening),
        before_that=_search(_BEFORE_THAT, content, near_first),
        speech=word < len(wording) and wording.quote[word] != -1,
        tense=_tense(wording, scene),
        first_person=_first_person(wording, scene),
        opening=_opening(wording, scene),
        closing=_closing(wording, scene),
    )


def _opening(wording: Wording, scene: Scene) -> Span:
    """The scene's first words, whole ones."""
    start = _begins(wording, scene)
    return _words(wording, Span(start, min(scene.end, start + _SHOWN)), Span(start, scene.end))


def _closing(wording: Wording, scene: Scene) -> Span:
    """The scene's last words, whole ones."""
    start = _begins(wording, scene)
    return _words(wording, Span(max(start, scene.end - _SHOWN), scene.end), Span(start, scene.end))


def _words(wording: Wording, span: Span, scene: Span) -> Span:
    """The words that stand within a place; the place itself, as much of it as lies in the scene, where none does."""
    words = [word for word in wording.within(span) if wording.forms[word][0].isalnum()]
    return Span(wording.starts[words[0]], wording.ends[words[-1]]) if words else Span(scene.start, span.end)


def _far(content: str, head: Span) -> Span | None:
    """How long ago it was, where a sentence begins with that: not "when he had left a year before"."""
    found = _search(_FAR, content, head)
    if found is None or _OF_ANOTHER.search(content, head.start, found.start):
        return None
    return found if _OPENS.search(content[head.start : found.start]) else None


def _search(pattern: re.Pattern[str], content: str, span: Span) -> Span | None:
    found = pattern.search(content, span.start, span.end)
    return Span(*found.span()) if found is not None else None


def _match(pattern: re.Pattern[str], content: str, start: int) -> Span | None:
    found = pattern.match(content, start)
    return Span(*found.span()) if found is not None else None


def _begins(wording: Wording, scene: Scene) -> int:
    """Where the scene's own words begin, behind headings and breaks."""
    paragraphs = wording.segments.paragraphs
    for paragraph in paragraphs[wording.segments.paragraph_at(scene.start) :]:
        if paragraph.start >= scene.end:
            break
        if paragraph.kind not in _NO_STORY:
            return paragraph.start
    return scene.start


def _narration(wording: Wording, scene: Scene) -> Iterator[Span]:
    """The scene's first sentences that begin in the narration, headings left out."""
    segments = wording.segments
    at = segments.sentence_at(scene.start)
    found = 0
    for sentence in segments.sentences[at : at + _LOOKED_AT]:
        if sentence.start >= scene.end or found == _SENTENCES:
            return
        word = wording.at(sentence.start)
        kind = segments.paragraphs[segments.paragraph_at(sentence.start)].kind
        if kind not in _NO_STORY and word < len(wording) and wording.quote[word] == -1:
            found += 1
            yield sentence.span


def _tense(wording: Wording, scene: Scene) -> str:
    told = [wording.lower[word] for word in wording.within(scene) if wording.quote[word] == -1]
    past, present = sum(map(is_past, told)), sum(map(is_present, told))
    if past + present < _VERBS:
        return ""
    share = present / (past + present)
    return "present" if share > _MOSTLY else "past" if share < 1 - _MOSTLY else ""


def _first_person(wording: Wording, scene: Scene) -> float:
    own = told = 0
    for word in wording.within(scene):
        if wording.quote[word] == -1 and wording.forms[word][0].isalpha():
            told += 1
            own += wording.lower[word] in ("i", "my", "me")
    return own / told if told else 0.0
