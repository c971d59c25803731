"""What stands beside a quotation and says whose it is: "said Phil", "Phil grinned."."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from fabula import lexicon
from fabula.layers.speech.stage import Stage
from fabula.segment import Quotation
from fabula.story import Mention, Span

__all__ = ["Sign", "SignKind", "has_stranger", "read_lead", "read_signs"]

SignKind = Literal["tag", "far_tag", "joined_beat", "beat", "owned_beat", "lead"]
"""From surest to weakest: a verb of speech with its subject; the same with words between; an action joined to the
quotation by a comma; an action in its own sentence; something of somebody's that acts ("her voice shook"); the
subject of the paragraph before a quotation that stands alone."""

_SENTENCES = 3
"""So many sentences before a speech may show who makes it: what somebody did further back is no beat."""
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
_SPEAKING = frozenset(
    "saying asking crying adding exclaiming whispering murmuring muttering calling shouting replying answering "
    "remarking observing repeating declaring thinking".split()
)
"""What leads up to a quotation without a finite verb: "and turned, saying:" """
_BEGINNING = frozenset("began begins started starts broke burst".split())
_PUT_IN = {"put": "in", "puts": "in", "cut": "in", "struck": "in", "broke": "in", "chimed": "in", "went": "on"}
"""Verbs that speak with a particle only: "put in Phil"."""
_PARTICLES = frozenset("in on out up back forth off again".split())
_STOPPING = frozenset("interrupted interrupts checked stopped silenced hushed corrected".split())
"""What is done to whoever has just spoken: behind speech that breaks off they name the next speaker."""
_SUBORDINATE = frozenset("when while if because although though until till whether whenever unless".split())
_CLAUSES = frozenset({",", ";", ":", "and", "but", "so", "then", "yet", "or", "nor", "—", "--", "–"})
"""What a main clause can begin behind."""
_WITHIN = _SUBORDINATE | frozenset("as before after since that what how whom which where than for who lest".split())
"""What a clause begins with that is not its sentence's main one."""
_LEFT_OVER = frozenset({"'s", "s"})
"""What shows an owner; a bare "s" where the file has lost its apostrophes."""
_BETWEEN = frozenset("then and but so now only just also at last again still here once".split())
_NEW = frozenset({"a", "an", "another", "some", "several"})
_SOME = frozenset({"one", "two", "three", "some", "several", "another", "many", "most", "all"})
_SOMEBODY = frozenset("the a an his her my their our its one several both two another all".split())
"""What a description of a speaker begins with."""
_UNSEEN = frozenset("voice someone somebody speaker".split())
"""Words for a speaker who is only not told yet, and as often as not somebody known."""
_OBJECTS = frozenset("for of about to into upon on like than".split())
"""What leads over to that which is spoken about: "asked for tea", "called to the dog"."""
_BEING = frozenset("was were been being".split())
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


def has_stranger(stage: Stage, quotation: Quotation, after: range) -> bool:
    """Whether a tag behind a quotation names somebody who is nobody of the cast: "said the door", "Nine agreed"."""
    clause = _clause_behind(stage, after)
    if len(clause) < 2 or not _is_joined(stage, quotation, clause[0]) or stage.wording.lower[clause[0]] in _SUBORDINATE:
        return False
    lower = stage.wording.lower
    verb = next((i for i in clause[:5] if _speaks(stage, i) and lower[i] not in (_moves() | _UNSEEN)), None)
    if verb is None or _UNSEEN.intersection(lower[i] for i in clause[:6]):
        return False
    first = clause[1] if verb == clause[0] else clause[0]
    near = [i for i in clause if first <= i < (first + 5 if verb == clause[0] else verb)]
    if _is_new(stage, first):
        return True
    if any(stage.mentions_at(i) for i in near):
        return False
    return lower[first] in _SOMEBODY or stage.wording.forms[first][0].isupper()


def _is_new(stage: Stage, first: int) -> bool:
    """Whether a tag's subject is brought in by it: "one of the bridesmaids", "a man" who is nobody of the cast."""
    lower = stage.wording.lower
    if lower[first] in _SOME and lower[first + 1 : first + 2] == ["of"]:
        return not any(m.character for m in stage.mentions_at(first))
    mentions = stage.mentions_at(first)
    return bool(mentions) and lower[first] in _NEW and not any(m.character for m in mentions)


def _clause_behind(stage: Stage, words: range) -> list[int]:
    """The first clause of the narration behind a quotation, without what only leads over to it."""
    lower = stage.wording.lower
    clause = _first_clause(stage, words)
    while clause and (not lower[clause[0]][0].isalnum() or lower[clause[0]] in _BETWEEN):
        clause = clause[1:]
    return clause


