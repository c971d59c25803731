"""What part somebody plays in a clause: who does something, to whom it is done, who merely was, who might have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from fabula import lexicon
from fabula.encode.encoding import Encoding
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["Clauses", "Part", "find_deeds", "is_aside", "lay_clauses", "part_of"]

Part = Literal["does", "says", "is doing", "met", "is", "is at", "had", "might", "suffers", "near", "owns", "named"]
"""does: the subject of something done, as it happens. says: of a verb of speech. is doing: "was holding". met: who is
looked at, touched, given something. is: of something that is. is at: of "was at the door", "was beside her". had: of
what is over. might: of what is denied, or only may be. suffers: the object. near: the noun on a preposition. owns:
"Anne's". named: anything else."""

_DEEDS: frozenset[Part] = frozenset({"does", "is doing", "says"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_OBJECTS = frozenset({"obj", "iobj"})
_OBLIQUES = frozenset({"obl", "obl:agent"})
_HANDED_ON = frozenset({"conj", "appos", "flat", "nmod:desc", "compound", "list"})
_HAD = frozenset({"had", "'d"})
_BE = frozenset("was were is are am 's 'm 're been be".split())
_UNREAL = frozenset(
    "not n't never would could should might may must can will shall 'll won't wouldn't couldn't shouldn't mightn't "
    "can't cannot didn't wasn't weren't isn't aren't don't doesn't hadn't hasn't haven't nobody neither nor".split()
)
_IF = frozenset("if unless lest whether".split())
_TELLING = frozenset({"parataxis", "acl:relcl", "acl", "advcl:relcl", "conj"})
_RANK: dict[Part, int] = {
    "does": 0,
    "says": 1,
    "is doing": 1,
    "met": 2,
    "suffers": 3,
    "is at": 4,
    "is": 4,
    "near": 5,
    "owns": 6,
    "named": 7,
    "had": 8,
    "might": 9,
}
_DONE_TOO = frozenset(
    "sit stand look lie face count hold keep lead measure weigh smell taste order use serve rest stretch share await "
    "wear command".split()
)
"""Verbs of state that are also something one is seen to do: "held the lamp", "counted the spoons"."""
_NAMING = (["name", "was"], ["name", "is"], ["name", "'s"])
"""Words that tell a name and not who is there: "Her name was Karen"."""
_ASIDE = frozenset({"acl", "acl:relcl", "advcl:relcl", "ccomp", "csubj"})
_DEPTH = 12
"""Words up from one to the verb of its sentence that are looked at."""
_AT = frozenset(
    "in at on by beside behind under beneath inside outside near opposite between among above below within across "
    "against up down".split()
)
_AHEAD = _AT | frozenset("with facing before after beyond next among amid amongst to round around".split())
"""Words with which a place begins that stands before the one who is there: "in the doorway was Pym"."""
_STANDING = frozenset(
    "lay stood sat knelt crouched leaned leant squatted sprawled lounged hovered waited slept dozed came went walked "
    "ran rode strode stepped marched limped staggered hurried appeared emerged lie lies stand stands sit "
    "sits kneel kneels wait waits come comes appear appears".split()
)
"""Verbs without an object; who follows on one is who does it: "at its head knelt Anne"."""
_THERE = frozenset("there here upstairs downstairs outside inside indoors outdoors ahead behind home".split())
_REACH = 4
_INSERTED = 30
"""Words in which what is set in between a name and its verb, by commas, has its end."""


class Clauses(msgspec.Struct, frozen=True, kw_only=True):
    """How the words hang together: of each its governor, its relation, its class; and what hangs on it."""

    head: Sequence[int]
    relation: Sequence[str]
    word_class: Sequence[str]
    kids: Sequence[Sequence[int]]


def lay_clauses(encoding: Encoding) -> Clauses:
    """The encoder's syntax by words."""
    labels, head = encoding.labels, encoding.head.tolist()
    relation = [labels.relations[number] for number in encoding.relation.tolist()]
    kids: list[list[int]] = [[] for _ in head]
    for word, governor in enumerate(head):
        if governor != word and relation[word] != "punct":
            kids[governor].append(word)
    classes = [labels.classes[number] for number in encoding.word_class.tolist()]
    return Clauses(head=head, relation=relation, word_class=classes, kids=kids)


