"""What stands beside a quotation and says whose it is: "said Phil", "Phil grinned."."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from fabula import lexicon
from fabula.layers.speech.stage import Stage
from fabula.segment import Quotation
from fabula.story import Mention, Span

__all__ = ["Sign", "SignKind", "read_lead", "read_signs"]

SignKind = Literal["tag", "far_tag", "joined_beat", "beat", "owned_beat", "lead"]
"""From surest to weakest: a verb of speech with its subject; the same with words between; an action joined to the
quotation by a comma; an action in its own sentence; something of somebody's that acts ("her voice shook"); the
subject of the paragraph before a quotation that stands alone."""

_STOPS = frozenset({".", "!", "?", ";", ":", "…", "...", '"', "“", "”"})
_LEADING = frozenset({",", ":", "—", "--", "–", "-"})
_OPENING_MARKS = frozenset({'"', "“", "'", "‘", "«", "„", "「", "_", "("})
_PREPOSITIONS = frozenset(
    "to at with from of for by in on upon into onto about toward towards after before behind beside between over under "
    "against near past around through across without within among like than as".split()
)
_SAYINGS = frozenset(
    "answer reply rejoinder remark comment response retort question exclamation cry observation words advice verdict "
    "voice whisper greeting salutation conclusion explanation ejaculation argument".split()
)
_TELLING = frozenset(
    "told tells asked asks answered reminded assured informed warned begged advised implored urged".split()
)
"""Verbs of speech that take whom they are said to as their object."""
_PLAIN = frozenset("said says asked asks replied answered cried shouted whispered murmured called added".split())
_BETWEEN = frozenset("then and but so now only just also at last again still here once".split())
_FAR = 14
"""How many words may lie between a subject and its verb of speech ("X turned to the fire and, after a pause, said")."""


class Sign(msgspec.Struct, frozen=True):
    """A mention that may be the speaker's, how it stands to the quotation, and the words that show it.

    `verb`: the verb beside it; `perfect`: whether it stands in the past perfect ("had said"); `where`: before the
    first quotation of the paragraph, behind one, or between two; `to`: who a tag says is spoken to.
    """

    mention: Mention
    kind: SignKind
    evidence: Span
    verb: str = ""
    perfect: bool = False
    where: Literal["first", "after", "between"] = "after"
    to: Mention | None = None


def read_signs(stage: Stage, quotation: Quotation, before: range, after: range) -> list[Sign]:
    """The signs around one quotation, surest first.

    Args:
        before, after: the words of narration between the quotation and its neighbours in the same paragraph.
    """
    first = (
        before.start == 0 or stage.wording.paragraph[before.start - 1] != stage.wording.paragraph[before.start]
        if before
        else False
    )
    ahead: Literal["first", "between"] = "first" if first else "between"
    signs = [
        *_after(stage, quotation, after),
        *(msgspec.structs.replace(sign, where=ahead) for sign in _before(stage, before)),
    ]
    order = {kind: rank for rank, kind in enumerate(SignKind.__args__)}  # type: ignore[attr-defined]
    return sorted(signs, key=lambda sign: order[sign.kind])


def _after(stage: Stage, quotation: Quotation, words: range) -> list[Sign]:
    lower = stage.wording.lower
    clause = _first_clause(stage, words)
    while clause and (not lower[clause[0]][0].isalnum() or lower[clause[0]] in _BETWEEN):
        clause = clause[1:]
    if not clause:
        return []
    told = _inverted(stage, clause) or _answer_of(stage, clause)
    if told is not None:
        return [told]
    joined = _is_joined(stage, quotation, clause[0])
    subject = _subject(stage, clause)
    if subject is None:
        return _owned(stage, clause, joined)
    rest = [i for i in clause if i >= stage.words_of[subject].stop]
    verb = _speech_verb(stage, rest)
    if verb is not None and (joined or verb - rest[0] <= 2 or lower[verb] in ("said", "asked", "replied", "answered")):
        return [_sign(stage, subject, _tag_kind(stage, clause, verb, rest[0], words, joined=joined), verb)]
    return [_sign(stage, subject, "joined_beat" if joined else "beat", rest[0] if rest else None)]


def read_lead(stage: Stage, words: range, *, after_speech: bool) -> list[Sign]:
    """The signs in a paragraph of narration that leads up to a quotation standing alone in the next.

    Args:
        words: the narration after the last quotation of the paragraph before.
        after_speech: whether that paragraph has a quotation itself: then only an open end ("…, and went on:") leads on.
    """
    if not words:
        return []
    open_end = stage.wording.lower[words[-1]] in _LEADING or stage.wording.lower[words[-1]].endswith("--")
    if after_speech and not open_end:
        return []
    signs = _before(stage, words)
    if open_end:
        return signs
    return [msgspec.structs.replace(s, kind="lead") for s in signs]


def _tag_kind(stage: Stage, clause: Sequence[int], verb: int, first: int, words: range, *, joined: bool) -> SignKind:
    """How surely a subject and a verb of speech behind a quotation are its tag."""
    if joined:
        return "tag" if verb - first <= 4 else "far_tag"
    if _talks_on(stage, verb, words):
        return "far_tag"
    rest = stage.wording.lower[verb + 1 : clause[-1] + 1]
    reports = {"that", "how", "about", "if", "whether", "for", "of"} & {*rest}  # "Anne asked about the boat."
    plain = len(rest) <= 3 or (stage.wording.lower[verb] in _PLAIN and len(rest) <= 8)
    return "tag" if verb == first and plain and not reports else "beat"  # "Stop!" Anne shouted.


def _before(stage: Stage, words: Sequence[int]) -> list[Sign]:
    if not words:
        return []
    lower = stage.wording.lower
    last = words[-1]
    while last > words[0] and lower[last] in _OPENING_MARKS:
        last -= 1
    leads_on = lower[last] in _LEADING or lower[last].endswith("--") or _speaks(stage, last)
    sentence = [i for i in words if stage.wording.sentence[i] == stage.wording.sentence[last]]
    if not leads_on and len(sentence) < 2:
        return []
    verb = (
        next((i for i in reversed(sentence) if _speaks(stage, i) and not _is_infinitive(stage, i)), None)
        if leads_on
        else None
    )
    if verb is not None:
        subject = _subject_before(stage, sentence, verb) or _subject_after(stage, sentence, verb)
        if subject is not None:
            near = last - verb <= 8
            return [_sign(stage, subject, "tag" if near else "far_tag", verb)]
    subject = _subject(stage, sentence)
    if subject is None:
        return _owned(stage, sentence, leads_on)
    after = stage.words_of[subject].stop
    return [_sign(stage, subject, "joined_beat" if leads_on else "beat", after if after <= last else None)]


def _sign(stage: Stage, subject: Mention, kind: SignKind, verb: int | None) -> Sign:
    wording = stage.wording
    if verb is None:
        return Sign(subject, kind, subject.span)
    start = min(subject.start, wording.starts[verb])
    end = max(subject.end, wording.ends[verb])
    between = wording.lower[stage.words_of[subject].stop : verb]
    perfect = "had" in between[-3:] or wording.lower[max(0, verb - 1)] == "had"
    to = _spoken_to(stage, max(verb, stage.words_of[subject].stop - 1), wording.lower[verb]) if "tag" in kind else None
    return Sign(subject, kind, Span(start, end), wording.lower[verb], perfect, to=to)


def _spoken_to(stage: Stage, last: int, verb: str) -> Mention | None:
    """Whom a tag says it is said to: "said Anne to Carl", "Anne told him"."""
    lower = stage.wording.lower
    for i in range(last + 1, min(last + 6, len(lower))):
        if lower[i] in _STOPS or lower[i] == ",":
            return None
        if lower[i] == "to" or (i == last + 1 and verb in _TELLING):
            at = i + 1 if lower[i] == "to" else i
            near = stage.mentions_at(at)
            return near[0] if near else None
    return None


def _first_clause(stage: Stage, words: Sequence[int]) -> list[int]:
    clause: list[int] = []
    for i in words:
        if clause and stage.wording.lower[i] in _STOPS:
            break
        clause.append(i)
    return clause


def _is_joined(stage: Stage, quotation: Quotation, first: int) -> bool:
    """Whether the narration goes on in the quotation's own sentence: a comma inside, or a small letter after."""
    text = stage.wording.segments.text
    inside = text[quotation].rstrip("\"'”’»“「」_ \n\r\t")
    form = stage.wording.forms[first]
    behind = text.content[quotation.end : stage.wording.starts[first]]
    if form[0].islower() or "," in behind or "—" in behind:
        return True
    return inside.endswith((",", "—", "--", "–")) or (inside.endswith(("!", "?")) and form == "I")