def _after(stage: Stage, quotation: Quotation, words: range) -> list[Sign]:
    lower = stage.wording.lower
    clause = _clause_behind(stage, words)
    if not clause or lower[clause[0]] in _SUBORDINATE:
        return []
    told = _inverted(stage, clause) or _answer_of(stage, clause) or _comes_from(stage, clause)
    if told is not None:
        return [told]
    joined = _is_joined(stage, quotation, clause[0])
    subject = _subject(stage, clause)
    if subject is None:
        return _owned(stage, clause, joined)
    rest = [i for i in clause if i >= stage.words_of[subject].stop]
    verb = _speech_verb(stage, rest)
    if verb is not None and stage.wording.forms[clause[0]][0].isupper() and _breaks_off(stage, quotation):
        if lower[verb] in _STOPPING:
            return []
        verb = None if lower[verb] in _moves() else verb
    if verb is not None and (joined or verb - rest[0] <= 2 or lower[verb] in ("said", "asked", "replied", "answered")):
        return [_sign(stage, subject, _tag_kind(stage, quotation, clause, verb, words, joined=joined), verb)]
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


def _breaks_off(stage: Stage, quotation: Quotation) -> bool:
    """Whether speech ends in a dash: "I never—" Mary interrupted him. "I never—" He started."""
    inside = stage.wording.segments.text[quotation].rstrip("\"'”’»“「」_ \n\r\t")
    return inside.endswith(("—", "--", "–"))


def _tag_kind(
    stage: Stage, quotation: Quotation, clause: Sequence[int], verb: int, words: range, *, joined: bool
) -> SignKind:
    """How surely a subject and a verb of speech behind a quotation are its tag."""
    subject = _subject(stage, clause)
    first = stage.words_of[subject].stop if subject is not None else verb
    if joined:
        return "tag" if verb - first <= 4 else "far_tag"
    if _talks_on(stage, verb, words):
        return "far_tag"
    rest = stage.wording.lower[verb + 1 : clause[-1] + 1]
    reports = {"that", "how", "about", "if", "whether", "for", "of"} & {*rest}  # "Anne asked about the boat."
    if stage.wording.lower[verb] in _moves() and rest[:1] != ["on"]:
        return "beat"
    if verb == first and _calls_out(stage, quotation) and _needs_no_object(rest):
        return "tag"  # "Is it late?" May questioned from the door of the library.
    plain = len(rest) <= 3 or (stage.wording.lower[verb] in _PLAIN and len(rest) <= 8)
    return "tag" if verb == first and plain and not reports else "beat"  # "Stop!" Anne shouted.


def _calls_out(stage: Stage, quotation: Quotation) -> bool:
    """Whether speech ends in a question or an exclamation, behind which a tag has no comma to join it."""
    return stage.wording.segments.text[quotation].rstrip("\"'”’»“「」_ \n\r\t").endswith(("?", "!"))


def _needs_no_object(rest: Sequence[str]) -> bool:
    """Whether nothing follows a verb of speech that it could be about: "asked from the door", "demanded and rose"."""
    if not rest or rest[0] in _OBJECTS:
        return not rest
    return rest[0] in _PREPOSITIONS or rest[0] in ("and", "but") or rest[0].endswith("ly")


def _before(stage: Stage, words: Sequence[int], sentences: int = _SENTENCES) -> list[Sign]:
    """What the narration before a speech shows, in its last sentence; where that has nobody, in one before it."""
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
        next((i for i in reversed(sentence) if _tells(stage, i, last) and not _is_infinitive(stage, i)), None)
        if leads_on
        else None
    )
    if verb is not None and _is_passive(lower, verb):
        return []
    if verb is not None:
        subject = _subject_before(stage, sentence, verb) or _subject_after(stage, sentence, verb)
        if subject is not None:
            near = last - verb <= 8
            return [_sign(stage, subject, "tag" if near else "far_tag", verb)]
    subject = _subject(stage, sentence)
    if subject is None or _is_several(stage, subject):
        owned = _owned(stage, sentence, leads_on)
        earlier = range(words[0], sentence[0])
        return owned or (_before(stage, earlier, sentences - 1) if earlier and sentences > 1 and not leads_on else [])
    after = stage.words_of[subject].stop
    return [_sign(stage, subject, "joined_beat" if leads_on else "beat", after if after <= last else None)]


def _is_several(stage: Stage, subject: Mention) -> bool:
    """Whether a subject is several people or things, of whom none is shown to speak: "They were her mother's." """
    return stage.told_gender(subject) == "p" and subject.character is None


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
        if clause and stage.wording.lower[i] in (_STOPS | _SUBORDINATE):
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
    if len(clause) < at + 2:
        return None
    if not _speaks(stage, clause[at]) and _PUT_IN.get(lower[clause[at]]) != lower[clause[at + 1]]:
        return None
    for i in clause[at + 1 : at + 7]:
        if i == clause[at + 1] and lower[i] in _PARTICLES:
            continue
        mention = stage.starts_at.get(i)
        if mention is not None and stage.can_act(mention) and not _owns_other(stage, mention):
            return _sign(stage, mention, "tag", clause[at])
        voiced = lower[i] == "of" and lower[i - 1] in _SAYINGS  # "cut in the clear voice of Inspector Ratcliffe"
        voiced = voiced or (lower[i] == "from" and lower[clause[at]] in _moves())  # "broke from the Marquis"
        if (lower[i] in _PREPOSITIONS and not voiced) or lower[i] == "," or mention is not None:
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
            owns = _owner_only(stage, mention)
            owns = owns or (mention.form == "pronoun" and stage.text_of(mention) in ("his", "her", "my", "their"))
            if owns and (lower[clause[0]] == "was" or set(lower[stop : stop + 4]) & _SAYINGS):
                return _sign(stage, mention, "tag", clause[0])
    return None


