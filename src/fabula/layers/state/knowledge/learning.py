"""Who comes to know what, when and how: by being there, by being told, by overhearing, reading or putting two and two
together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.clauses import bounds
from fabula.layers.state.ground import Ground, Meant, inflected, verbs
from fabula.story import Death, Fact, Knowledge, Learnt, Quote, Scene, Span

__all__ = ["trace_knowledge"]

_TOLD, _SPEAKER, _OVERHEARD, _THERE, _SAYS_SO = 0.7, 0.65, 0.35, 0.5, 0.6
"""How sure one knows who is told, who tells it, who is merely there when it is told, or when it happens, and of whom
the text says that he knows."""


_SPEAKS = 0.52
"""Who is less sure to know it than this neither says it nor is said to know it: they are merely there."""
_HEAD = 30
"""A letter greets within so many words."""
_READ = 60
"""Who reads what is written is told within this many words of it."""
_FAR = 250
"""Who neither speaks nor is spoken of within this many words is not at hand."""
_WAYS: dict[str, Learnt] = {
    "witnessed": "witnessed",
    "overheard": "overheard",
    "read": "read",
    "told": "told",
    "inferred": "inferred",
}


class _Learning(msgspec.Struct, frozen=True):
    """Somebody learns a fact at a word."""

    who: str
    fact: str
    at: int
    how: Learnt
    source: str | None
    sure: float
    evidence: Span


def trace_knowledge(
    ground: Ground, facts: Sequence[Fact], asserted: Sequence[tuple[int, str]], deaths: Sequence[Death] = ()
) -> tuple[Knowledge, ...]:
    """Who knows which fact since which scene, the first time in story order; in order of the facts. The dead, who are
    still spoken of, overhear and witness nothing."""
    gone = _gone(ground, deaths)
    kinds = {fact.id: fact for fact in facts}
    rows: dict[tuple[str, str], tuple[tuple[tuple[int, int], int], _Learning, Scene]] = {}
    for learning in _learnings(ground, kinds, asserted):
        scene = ground.scene(learning.at)
        if scene is None or _is_gone(ground, gone, learning, scene):
            continue
        key = (learning.fact, learning.who)
        when = (ground.ranks[scene.id], learning.at)
        if key not in rows or when < rows[key][0]:
            rows[key] = (when, learning, scene)
    order = {fact.id: number for number, fact in enumerate(facts)}
    found = sorted(rows.values(), key=lambda row: (order[row[1].fact], row[0], row[1].who))
    return tuple(
        Knowledge(
            who=one.who,
            fact=one.fact,
            since_scene=scene.id,
            how=one.how,
            source=one.source,
            confidence=round(one.sure, 3),
            evidence=(one.evidence,),
        )
        for _, one, scene in found
    )


def _gone(ground: Ground, deaths: Sequence[Death]) -> dict[str, tuple[tuple[int, int], int]]:
    """Since when somebody is dead: the place in story order, and in the telling, at which that is told."""
    told = ((death, death.scene or death.told_in) for death in deaths if death.undone_in is None)
    return {
        death.who: (ground.ranks[scene], death.evidence[0].start) for death, scene in told if scene and death.evidence
    }


def _is_gone(
    ground: Ground, gone: Mapping[str, tuple[tuple[int, int], int]], learning: _Learning, scene: Scene
) -> bool:
    """Whether one who only happens to be there is dead by then."""
    if learning.who not in gone or learning.how not in ("overheard", "witnessed") or learning.sure >= _SPEAKS:
        return False
    rank, place = gone[learning.who]
    now = ground.ranks[scene.id]
    return now > rank or (now == rank and learning.evidence.end >= place)


def _learnings(ground: Ground, facts: Mapping[str, Fact], asserted: Sequence[tuple[int, str]]) -> Iterator[_Learning]:
    speakers, near = _speakers(ground), _near(ground)
    for at, fact in asserted:
        quote = ground.quote(at) if ground.is_spoken(at) else None
        if quote is not None:
            yield from _of_speech(ground, at, facts[fact], quote, speakers, near)
        elif facts[fact].kind == "said":
            yield from _of_letter(ground, at, facts[fact], near)
        elif facts[fact].kind in ("custody", "death", "injury", "deed"):
            yield from _of_witnesses(ground, at, facts[fact], near)
    yield from _said_to_know(ground, asserted)


def _of_speech(
    ground: Ground, at: int, fact: Fact, quote: Quote, speakers: Mapping[str, tuple[str, ...]], near: _Near
) -> Iterator[_Learning]:
    place = _place(ground, at, fact)
    if quote.mode == "written":
        if quote.speaker:
            yield _Learning(quote.speaker, fact.id, at, "witnessed", None, _SPEAKER, place)
        for reader in dict.fromkeys((*quote.addressees, *_readers(ground, at, quote))):
            yield _Learning(reader, fact.id, at, "read", quote.speaker, _TOLD, place)
        return
    if quote.speaker:
        yield _Learning(quote.speaker, fact.id, at, "witnessed", None, _SPEAKER * quote.confidence, place)
    for hearer in quote.addressees:
        yield _Learning(hearer, fact.id, at, "told", quote.speaker, _TOLD * quote.confidence, place)
    scene = ground.scene(at)
    if scene is None:
        return
    for other in dict.fromkeys((*scene.present, *speakers.get(scene.id, ()))):
        if other != quote.speaker and other not in quote.addressees and near.is_at_hand(other, at):
            yield _Learning(other, fact.id, at, "overheard", quote.speaker, _OVERHEARD * quote.confidence, place)


def _place(ground: Ground, at: int, fact: Fact) -> Span:
    """Those of a fact's words in which a word stands."""
    start = ground.who.wording.starts[at]
    return next((span for span in fact.evidence if span.start <= start < span.end), fact.evidence[0])


