"""Where somebody aims at something: orders it, means to do it, promises it or is afraid of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Ground, Meant
from fabula.story import PlanKind

__all__ = ["Aim", "find_aims"]

_NOW = frozenset("am 'm are 're".split())
_SHALL = frozenset("will 'll shall".split())
_MUST = frozenset("must will 'll shall".split())
_MEANS = frozenset("mean intend plan decide resolve determine propose".split())
_PROMISES = frozenset("promise swear vow".split())
_FEARS = frozenset("fear dread".split())
_FIRST = frozenset({"i", "we"})
_NOT = frozenset("not n't n’t never".split())
_WHAT_DONE = re.compile(
    r"\bwhat (?:will|would|did|does|do|are|is|was|were|has|have) (?P<whose>you|he|she|they)\b[^.?!]*\?\W*$",
    re.IGNORECASE,
)
_BRINGS = frozenset("get make have force persuade".split())
_HANDS = frozenset("give hand bring send offer sell pass take hide bury throw burn".split())
"""What one thinks of doing with a thing."""
_TOPS = frozenset({"root", "ccomp", "conj", "parataxis"})
_AT_ONCE = 300
"""Characters of narration at most between a question and its answer."""
_ANSWERED = 40
"""Within so many words a promise that is asked for is given."""
_SAID, _NARRATED, _ORDERED, _THOUGHT = 0.6, 0.65, 0.55, 0.45


class Aim(msgspec.Struct, frozen=True):
    """`who` aims at it that `doer` does what the verb says."""

    who: str
    doer: str | None
    kind: PlanKind
    verb: int
    sure: float


def find_aims(ground: Ground, lemmas: Sequence[str]) -> Iterator[Aim]:
    """Every aim with somebody who has it, in order of place; what is asked or denied is none."""
    for verb, kind in enumerate(ground.grammar.word_class):
        if kind != "VERB" or not lemmas[verb].isalpha() or _is_out(ground, verb):
            continue
        aim = _brought_about(ground, lemmas, verb)
        if aim is None and lemmas[verb] not in lexicon.words("no_acts"):
            aim = (
                _sworn(ground, lemmas, verb)
                or _governed(ground, lemmas, verb)
                or _spoken(ground, lemmas, verb)
                or _considered(ground, lemmas, verb)
            )
        if aim is not None:
            yield aim


def _is_out(ground: Ground, verb: int) -> bool:
    """Whether it is denied, asked, or only under an "if"."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    words = {lower[kid] for kid in grammar.under(verb, "aux", "advmod", "mark")}
    return (
        bool(words & (_NOT | {"if", "unless", "when", "how", "why", "where"}))
        or "?" in (ground.who.wording.segments.text[ground.clause(verb)])
    )