def _inverted(stage: Stage, clause: Sequence[int]) -> Sign | None:
    """ "…," said the old man."""
    lower = stage.wording.lower
    at = 0
    if len(clause) > 2 and lower[clause[0]].endswith("ly"):
        at = 1
    if len(clause) < at + 2 or not _speaks(stage, clause[at]):
        return None
    for step in range(1, 5):
        if at + step >= len(clause):
            return None
        i = clause[at + step]
        mention = stage.starts_at.get(i)
        if mention is not None and stage.can_act(mention):
            return _sign(stage, mention, "tag", clause[at])
        word = lower[i]
        if word in _PREPOSITIONS or word == "," or (mention is not None and not stage.can_act(mention)):
            return None
    return None


def _answer_of(stage: Stage, clause: Sequence[int]) -> Sign | None:
    """ "…" was Mr. Shepherd's rejoinder; "…" came Anne's voice."""
    lower = stage.wording.lower
    if lower[clause[0]] not in ("was", "is", "were", "came", "had"):
        return None
    for i in clause[1:8]:
        for mention in stage.mentions_at(i):
            stop = stage.words_of[mention].stop
            owns = lower[stop] == "'s" if stop < len(lower) else False
            owns = owns or (mention.form == "pronoun" and stage.text_of(mention) in ("his", "her", "my", "their"))
            if owns and set(lower[stop : stop + 4]) & _SAYINGS:
                return _sign(stage, mention, "tag", clause[0])
    return None