def _of_letter(ground: Ground, at: int, fact: Fact, near: _Near) -> Iterator[_Learning]:
    """What a letter or a diary tells: who writes it knows it, who is written to reads it, and those who are there in
    what it tells have seen it."""
    scene = ground.scene(at)
    if scene is None or scene.frame != "letter":
        return
    place = _place(ground, at, fact)
    writer, reader = scene.teller or ground.who.narrator, _written_to(ground, scene)
    if writer is not None:
        yield _Learning(writer, fact.id, at, "witnessed", None, _SPEAKER, place)
    if reader is not None and reader != writer:
        yield _Learning(reader, fact.id, at, "read", writer, _THERE, place)
    for who in scene.present:
        if who not in (writer, reader) and near.is_at_hand(who, at):
            yield _Learning(who, fact.id, at, "witnessed", None, _THERE, place)


def _written_to(ground: Ground, scene: Scene) -> str | None:
    """Whom a letter greets at its head: "My dear Honor,"."""
    wording = ground.who.wording
    first = wording.at(scene.start)
    for word in range(first, min(first + _HEAD, len(wording) - 1)):
        if wording.lower[word] in ("dear", "dearest"):
            greeted = next((ground.person(near) for near in range(word + 1, word + 4) if ground.person(near)), None)
            return greeted.id if greeted is not None else None
    return None


def _readers(ground: Ground, at: int, quote: Quote) -> Iterator[str]:
    """Who is said to read, right before or after what is written."""
    wording, grammar = ground.who.wording, ground.grammar
    first, last = wording.at(quote.start), wording.at(quote.end)
    for word in (*range(max(0, first - _READ), first), *range(last, min(len(wording), last + _READ))):
        if wording.lower[word] in ("read", "reads", "reading") and wording.quote[word] == -1:
            reader = ground.person(grammar.subject(word))
            if reader is not None and reader.id != quote.speaker and grammar.is_asserted(word):
                yield reader.id