def find_deeds(wording: Wording, encoding: Encoding, mentions: Sequence[Mention]) -> frozenset[Span]:
    """The places of the mentions in the narration of whom it tells that they do something, or say it."""
    if not mentions:
        return frozenset()
    clauses = lay_clauses(encoding)
    return frozenset(
        mention.span
        for mention in mentions
        if wording.quote[wording.at(mention.start)] == -1 and part_of(wording, clauses, mention) in _DEEDS
    )


def part_of(wording: Wording, clauses: Clauses, mention: Mention) -> Part:
    """The part of the one mentioned in the clause that the mention stands in."""
    words = wording.within(mention)
    word = next((w for w in words if clauses.head[w] not in words or clauses.head[w] == w), words.start)
    if _is_misread(wording, clauses, words):
        return "does"
    if wording.lower[max(0, words.start - 2) : words.start] in _NAMING:
        return "named"
    lost = _lost_verb(wording, clauses, words)
    if lost is not None:
        return _best_manner(wording, clauses, lost)
    if _is_standing(wording, clauses, words):
        return "does"
    relation = clauses.relation[word]
    for _ in range(_REACH):
        if relation not in _HANDED_ON or clauses.head[word] == word:
            break
        word = clauses.head[word]
        relation = clauses.relation[word]
    verb = clauses.head[word]
    if relation == "nmod:poss":
        return "owns"
    if _is_set_behind(wording, clauses, word):
        return "is at"
    if relation == "root" or clauses.word_class[word] == "VERB":
        return _of_root(wording, clauses, word)
    if clauses.word_class[verb] not in ("VERB", "AUX") and relation not in _SUBJECTS:
        return "named"
    if relation in _SUBJECTS:
        return _best_manner(wording, clauses, verb)
    if relation in _OBJECTS and _has_no_subject(wording, clauses, verb, word):
        return "does"
    manner = _manner(wording, clauses, verb)
    if manner in ("had", "might", "is", "is at"):
        return manner if manner in ("had", "might") else "named"
    if relation not in (*_OBJECTS, *_OBLIQUES):
        return "named"
    if wording.lower[verb] in _meetings():
        return "met"
    return "suffers" if relation in _OBJECTS else "near"


def is_aside(clauses: Clauses, words: range) -> bool:
    """Whether these words stand in a clause that only says which one is meant, or what somebody says or thinks: "the
    cup that Anne had brought", "she knew that Anne drank"."""
    word, seen = words.start, set(words)
    for _ in range(_DEPTH):
        if clauses.relation[word] in _ASIDE:
            return True
        over = clauses.head[word]
        if over == word or (over in seen and over not in words):
            return False
        seen.add(over)
        word = over
    return False


def _is_misread(wording: Wording, clauses: Clauses, words: range) -> bool:
    """Whether the verb behind a name was taken for a part of it: "Anne rose."."""
    behind = words.stop
    if behind >= len(wording) or clauses.relation[behind] != "flat" or clauses.head[behind] not in words:
        return False
    return wording.forms[behind][0].islower() and wording.lower[behind] in _pasts()


def _lost_verb(wording: Wording, clauses: Clauses, words: range) -> int | None:
    """The verb of which a name is the subject, where the name's words were hung on each other alone: "Miss Vane got
    up", "Miss Vane, who was eighty, got up"."""
    if any(clauses.head[word] not in words or clauses.relation[word] == "root" for word in words):
        return None
    end = next(
        (at for at in range(words.stop, len(wording)) if wording.sentence[at] != wording.sentence[words.start]),
        len(wording),
    )
    inserted = wording.lower[words.stop : words.stop + 1] == [","]
    for at in range(words.stop, min(end, words.stop + (_INSERTED if inserted else 1))):
        verb = clauses.head[at] if clauses.word_class[at] == "AUX" else at
        behind = not inserted or wording.lower[at - 1] == ","
        if behind and clauses.word_class[verb] == "VERB" and not _has_subject(clauses, verb, words):
            return verb
    return None