def _governed(ground: Ground, lemmas: Sequence[str], verb: int) -> Aim | None:
    """ "He promised to bring the key", "I mean to burn the letter", "she was afraid that Tom would sell the house"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    head, relation = grammar.head[verb], grammar.relation[verb]
    if relation not in ("xcomp", "ccomp") or ground.is_spoken(head) != ground.is_spoken(verb):
        return None
    kind = _kind(lemmas[head], lower[head])
    who = _minded(ground, head)
    if kind is None or who is None or _is_out(ground, head) or _is_given_up(ground, head):
        return None
    if kind != "fear" and relation == "ccomp" and kind != "promise":
        return None
    if kind == "intention" and not any(lower[kid] == "to" for kid in grammar.under(verb, "mark")):
        return None
    own = next((kid for kid in grammar.kids.get(verb, ()) if grammar.relation[kid] in ("nsubj",)), None)
    doer = who if own is None else ground.person(own)
    if kind == "fear" and (own is None or doer is None or doer.id == who.id):
        return None
    sure = (_SAID if ground.is_spoken(verb) else _THOUGHT if lower[head] == "going" else _NARRATED) * who.confidence
    return Aim(who.id, doer.id if doer else None, kind, verb, sure)


def _minded(ground: Ground, head: int) -> Meant | None:
    """Who means it; "they" are those the clause before is about: "Rafe and Colm were friends, and they meant to"."""
    grammar, subject = ground.grammar, ground.grammar.subject(head)
    who = ground.person(subject)
    if who is None and subject is not None and ground.who.wording.lower[subject] == "they":
        before = grammar.subject(grammar.head[head]) if grammar.relation[head] == "conj" else None
        return ground.person(before) if before is not None and grammar.under(before, "conj") else None
    return who


def _sworn(ground: Ground, lemmas: Sequence[str], verb: int) -> Aim | None:
    """ "Promise me you'll burn it." "I promise.": one who is asked for a promise gives it."""
    grammar, head, quote = ground.grammar, ground.grammar.head[verb], ground.quote(verb)
    if (
        quote is None
        or grammar.relation[verb] != "ccomp"
        or lemmas[head] not in _PROMISES
        or not _is_bare(ground, head)
    ):
        return None
    own = [ground.who.wording.lower[kid].partition("'")[0].partition("’")[0] for kid in grammar.under(verb, "nsubj")]
    if own != ["you"] or grammar.under(head, "nsubj"):
        return None
    to = _ordered(ground, head)
    given = to is not None and _is_promised(ground, lemmas, head, to)
    return Aim(to, to, "promise", verb, _SAID * quote.confidence) if to is not None and given else None


def _is_promised(ground: Ground, lemmas: Sequence[str], asked: int, who: str) -> bool:
    """Whether somebody answers "I promise" in the next words that are said by another."""
    wording = ground.who.wording
    for at in range(asked + 1, min(asked + _ANSWERED, len(wording))):
        answers = wording.quote[at] not in (-1, wording.quote[asked]) and ground.speaker(at) == who
        if answers and lemmas[at] in _PROMISES and wording.lower[at] == lemmas[at] and wording.lower[at - 1] == "i":
            return True
    return False


def _brought_about(ground: Ground, lemmas: Sequence[str], verb: int) -> Aim | None:
    """ "Get him to trust you", "Make Tom open the door": what somebody is ordered to bring another to do."""
    grammar, head = ground.grammar, ground.grammar.head[verb]
    if grammar.relation[verb] not in ("xcomp", "ccomp") or lemmas[head] not in _BRINGS or not _is_bare(ground, head):
        return None
    quote, other = ground.quote(head), next(iter(grammar.under(head, "obj", "iobj")), None)
    own = next(iter(grammar.under(verb, "nsubj")), other)
    doer = ground.person(own)
    if quote is None or quote.speaker is None or doer is None or _ordered(ground, head) is None:
        return None
    subjects = [kid for kid in grammar.under(head, "nsubj", "nsubj:pass") if ground.is_spoken(kid) and kid < head]
    if subjects or doer.id == quote.speaker or _is_out(ground, head):
        return None
    return Aim(quote.speaker, doer.id, "order", verb, _ORDERED * quote.confidence)


def _ordered(ground: Ground, word: int) -> str | None:
    """To whom an order is said: the one addressed or, where it is remembered, the one who remembers it."""
    quote = ground.quote(word)
    if quote is None:
        return None
    return quote.addressees[0] if len(quote.addressees) == 1 else ground.recalled_by(word)


def _considered(ground: Ground, lemmas: Sequence[str], verb: int) -> Aim | None:
    """ "They could give Tom the object": what the one through whose eyes it is told thinks of doing with a thing."""
    grammar, scene = ground.grammar, ground.scene(verb)
    helpers = {ground.who.wording.lower[kid] for kid in grammar.under(verb, "aux")}
    if ground.is_spoken(verb) or grammar.relation[verb] != "root" or helpers != {"could"} or scene is None:
        return None
    if lemmas[verb] not in _HANDS or scene.point_of_view is None or not grammar.under(verb, "iobj", "obl"):
        return None
    doer = ground.person(grammar.subject(verb))
    others = doer is not None and doer.id != scene.point_of_view
    return None if others else Aim(scene.point_of_view, scene.point_of_view, "intention", verb, _THOUGHT)


def _is_given_up(ground: Ground, head: int) -> bool:
    """ "I meant to sell it", "he had meant to", "we were going to": what was meant once need not be meant now, but what
    somebody had decided or promised is."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    helpers = {lower[kid] for kid in grammar.under(head, "aux")}
    if lower[head] == "going" and not ground.is_spoken(head):
        return not helpers & {"was", "were"} or any(lower[kid] == "just" for kid in grammar.under(head, "advmod"))
    if lower[head] == "going":
        parts = {part for kid in grammar.under(head, "nsubj") for part in _parts(lower[kid])}
        return not (ground.is_spoken(head) and parts & _FIRST and (helpers | parts) & _NOW)
    meant = lower[head] in ("meant", "intended", "planned", "proposed")
    return ("had" in helpers and meant) or (ground.is_spoken(head) and meant)


def _parts(word: str) -> tuple[str, ...]:
    """ "I'll" is "I" and "'ll"."""
    for mark in ("'", "’"):
        if mark in word[1:]:
            first, rest = word.split(mark, 1)
            return first, "'" + rest
    return (word,)


def _kind(lemma: str, lower: str) -> PlanKind | None:
    if lemma in _PROMISES:
        return "promise"
    if lemma in _FEARS or lower == "afraid":
        return "fear"
    return "intention" if lemma in _MEANS or lower == "going" else None


