"""Who comes to know what, when and how: by being there, by being told, by overhearing, reading or putting two and two
together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.clauses import bounds
from fabula.layers.state.ground import Ground, Meant, inflected, verbs
from fabula.layers.state.knowledge.signs import Course, chance, find_signs, follow
from fabula.story import Death, Fact, Knowledge, Learnt, Quote, Scene, Span

__all__ = ["trace_knowledge"]

_TOLD, _SPEAKER, _THERE, _SAYS_SO = 0.7, 0.65, 0.5, 0.6
"""How sure one knows who is written to, who writes it, who was there in what is written, and of whom the text says that
he knows."""
_LEAST = 0.35
"""Who is less sure than this to come to know what is said or done is taken not to."""
_SHOWN = frozenset({"custody", "death", "injury", "deed"})
"""What the narration tells of these can be seen."""
_HEAD = 30
"""A letter greets within so many words."""
_READ = 60
"""Who reads what is written is told within this many words of it."""
_WAYS: dict[str, Learnt] = {
    "witnessed": "witnessed",
    "overheard": "overheard",
    "read": "read",
    "told": "told",
    "inferred": "inferred",
}


class _Learning(msgspec.Struct, frozen=True):
    """Somebody learns a fact at a word; `idle`: merely by being there."""

    who: str
    fact: str
    at: int
    how: Learnt
    source: str | None
    sure: float
    evidence: Span
    idle: bool = False


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
    if learning.who not in gone or not learning.idle:
        return False
    rank, place = gone[learning.who]
    now = ground.ranks[scene.id]
    return now > rank or (now == rank and learning.evidence.end >= place)


def _learnings(ground: Ground, facts: Mapping[str, Fact], asserted: Sequence[tuple[int, str]]) -> Iterator[_Learning]:
    course = follow(ground)
    for at, fact in asserted:
        quote, scene = ground.quote(at), ground.scene(at)
        if scene is None or (ground.is_spoken(at) and quote is None):
            continue
        if quote is not None and quote.mode == "written":
            yield from _of_writing(ground, at, facts[fact], quote)
        elif quote is not None or facts[fact].kind in _SHOWN:
            yield from _of_company(ground, course, at, facts[fact], scene, quote)
        elif facts[fact].kind == "said":
            yield from _of_letter(ground, course, at, facts[fact], scene)
    yield from _said_to_know(ground, asserted)


def _of_writing(ground: Ground, at: int, fact: Fact, quote: Quote) -> Iterator[_Learning]:
    """What is quoted of a letter or an inscription: who writes it knows it, who is written to or reads it learns it."""
    place = _place(ground, at, fact)
    if quote.speaker:
        yield _Learning(quote.speaker, fact.id, at, "witnessed", None, _SPEAKER, place)
    for reader in dict.fromkeys((*quote.addressees, *_readers(ground, at, quote))):
        yield _Learning(reader, fact.id, at, "read", quote.speaker, _TOLD, place)


def _of_company(
    ground: Ground, course: Course, at: int, fact: Fact, scene: Scene, quote: Quote | None
) -> Iterator[_Learning]:
    """What is said or done before people: who says it, is told, overhears or sees it, as sure as the signs are."""
    if quote is None and fact.kind == "death" and ground.grammar.is_perfect(at):
        return
    place, speaker = _place(ground, at, fact), quote.speaker if quote is not None else None
    for who, signs in find_signs(ground, course, at, fact, scene, quote).items():
        if fact.kind == "death" and quote is None and who == fact.about[0]:
            continue
        sure = chance(signs)
        if sure < _LEAST:
            continue
        told = quote is not None and who in quote.addressees
        how: Learnt = "told" if told else "witnessed" if quote is None or who == speaker else "overheard"
        source = None if how == "witnessed" else speaker
        yield _Learning(
            who, fact.id, at, how, source, sure, place, idle=who not in (speaker, *fact.about[:1]) and not told
        )


def _place(ground: Ground, at: int, fact: Fact) -> Span:
    """Those of a fact's words in which a word stands."""
    start = ground.who.wording.starts[at]
    return next((span for span in fact.evidence if span.start <= start < span.end), fact.evidence[0])


def _of_letter(ground: Ground, course: Course, at: int, fact: Fact, scene: Scene) -> Iterator[_Learning]:
    """What a letter or a diary tells: who writes it knows it, who is written to reads it, and those who are there in
    what it tells have seen it."""
    if scene.frame != "letter":
        return
    place = _place(ground, at, fact)
    writer, reader = scene.teller or ground.who.narrator, _written_to(ground, scene)
    if writer is not None:
        yield _Learning(writer, fact.id, at, "witnessed", None, _SPEAKER, place)
    if reader is not None and reader != writer:
        yield _Learning(reader, fact.id, at, "read", writer, _THERE, place)
    for who, signs in find_signs(ground, course, at, fact, scene, None).items():
        if who not in (writer, reader) and chance(signs) >= _LEAST:
            yield _Learning(who, fact.id, at, "witnessed", None, chance(signs), place, idle=True)


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
