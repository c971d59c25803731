"""Where the words themselves say that one thing rests on another: because, if, so, until then, in order to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fabula.layers.state.clauses import affirmed, bounds, helpers, is_denied, is_manner, say, say_noun, whole
from fabula.layers.state.custody import Belongings
from fabula.layers.state.ground import Ground
from fabula.story import Reason, ReasonKind, Statement

__all__ = ["find_reasons"]

_CAUSES = frozenset({("because",), ("since",), ("now", "that"), ("'cause",), ("seeing", "that")})
_CONDITIONS = frozenset(
    {("if",), ("unless",), ("provided",), ("once",), ("only", "if"), ("as", "long"), ("so", "long"), ("but", "if")}
)
_PURPOSES = frozenset({("so", "that"), ("in", "order"), ("so", "as")})
_UNTIL = frozenset({"until", "till", "before"})
_THEREFORE = frozenset("therefore thus hence consequently accordingly".split())
_DEPENDS = frozenset("depend hinge".split())
_NEEDS = frozenset("need require".split())
_ASKING = frozenset("ask wonder know see tell doubt say care mind remember sure find learn understand".split())
"""Behind these "if" asks whether."""
_WILL = frozenset("will 'll ’ll can ca can't could shall wo won't may might would 'd".split())
_BECAUSE_OF = frozenset({("because", "of"), ("thanks", "to"), ("due", "to"), ("owing", "to")})
_SAID, _NARRATED = 0.6, 0.65
_PLAIN, _LOOSE, _LOOSEST = 1.0, 0.75, 0.6
"""How sure the joining word is: "because" says it, "and then" lets it be understood, a "so" often only goes on."""


class _Found(msgspec.Struct, frozen=True):
    """Two words, each the head of what is said, the first of which rests on the second."""

    what: int
    on: int
    kind: ReasonKind
    sure: float = _PLAIN
    noun: bool = False
    undo: bool = False


def find_reasons(ground: Ground, had: Belongings, lemmas: Sequence[str]) -> tuple[Reason, ...]:
    """What rests on what, in order of place, each with the words that say so."""
    rows: dict[tuple[int, int, int, int], Reason] = {}
    grammar = ground.grammar
    for verb, kind in enumerate(grammar.word_class):
        if kind not in ("VERB", "AUX") and not grammar.under(verb, "cop"):
            continue
        for found in (*_clauses(ground, lemmas, verb), *_joined(ground, lemmas, verb), *_things(ground, lemmas, verb)):
            _keep(rows, _reason(ground, had, lemmas, found))
    for found in _following(ground):
        _keep(rows, _reason(ground, had, lemmas, found))
    ordered = sorted(rows.values(), key=lambda row: (row.evidence[0], row.what, row.on))
    return tuple(msgspec.structs.replace(row, id=f"y{number}") for number, row in enumerate(ordered, 1))


def _keep(rows: dict[tuple[int, int, int, int], Reason], row: Reason | None) -> None:
    if row is None:
        return
    place = (row.what.start, row.what.end, row.on.start, row.on.end)
    if place not in rows or rows[place].confidence < row.confidence:
        rows[place] = row


def _reason(ground: Ground, had: Belongings, lemmas: Sequence[str], found: _Found) -> Reason | None:
    wording = ground.who.wording
    if "?" in wording.segments.text[ground.clause(found.what)] or "?" in wording.segments.text[ground.clause(found.on)]:
        return None
    what = say(ground, had, lemmas, found.what, apart=(found.on,))
    on = say_noun(ground, had, found.on) if found.noun else say(ground, had, lemmas, found.on, apart=(found.what,))
    if what is None or on is None or what.overlaps(on) or not (_says_enough(what) and (found.noun or _says_enough(on))):
        return None
    if found.undo:
        what = affirmed(what)
    scene = ground.scene(found.what)
    speaker = ground.quote(found.what)
    sure = _NARRATED if speaker is None else _SAID * (0.5 + 0.5 * speaker.confidence)
    return Reason(
        id="",
        what=what,
        on=on,
        kind=found.kind,
        scene=scene.id if scene else None,
        confidence=round(sure * found.sure, 3),
        evidence=(whole(what, on),),
    )


def _says_enough(said: Statement) -> bool:
    """Whether it names who or what it is of, and more than that."""
    return len(said.text.split()) > 1 and bool(said.who or said.about or len(said.text.split()) > 2)


def _lead(ground: Ground, head: int) -> tuple[str, ...]:
    words = ground.grammar.reach(head)
    lower = ground.who.wording.lower
    return tuple(lower[at] for at in words if lower[at][0].isalnum() or lower[at][0] in "'’")[:2]


def _opens(lead: tuple[str, ...], ways: frozenset[tuple[str, ...]]) -> bool:
    return lead[:1] in ways or lead[:2] in ways


def _clauses(ground: Ground, lemmas: Sequence[str], verb: int) -> Iterator[_Found]:
    """ "X because Y", "X if Y", "X so that Y", "not X until Y", "not X without Y", "V until Y, and then X"."""
    grammar = ground.grammar
    for clause in grammar.under(verb, "advcl"):
        lead = _lead(ground, clause)
        if _opens(lead, _CAUSES) and not (lead[0] == "since" and helpers(ground, verb) & {"have", "has", "had", "'ve"}):
            yield _Found(verb, clause, "cause", _PLAIN if lead[0] != "since" else _LOOSE)
        elif _opens(lead, _CONDITIONS):
            if not (_asks_whether(ground, lemmas, verb, clause, lead[0]) or is_manner(ground, lemmas, clause)):
                yield _Found(verb, clause, "condition")
        elif _opens(lead, _PURPOSES):
            yield _Found(clause, verb, "purpose")
        elif lead[:1] == ("to",) and grammar.under(verb, "obj") and grammar.under(clause, "obj"):
            yield _Found(clause, verb, "purpose", _LOOSE)
        elif lead[:1] == ("without",) and is_denied(ground, verb):
            yield _Found(verb, clause, "condition", _LOOSE, undo=True)
        elif lead[0] in _UNTIL and is_denied(ground, verb):
            yield _Found(verb, clause, "after", undo=True)
        elif lead[0] in ("until", "till", "once", "when"):
            then = _then(ground, verb, clause)
            if then is not None:
                yield _Found(then, clause, "after", _PLAIN if lead[0] != "when" else _LOOSE)


def _asks_whether(ground: Ground, lemmas: Sequence[str], verb: int, clause: int, lead: str) -> bool:
    """ "I asked if he knew"."""
    return lead == "if" and lemmas[verb] in _ASKING and clause > verb and ground.grammar.subject(verb) is not None


def _then(ground: Ground, verb: int, clause: int) -> int | None:
    """The act that comes next when what was waited for is so: "… until he trusted me, and then we gave him the key"."""
    lower = ground.who.wording.lower
    for other in (*ground.grammar.under(verb, "conj", "parataxis"), *ground.grammar.under(clause, "conj")):
        if other > clause and "then" in {lower[kid] for kid in ground.grammar.under(other, "advmod", "cc")}:
            return other
    return None


def _joined(ground: Ground, lemmas: Sequence[str], verb: int) -> Iterator[_Found]:
    """ "Y, so X", "X, for Y", "do Y, then X will be so"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    for other in grammar.under(verb, "conj", "parataxis", "advcl", "advcl:relcl", "ccomp"):
        if other < verb or not any(grammar.relation[kid].startswith("nsubj") for kid in grammar.kids.get(other, ())):
            continue
        by = {lower[kid] for kid in grammar.under(other, "cc", "advmod", "mark") if kid < other}
        if by & _THEREFORE or ("so" in by and "that" not in by and _begins(ground, other, "so")):
            yield _Found(other, verb, "result", _PLAIN if by & _THEREFORE else _LOOSE)
        elif "for" in by and "to" not in by and grammar.relation[other] != "ccomp" and _begins(ground, other, "for"):
            yield _Found(verb, other, "cause", _LOOSE)
        elif _is_order(ground, lemmas, verb) and _promises(ground, other, by):
            yield _Found(other, verb, "condition", _LOOSE)