class _Near(msgspec.Struct, frozen=True):
    """Where everybody is spoken of or speaks, by word, in order."""

    places: Mapping[str, Sequence[int]]

    def is_at_hand(self, who: str, at: int) -> bool:
        """Whether somebody speaks or is spoken of not too far from a word: who left long ago hears nothing."""
        places = self.places.get(who, ())
        return bisect_left(places, at + _FAR + 1) > bisect_left(places, at - _FAR)


def _near(ground: Ground) -> _Near:
    places: dict[str, list[int]] = {}
    for meant in ground.who.starting.values():
        places.setdefault(meant.id, []).append(meant.first)
    for quote in ground.who.speaker.values():
        if quote.speaker is not None:
            places.setdefault(quote.speaker, []).append(ground.who.wording.at(quote.start))
    return _Near({who: sorted(found) for who, found in places.items()})


def _speakers(ground: Ground) -> dict[str, tuple[str, ...]]:
    """Who speaks aloud in a scene, be it through a telephone: they hear."""
    found: dict[str, dict[str, None]] = {}
    for quote in ground.who.speaker.values():
        if quote.mode == "spoken" and quote.speaker is not None:
            at = ground.who.wording.at(quote.start)
            scene = ground.scene(at) if at < len(ground.who.wording) else None
            if scene is not None:
                found.setdefault(scene.id, {})[quote.speaker] = None
    return {scene: tuple(who) for scene, who in found.items()}


def _of_witnesses(ground: Ground, at: int, fact: Fact, near: _Near) -> Iterator[_Learning]:
    scene = ground.scene(at)
    if scene is None or (fact.kind in ("death", "deed") and ground.grammar.is_perfect(at)):
        return
    span = next((s for s in fact.evidence if s.start <= ground.who.wording.starts[at] < s.end), fact.evidence[0])
    for who in scene.present:
        if not (fact.kind == "death" and who == fact.about[0]) and near.is_at_hand(who, at):
            yield _Learning(who, fact.id, at, "witnessed", None, _THERE, span)


def _said_to_know(ground: Ground, asserted: Sequence[tuple[int, str]]) -> Iterator[_Learning]:
    """ "She realised that he had the key", "he knows what we did": the text speaks outright of who knows."""
    kinds = lexicon.table("knowing_verbs")
    grammar, first = ground.grammar, dict(reversed(asserted))
    for verb, bare in verbs(grammar, inflected("knowing_verbs")):
        kind = kinds[bare][0]
        inner = grammar.under(verb, "ccomp", "obj")
        if not inner or not grammar.is_asserted(verb):
            continue
        fact = next((first[word] for word in (verb, *inner) if word in first), None)
        who = ground.person(grammar.subject(verb))
        if fact is None or who is None:
            continue
        words = bounds(ground, verb)
        place = ground.span(words.start, words.stop - 1)
        if kind == "tells":
            yield from _in_words(ground, verb, fact, who, place)
            continue
        yield _Learning(who.id, fact, verb, _WAYS.get(kind, "told"), None, _SAYS_SO * who.confidence, place)


def _in_words(ground: Ground, verb: int, fact: str, who: Meant, place: Span) -> Iterator[_Learning]:
    """ "He told her that the ship was lost", "she confessed to Ned that …": he knows it, and she is told."""
    grammar = ground.grammar
    passive = grammar.passive(verb)
    if passive:
        yield _Learning(who.id, fact, verb, "told", None, _SAYS_SO * who.confidence, place)
        return
    yield _Learning(who.id, fact, verb, "witnessed", None, _SAYS_SO * who.confidence, place)
    hearers = [ground.person(word) for word in grammar.under(verb, "obj", "iobj")]
    hearers.append(ground.person(grammar.oblique(verb, "to")))
    for hearer in hearers:
        if hearer is not None and hearer.id != who.id:
            yield _Learning(hearer.id, fact, verb, "told", who.id, _SAYS_SO * hearer.confidence, place)