def _is_standing(wording: Wording, clauses: Clauses, words: range) -> bool:
    """Whether somebody stands behind the verb of what he does: "on the table, asleep, lay Anne"."""
    if wording.lower[words.stop : words.stop + 1] in (["'s"], ["’s"]):
        return False
    verb = words.start - 1
    while verb > 0 and clauses.word_class[verb] in ("DET", "ADJ", "NUM"):
        verb -= 1
    return verb >= 0 and _has_no_subject(wording, clauses, verb, words.start)


def _has_no_subject(wording: Wording, clauses: Clauses, verb: int, behind: int) -> bool:
    """Whether it is a verb without an object that has no subject before it, and somebody stands `behind` it."""
    if wording.lower[verb] not in _STANDING or verb >= behind or wording.sentence[verb] != wording.sentence[behind]:
        return False
    if clauses.word_class[verb] != "VERB" or clauses.relation[verb] in ("xcomp", "advcl", "acl", "acl:relcl"):
        return False
    if any(clauses.relation[kid] in (*_SUBJECTS, "aux", "mark") and kid < verb for kid in clauses.kids[verb]):
        return False
    return clauses.relation[verb] != "conj" or not _shares_subject(clauses, verb)


def _shares_subject(clauses: Clauses, verb: int) -> bool:
    """Whether "and" joins it to a verb whose subject is its own, too: "Tom rose and followed Anne"."""
    over = clauses.head[verb]
    return any(clauses.relation[kid] in _SUBJECTS for kid in clauses.kids[over]) and not any(
        clauses.relation[kid] in ("obl", "advmod") and kid < verb for kid in clauses.kids[verb]
    )


def _is_set_behind(wording: Wording, clauses: Clauses, word: int) -> bool:
    """Whether a place and a copula stand before somebody: "in the doorway was Pym", "so was Anne"."""
    copula = next((kid for kid in clauses.kids[word] if clauses.relation[kid] == "cop" and kid < word), None)
    if copula is None or any(wording.lower[kid] in _UNREAL for kid in clauses.kids[word]):
        return False
    if any(clauses.relation[kid] in _SUBJECTS and kid < copula for kid in clauses.kids[word]):
        return False
    first = copula
    while first and wording.sentence[first - 1] == wording.sentence[copula] and wording.lower[first - 1] not in ";:—":
        first -= 1
    ahead = wording.lower[first:copula]
    return ahead in (["so"], ["and", "so"], ["here"], ["there"]) or any(w in _AHEAD for w in ahead[:3])


def _has_subject(clauses: Clauses, verb: int, words: range) -> bool:
    """Whether it has a subject other than these words, or belongs to a clause that hangs on them."""
    if clauses.relation[verb] not in ("root", "conj", "parataxis", "ccomp", "advcl"):
        return True
    return any(clauses.relation[kid] in _SUBJECTS and kid not in words for kid in clauses.kids[verb])


@cache
def _pasts() -> frozenset[str]:
    return frozenset(
        past for pasts, _ in lexicon.table("irregular_verbs").values() for past in pasts.split("/") if past
    )


def _of_root(wording: Wording, clauses: Clauses, word: int) -> Part:
    """Of a name by which the whole sentence hangs: "Ines, in the middle, counted", "it was Rosa who took the cup"."""
    told = [
        kid for kid in clauses.kids[word] if clauses.relation[kid] in _TELLING and clauses.word_class[kid] == "VERB"
    ]
    own = [kid for kid in told if not _has_other_subject(wording, clauses, kid)]
    return min((_manner(wording, clauses, kid) for kid in own), key=_RANK.__getitem__, default="named")


def _has_other_subject(wording: Wording, clauses: Clauses, verb: int) -> bool:
    return any(
        clauses.relation[kid] in _SUBJECTS and wording.lower[kid] not in ("who", "that") for kid in clauses.kids[verb]
    )