def _begins(ground: Ground, head: int, word: str) -> bool:
    """Whether a clause begins with a word, but for an "and" before it."""
    lead = _lead(ground, head)
    return lead[:1] == (word,) or lead == ("and", word)


def _is_order(ground: Ground, lemmas: Sequence[str], verb: int) -> bool:
    grammar = ground.grammar
    no_statement = not any(
        grammar.relation[kid] in ("aux", "mark", "cop", "expl") for kid in grammar.kids.get(verb, ())
    )
    return no_statement and grammar.subject(verb) is None and ground.who.wording.lower[verb] == lemmas[verb]


def _promises(ground: Ground, verb: int, by: set[str]) -> bool:
    """Whether it says what comes of an order: "then he can't go back", "and you will find it"."""
    return bool(by & {"then", "and"}) and bool(helpers(ground, verb) & _WILL or "then" in by)


def _things(ground: Ground, lemmas: Sequence[str], verb: int) -> Iterator[_Found]:
    """ "not X without the key", "X because of Anne", "it depends on Anne", "needs the key to X"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    for noun in grammar.under(verb, "obl", "nmod"):
        cases = [kid for kid in grammar.under(noun, "case") if kid < noun]
        lead = tuple(lower[kid] for kid in (*cases, *(k for case in cases for k in grammar.under(case, "fixed"))))
        if lead[:1] == ("without",) and is_denied(ground, verb) and ground.grammar.word_class[noun] != "PRON":
            yield _Found(verb, noun, "means", _LOOSE, noun=True, undo=True)
        elif lead[:2] in _BECAUSE_OF:
            yield _Found(verb, noun, "cause", noun=True)
    if lemmas[verb] in _NEEDS and not is_denied(ground, verb):
        for aim in grammar.under(verb, "xcomp", "advcl"):
            for noun in grammar.under(verb, "obj"):
                if _lead(ground, aim)[:1] == ("to",):
                    yield _Found(aim, noun, "means", _LOOSE, noun=True)
    if lemmas[verb] in _DEPENDS:
        noun_on = grammar.oblique(verb, "on", "upon")
        if noun_on is not None:
            yield _Found(verb, noun_on, "means", noun=True)
        for clause in grammar.under(verb, "advcl"):
            if _lead(ground, clause)[:1] in (("on",), ("upon",)):
                yield _Found(verb, clause, "means")


def _following(ground: Ground) -> Iterator[_Found]:
    """ "Y. Therefore X.", "Y. That is why X.", "Y. So X.": one sentence and the next of the same voice."""
    wording, before, at = ground.who.wording, None, 0
    while at < len(wording):
        words = bounds(ground, at)
        at = words.stop
        first = [word for word in words if wording.forms[word][0].isalnum() or wording.forms[word][0] in "'’"]
        root = _root(ground, words)
        if root is None or not first:
            before = None
            continue
        lead = tuple(wording.lower[word] for word in first[:3])
        if before is not None and _same_voice(ground, before, root):
            if lead[0] in _THEREFORE:
                yield _Found(root, before, "result")
            elif lead in (("that", "is", "why"), ("that", "'s", "why"), ("that", "’s", "why"), ("that", "was", "why")):
                why = _after(ground, words, first[2])
                if why is not None:
                    yield _Found(why, before, "result")
            elif lead[0] == "so" and ground.grammar.subject(root) in first[1:3]:
                yield _Found(root, before, "result", _LOOSEST)
        before = root


def _after(ground: Ground, words: range, why: int) -> int | None:
    """The first verb behind a word that somebody or something does."""
    grammar = ground.grammar
    return next(
        (
            word
            for word in words
            if word > why and grammar.word_class[word] in ("VERB", "ADJ") and grammar.under(word, "nsubj")
        ),
        None,
    )


def _root(ground: Ground, words: range) -> int | None:
    """The word all others of a stretch hang on."""
    grammar = ground.grammar
    root = next((word for word in words if grammar.head[word] == word or grammar.head[word] not in words), None)
    if root is None or grammar.subject(root) is None:
        return None
    return root


def _same_voice(ground: Ground, one: int, other: int) -> bool:
    """Whether two sentences stand in one quotation, or both in one paragraph of the narration."""
    wording = ground.who.wording
    if wording.quote[one] != wording.quote[other]:
        return False
    between = wording.segments.text.content[wording.ends[one] : wording.starts[other]]
    return "\n" not in between