def _spoken(ground: Ground, lemmas: Sequence[str], verb: int) -> Aim | None:
    """ "I'll bring it", "you must burn it", "Give Tom the key"."""
    quote = ground.quote(verb)
    grammar, lower = ground.grammar, ground.who.wording.lower
    if quote is None or quote.mode not in ("spoken", "written", "remembered") or quote.speaker is None:
        return None
    if grammar.relation[verb] not in _TOPS or lower[verb] != lemmas[verb]:
        return None
    subjects = [kid for kid in grammar.kids.get(verb, ()) if grammar.relation[kid].startswith("nsubj")]
    parts = _parts(lower[subjects[0]]) if len(subjects) == 1 else ()
    helpers = {*(lower[kid] for kid in grammar.under(verb, "aux")), *parts[1:]}
    if parts and parts[0] in _FIRST and helpers & _SHALL:
        kind: PlanKind = "promise" if _is_vowed(ground, lemmas, verb) else "intention"
        return Aim(quote.speaker, quote.speaker, kind, verb, _SAID * quote.confidence)
    to = _ordered(ground, verb)
    if parts and parts[0] == "you" and helpers & _MUST and to is not None:
        return Aim(quote.speaker, to, "order", verb, _ORDERED * quote.confidence)
    if not subjects and to is not None and _is_bare(ground, verb):
        asked = _asked_of(ground, verb)
        if asked is not None:
            own = asked == "you"
            return Aim(quote.speaker, quote.speaker, "intention", verb, _THOUGHT * quote.confidence) if own else None
        return Aim(quote.speaker, to, "order", verb, _ORDERED * quote.confidence)
    return None


def _asked_of(ground: Ground, verb: int) -> str | None:
    """Whose doings another has just asked about: "What will you do with it?" is answered with "Burn it", no order.

    "What shall we do with it?" asks for one, and counts as nobody's.
    """
    number = ground.who.wording.quote[verb]
    before, here = ground.who.speaker.get(number - 1), ground.quote(verb)
    if before is None or here is None or before.speaker == here.speaker:
        return None
    if here.start - before.end > _AT_ONCE:
        return None
    asked = _WHAT_DONE.search(ground.who.wording.segments.text[before.span])
    return asked["whose"].lower() if asked else None


def _is_vowed(ground: Ground, lemmas: Sequence[str], verb: int) -> bool:
    """ "I will bring you the lamp, I promise", "I swear I'll burn it": whether the speaker gives his word on it."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    beside = [*grammar.under(verb, "parataxis"), *([grammar.head[verb]] if grammar.relation[verb] == "ccomp" else ())]
    return any(
        lemmas[one] in _PROMISES
        and ground.is_spoken(one)
        and [lower[kid] for kid in grammar.under(one, "nsubj")] == ["i"]
        and not grammar.under(one, "aux")
        for one in beside
    )


def _is_bare(ground: Ground, verb: int) -> bool:
    """Whether nothing that makes a statement of it stands before the verb: an order begins with it."""
    grammar = ground.grammar
    if any(grammar.relation[kid] in ("aux", "mark", "cop", "aux:pass", "expl") for kid in grammar.kids.get(verb, ())):
        return False
    if grammar.relation[verb] == "conj" and any(
        grammar.relation[kid].startswith(("nsubj", "aux")) for kid in grammar.kids.get(grammar.head[verb], ())
    ):
        return False
    return _leads(ground, verb) or _follows(ground, verb)


def _follows(ground: Ground, verb: int) -> bool:
    """ "Lock the vault and bring me the key": a second order hangs on the first."""
    grammar, head = ground.grammar, ground.grammar.head[verb]
    joined = grammar.relation[verb] == "conj" and head < verb and grammar.word_class[head] == "VERB"
    second = joined and not any(grammar.relation[kid].startswith("nsubj") for kid in grammar.kids.get(verb, ()))
    same = ground.who.wording.quote[head] == ground.who.wording.quote[verb]
    ordered = second and same and grammar.relation[head] in _TOPS
    return ordered and _leads(ground, head)


def _leads(ground: Ground, verb: int) -> bool:
    """Whether nothing stands before it in its part of the sentence but "now", "then" or a name and a comma."""
    wording, before = ground.who.wording, verb - 1
    stops = 0
    while before >= 0 and wording.sentence[before] == wording.sentence[verb]:
        if wording.quote[before] != wording.quote[verb] or wording.lower[before] in (";", ":"):
            return True
        if wording.lower[before] == ",":
            stops += 1
        elif wording.forms[before][0].isalnum() and wording.lower[before] not in _LEADS:
            spoken_to = stops == 1 and ground.grammar.relation[before] in ("vocative", "discourse", "flat")
            if not spoken_to:
                return False
        elif wording.lower[before] in ("—", "–", "-", "--"):
            return False
        before -= 1
    return True


_LEADS = frozenset("just then now and please so but go come".split())