def _comes_from(stage: Stage, clause: Sequence[int]) -> Sign | None:
    """ "…" from Mr. Wilcox."""
    if len(clause) < 2 or stage.wording.lower[clause[0]] != "from":
        return None
    mention = stage.starts_at.get(clause[1])
    if mention is None or mention.form != "name" or mention.character is None or _owner_only(stage, mention):
        return None
    return _sign(stage, mention, "tag", clause[0])


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
    return stop < len(stage.wording) and stage.wording.lower[stop] in _LEFT_OVER


def _owns_other(stage: Stage, mention: Mention) -> bool:
    """Whether a mention is merely the owner of something other than a voice: "his brother's widow"."""
    stop = stage.words_of[mention].stop
    return _owner_only(stage, mention) and not set(stage.wording.lower[stop : stop + 4]) & _SAYINGS


def _owned(stage: Stage, words: Sequence[int], joined: bool) -> list[Sign]:
    """Anna's eyes narrowed. Her voice shook."""
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


def _moves() -> frozenset[str]:
    return lexicon.words("moving_verbs")


def _speaks(stage: Stage, i: int) -> bool:
    return (stage.wording.lower[i] in lexicon.words("speech_verbs") and stage.wording.forms[i][0].islower()) or (
        stage.wording.lower[i] in ("said", "says", "cried", "quoth", "asked") and stage.wording.quote[i] == -1
    )


def _tells(stage: Stage, i: int, last: int) -> bool:
    """Whether a verb before a quotation leads up to it: of speech, and no mere movement ("before Anne came")."""
    lower = stage.wording.lower
    if lower[i] in _SPEAKING:
        return True
    begins = last - i <= 2 and lower[i] in _BEGINNING
    return _speaks(stage, i) and (lower[i] not in _moves() or begins or lower[i + 1] in _PARTICLES)


def _is_passive(lower: Sequence[str], verb: int) -> bool:
    """Whether the subject is spoken to: "Anne was at once greeted with"."""
    return lower[verb].endswith("ed") and not _BEING.isdisjoint(lower[max(0, verb - 2) : verb])


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
    """Whose the verb of speech is, looking back: the subject right before it, else that of the nearest main clause."""
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
        if near and _owner_only(stage, mention) and lower[verb] in _SPEAKING:
            return mention  # "ended by Anne's saying"
        if not stage.can_act(mention) or _owner_only(stage, mention):
            continue
        if near and _hangs_on(lower, stage.words_of[mention], verb):
            continue
        if _is_followed_by_who(stage, mention, verb):
            return mention
        if _behind_preposition(stage, words, i):
            continue
        if near or _heads_clause(stage, words, mention, verb):
            return mention
        best = mention
    return best


def _hangs_on(lower: Sequence[str], mention: range, verb: int) -> bool:
    """Whether a mention right before a verb belongs to what hangs on the true subject.

    "Isabella, embracing Catherine, thus began"; "Mrs. Reynolds replied that he was, adding".
    """
    if "," not in lower[mention.stop : verb] or mention.start == 0:
        within = False
    else:
        within = lower[mention.start - 1].endswith("ing")
    return within or (lower[verb] in _SPEAKING and lower[mention.start - 1] in _WITHIN)


def _heads_clause(stage: Stage, words: Sequence[int], mention: Mention, verb: int) -> bool:
    """Whether a mention stands where the subject of a main clause does."""
    lower = stage.wording.lower
    at, stop = stage.words_of[mention].start, stage.words_of[mention].stop
    if lower[stop] in ("and", "or") or (lower[stop] == "," and "," not in lower[stop + 1 : verb]):
        return False
    before = [lower[i] for i in words if i < at]
    if not before or before[-1] in {",", ";", ":"}:
        return True
    if before[-2:] == [",", "when"]:
        return True  # "they were at dinner, when Mary cried"
    return before[-1] in _CLAUSES and not _within_clause(before)


def _within_clause(before: Sequence[str]) -> bool:
    """Whether a subordinate clause has begun and no comma has ended it yet."""
    for word in reversed(before[:-1]):
        if word in {",", ";", ":"}:
            return False
        if word in _WITHIN:
            return True
    return False


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