def _subject(stage: Stage, words: Sequence[int]) -> Mention | None:
    """The first mention in a sentence that can be its subject: not behind a preposition, not merely an owner."""
    wording = stage.wording
    skip_until = -1
    for i in words:
        if i < skip_until:
            continue
        mention = stage.starts_at.get(i)
        if mention is None:
            continue
        stop = stage.words_of[mention].stop
        if not stage.can_act(mention) or _owner_only(stage, mention) or _behind_preposition(stage, words, i):
            skip_until = stop
            continue
        nxt = wording.lower[stop] if stop < len(wording) else ""
        if nxt == "," and i != words[0] and wording.quote[i] != -1:
            continue
        return mention
    return None


def _behind_preposition(stage: Stage, words: Sequence[int], i: int) -> bool:
    lower = stage.wording.lower
    for j in range(i - 1, max(words[0], i - 3) - 1, -1):
        word = lower[j]
        if word in _PREPOSITIONS:
            return word not in ("as", "after", "before", "than", "like")
        if word not in ("the", "a", "an", "poor", "old", "young", "little", "dear"):
            return False
    return False


def _owner_only(stage: Stage, mention: Mention) -> bool:
    stop = stage.words_of[mention].stop
    return stop < len(stage.wording) and stage.wording.lower[stop] == "'s"


def _owned(stage: Stage, words: Sequence[int], joined: bool) -> list[Sign]:
    """Ianto's eyes narrowed. Her voice shook."""
    lower = stage.wording.lower
    for i in words[:6]:
        mention = stage.starts_at.get(i)
        owner = (
            next((m for m in stage.mentions_at(i) if m.form == "pronoun" or _owner_only(stage, m)), None)
            if mention
            else None
        )
        if owner is None:
            continue
        stop = stage.words_of[owner].stop
        tail = [lower[j] for j in range(stop, min(stop + 4, len(lower)))]
        if set(tail) & lexicon.words("body_nouns"):
            return [_sign(stage, owner, "owned_beat", None)]
        return []
    return []


def _speaks(stage: Stage, i: int) -> bool:
    return (stage.wording.lower[i] in lexicon.words("speech_verbs") and stage.wording.forms[i][0].islower()) or (
        stage.wording.lower[i] in ("said", "says", "cried", "quoth", "asked") and stage.wording.quote[i] == -1
    )


def _is_infinitive(stage: Stage, i: int) -> bool:
    return stage.wording.lower[i - 1] in ("the", "a", "an", "his", "her", "my", "their", "of", "no", "this", "that")


def _speech_verb(stage: Stage, words: Sequence[int]) -> int | None:
    for n, i in enumerate(words):
        if n > _FAR:
            return None
        if _speaks(stage, i):
            before = stage.wording.lower[i - 1]
            if before in ("to", "the", "a", "an", "his", "her", "my", "their", "of", "no", "not"):
                continue
            return i
        mention = stage.starts_at.get(i)
        other = mention is not None and n > 0 and mention.form != "nominal" and stage.can_act(mention)
        if other and not _behind_preposition(stage, words, i):
            return None
    return None


def _talks_on(stage: Stage, verb: int, words: range) -> bool:
    """Whether what follows a verb of speech in its own sentence is the next quotation: `X said, "…"`."""
    lower = stage.wording.lower
    return words[-1] - verb <= 6 and lower[words[-1]] in (",", ":")


def _subject_before(stage: Stage, sentence: Sequence[int], verb: int) -> Mention | None:
    """Whose the verb of speech is, looking back: the subject right before it, else the first of its own clause."""
    lower = stage.wording.lower
    bare = lower[verb] in ("say", "cry", "ask", "exclaim", "murmur", "whisper", "call", "answer", "reply")
    words = [i for i in sentence if i < verb]
    best: Mention | None = None
    for i in reversed(words):
        if lower[i] in (";", ":") and best is not None:
            return best
        mention = stage.starts_at.get(i)
        if mention is None or stage.words_of[mention].stop > verb:
            continue
        near = stage.words_of[mention].stop >= verb - 2
        if near and bare and stage.text_of(mention) not in ("himself", "herself", "to"):
            return mention  # "he heard her say"
        if not stage.can_act(mention) or _owner_only(stage, mention):
            continue
        if _is_followed_by_who(stage, mention, verb):
            return mention
        if _behind_preposition(stage, words, i):
            continue
        if near:
            return mention
        best = mention
    return best


def _is_followed_by_who(stage: Stage, mention: Mention, verb: int) -> bool:
    """ "…met by Lydia, who, flying to her, cried": the person before "who" is the one who cries."""
    stop = stage.words_of[mention].stop
    return "who" in stage.wording.lower[stop : min(stop + 2, verb)]


def _subject_after(stage: Stage, sentence: Sequence[int], verb: int) -> Mention | None:
    for i in sentence:
        if verb < i <= verb + 3:
            mention = stage.starts_at.get(i)
            if mention is not None and stage.can_act(mention):
                return mention
    return None