def _best_manner(wording: Wording, clauses: Clauses, verb: int) -> Part:
    """The manner of a verb and of those that "and" joins to it without a subject of their own: "had brought biscuits
    and sat down". Those that are no finite verbs lean on its helpers: "can stand and read", "would come and sit"."""
    own = _manner(wording, clauses, verb)
    joined = [kid for kid in clauses.kids[verb] if clauses.relation[kid] == "conj"]
    alone = (k for k in joined if not any(clauses.relation[other] in _SUBJECTS for other in clauses.kids[k]))
    kept = [k for k in alone if own != "might" or _is_finite(wording.lower[k])]
    return min((own, *(_manner(wording, clauses, k) for k in kept)), key=_RANK.__getitem__)


def _is_finite(verb: str) -> bool:
    return verb.endswith(("ed", "s")) or verb in _pasts()


def _is_ahead(clauses: Clauses, lower: Sequence[str], verb: int) -> bool:
    """Whether it is only meant to come: "was going to visit"."""
    return (
        lower[verb] == "going"
        and lower[verb + 1 : verb + 2] == ["to"]
        and any(clauses.relation[kid] == "xcomp" and clauses.word_class[kid] == "VERB" for kid in clauses.kids[verb])
    )


def _manner(wording: Wording, clauses: Clauses, verb: int) -> Part:
    """Whether what a verb tells is done, is going on, merely is, is over, or only may be."""
    lower = wording.lower
    helpers = [
        kid for kid in clauses.kids[verb] if clauses.relation[kid] in ("aux", "aux:pass", "cop", "advmod", "mark")
    ]
    words = {lower[kid] for kid in helpers}
    own = {lower[kid] for kid in clauses.kids[verb] if clauses.relation[kid] in _SUBJECTS}
    if words & _UNREAL or words & _IF or any(word.endswith("'ll") for word in own) or _is_wished(clauses, lower, verb):
        return "might"
    if words & _HAD or any(word.endswith("'d") for word in own):
        return "had"
    if clauses.word_class[verb] != "VERB" or any(clauses.relation[kid] == "cop" for kid in helpers):
        return "is at" if _is_at_a_place(clauses, lower, verb) else "is"
    if lower[verb].endswith("ing") and words & _BE:
        return "might" if _is_ahead(clauses, lower, verb) else "is doing"
    if lower[verb] in _states():
        return "is"
    return "says" if lower[verb] in _sayings() else "does"


def _is_at_a_place(clauses: Clauses, lower: Sequence[str], place: int) -> bool:
    """Whether somebody is said to be at a place: "was in the bath", "was there", "was up a tree"."""
    if lower[place] in _THERE:
        return True
    cases = [lower[kid] for kid in clauses.kids[place] if clauses.relation[kid] == "case"]
    return any(case in _AT for case in cases)


def _is_wished(clauses: Clauses, lower: Sequence[str], verb: int) -> bool:
    """Whether it stands under a verb by which it is only thought of: "hoped that Anne came", "wanted Anne to come"."""
    relation, over = clauses.relation[verb], lower[clauses.head[verb]]
    return relation in ("ccomp", "xcomp") and over in lexicon.words("unreal_verbs")


@cache
def _meetings() -> frozenset[str]:
    """The pasts and the present of the verbs of meeting face to face."""
    return frozenset(form for verb in lexicon.words("meeting_verbs") for form in _forms(verb))


def _forms(verb: str) -> set[str]:
    irregular = lexicon.table("irregular_verbs")
    stem = verb.removesuffix("e")
    pasts = irregular[verb][0].split("/") if verb in irregular else [stem + "ed", verb + verb[-1] + "ed"]
    return {verb, verb + "s", verb + "es", stem + "ing", *pasts}


@cache
def _sayings() -> frozenset[str]:
    """All forms of the verbs of speech: one may be heard from far off."""
    return frozenset(form for verb in lexicon.words("speech_verbs") for form in (verb, *_forms(verb)))


@cache
def _states() -> frozenset[str]:
    """All forms of the verbs of state: one may love, seem or want without being there."""
    forms = {form for verb in lexicon.words("state_verbs") for form in _forms(verb)}
    return frozenset(forms - {form for verb in _DONE_TOO for form in _forms(verb)})
