"""What somebody orders, intends, promises or fears, and what becomes of it: done, failed, dropped, or left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.clauses import done_to, is_manner, plain, say
from fabula.layers.state.custody import Belongings
from fabula.layers.state.ground import Ground
from fabula.layers.state.plans.aims import Aim, find_aims
from fabula.story import Custody, Dependency, Fact, Outcome, Plan, Possession, Span, Statement

__all__ = ["trace_plans"]

_NOT = frozenset("not n't never".split())
_REASONS = frozenset("if because since unless until provided".split())
_MEETS = 0.85
"""How sure an act that is told later is the one that was planned."""
_RECURS = 3
"""So often a noun stands in the text that names no thing on the list, for a plan about it to matter."""
_AGAIN = 2
"""So often is the place or thing named that somebody is narrated to mean something with."""
_COMES: Mapping[str, frozenset[Custody]] = {
    "give": frozenset({"given", "has"}),
    "give-to": frozenset({"given", "has"}),
    "sell": frozenset({"given"}),
    "take": frozenset({"taken", "has"}),
    "hide": frozenset({"hidden"}),
    "destroy": frozenset({"destroyed"}),
    "lose": frozenset({"lost"}),
    "throw": frozenset({"lost", "destroyed", "given"}),
    "leave": frozenset({"lost", "given"}),
}
"""What custody a thing is in once something like this is done to it."""
_FROM_ONE = frozenset({"give", "give-to", "sell", "hide", "put", "lose", "leave", "throw", "destroy"})
"""What only somebody can do who has the thing."""


class _Act(msgspec.Struct, frozen=True):
    """A verb that says something is done, or is not: who does it, and to whom and what."""

    at: int
    when: tuple[tuple[int, int], int]
    doer: str
    on: frozenset[str]
    denied: bool


class _Known(msgspec.Struct, frozen=True):
    """What plans are held against; the acts by the lemma of the verb and by who does them."""

    ground: Ground
    had: Belongings
    lemmas: Sequence[str]
    counted: Mapping[str, int]
    acts: Mapping[tuple[str, str], Sequence[_Act]]


def trace_plans(ground: Ground, lemmas: Sequence[str], had: Belongings, facts: Sequence[Fact]) -> tuple[Plan, ...]:
    """The plans in order of place, each with what became of it and what it depended on."""
    known = _Known(ground, had, lemmas, Counter(ground.who.wording.lower), {})
    aims = [aim for aim in find_aims(ground, lemmas) if _names_something(known, aim)]
    acts: dict[tuple[str, str], list[_Act]] = {}
    for at in _verbs_like(known, aims):
        act = _act(known, at)
        if act is not None:
            acts.setdefault((lemmas[at], act.doer), []).append(act)
    known = msgspec.structs.replace(known, acts=acts)
    plans: list[Plan] = []
    for aim in aims:
        plans.append(_plan(known, f"n{len(plans) + 1}", aim, facts, plans))
    return tuple(plans)


def _names_something(known: _Known, aim: Aim) -> bool:
    """Whether the act is done to a person, or to a thing that the story comes back to; a word given always counts."""
    return aim.kind == "promise" or bool(_main(known, aim)) or _is_about_the(known, aim)


def _is_about_the(known: _Known, aim: Aim) -> bool:
    """ "He meant to rob the toll-house": what is narrated as meant is done to something known that is named again."""
    ground, lower = known.ground, known.ground.who.wording.lower
    if ground.is_spoken(aim.verb) or aim.kind != "intention":
        return False
    return any(
        ground.grammar.word_class[word] == "NOUN"
        and known.counted[lower[word]] >= _AGAIN
        and lower[word] not in lexicon.words("no_things")
        and any(lower[kid] == "the" for kid in ground.grammar.under(word, "det"))
        for word in ground.grammar.under(aim.verb, "obj")
    )


def _main(known: _Known, aim: Aim) -> frozenset[str]:
    """What must come back in an act for it to be the planned one: the thing or person it is done to."""
    return frozenset(one for one in _direct(known, aim.verb) if one not in (aim.doer, aim.who))


def _direct(known: _Known, verb: int) -> frozenset[str]:
    ground, found = known.ground, set[str]()
    for word in ground.grammar.under(verb, "obj", "nsubj:pass") or ground.grammar.under(verb, "iobj"):
        person = ground.person(word)
        name = ground.who.wording.lower[word]
        if person is not None:
            found.add(person.id)
        elif word in known.had.at:
            found.add(known.had.at[word])
        elif name in lexicon.words("things") and known.counted[name] >= _RECURS:
            found.add(name)
    return frozenset(found)


def _verbs_like(known: _Known, aims: Sequence[Aim]) -> Iterator[int]:
    wanted = {known.lemmas[aim.verb] for aim in aims}
    classes = known.ground.grammar.word_class
    return (at for at, lemma in enumerate(known.lemmas) if lemma in wanted and classes[at] == "VERB")


def _act(known: _Known, at: int) -> _Act | None:
    ground, grammar = known.ground, known.ground.grammar
    said = grammar.under(at, "aux", "advmod", "aux:pass")
    helpers = {ground.who.wording.lower[kid] for kid in said}
    denied = bool(helpers & _NOT) or any(word.endswith(("n't", "n’t")) for word in helpers)
    if not denied and not (grammar.is_asserted(at) and _has_happened(known, at, helpers)):
        return None
    subject = grammar.oblique(at, "by") if grammar.passive(at) else grammar.subject(at)
    doer = ground.person(subject)
    return _Act(at, _when(ground, at), doer.id, done_to(ground, known.had, at), denied) if doer else None


def _has_happened(known: _Known, at: int, helpers: set[str]) -> bool:
    """Whether the verb tells of what is or was: not a bare form that orders or is planned itself."""
    lower = known.ground.who.wording.lower[at]
    told = known.ground.grammar.subject(at) is not None
    return told and not (helpers & {"will", "'ll", "’ll", "to"}) and (lower != known.lemmas[at] or _is_past(lower))


def _is_past(lower: str) -> bool:
    """Whether a bare form is its own past: "put", "cut", "hit"."""
    return lower in lexicon.table("irregular_verbs").get(lower, ("",))[0].split("/")


def _plan(known: _Known, own: str, aim: Aim, facts: Sequence[Fact], earlier: Sequence[Plan]) -> Plan:
    ground = known.ground
    words = ground.clause(aim.verb)
    scene = ground.scene(aim.verb)
    outcome, place, at = _outcome(known, aim)
    later = ground.scene(at) if at is not None else None
    sentence = range(ground.who.wording.at(words.start), ground.who.wording.at(words.end - 1) + 1)
    return Plan(
        id=own,
        who=aim.who,
        doer=aim.doer,
        kind=aim.kind,
        text=plain(ground, sentence),
        act=_act_of(known, aim),
        scene=scene.id if scene else None,
        outcome=outcome,
        outcome_scene=later.id if later else None,
        depends_on=tuple(_dependencies(known, aim, facts, earlier)),
        confidence=round(aim.sure * (1.0 if outcome == "open" else _MEETS), 3),
        evidence=(words, *((place,) if place is not None else ())),
    )


def _act_of(known: _Known, aim: Aim) -> Statement | None:
    said = say(known.ground, known.had, known.lemmas, aim.verb)
    return None if said is None else msgspec.structs.replace(said, who=aim.doer)


def _outcome(known: _Known, aim: Aim) -> tuple[Outcome, Span | None, int | None]:
    """The first later act that is the planned one, or says that it will not be; else where the thing came to be."""
    ground = known.ground
    main = _main(known, aim)
    alike = known.acts.get((known.lemmas[aim.verb], aim.doer), ()) if main and aim.doer is not None else ()
    now, sentence = _when(ground, aim.verb), ground.who.wording.sentence
    later = [act for act in alike if act.when > now and main <= act.on and sentence[act.at] != sentence[aim.verb]]
    act = min(later, key=lambda act: act.when, default=None)
    if act is not None:
        return _became(known, aim, act), ground.clause(act.at), act.at
    held = _comes_to(known, aim)
    if held is not None:
        return "done", held.evidence[0], ground.who.wording.at(held.evidence[0].start)
    return "open", None, None


def _became(known: _Known, aim: Aim, act: _Act) -> Outcome:
    if not act.denied:
        return "done"
    lower = known.ground.who.wording.lower
    helpers = {lower[kid] for kid in known.ground.grammar.under(act.at, "aux", "advmod")}
    own = known.ground.speaker(act.at) in (aim.who, aim.doer)
    return "dropped" if own and helpers & {"will", "wo", "'ll", "won't", "won’t", "shall", "shan't"} else "failed"


def _when(ground: Ground, word: int) -> tuple[tuple[int, int], int]:
    scene = ground.scene(word)
    return (ground.ranks[scene.id] if scene is not None else (0, 0)), word


def _comes_to(known: _Known, aim: Aim) -> Possession | None:
    """The custody that the planned act would bring about, where the story shows it later."""
    ground = known.ground
    row = lexicon.table("custody_verbs").get(known.lemmas[aim.verb])
    things = _direct(known, aim.verb) & set(known.had.at.values())
    if row is None or row[0] not in _COMES or len(things) != 1 or aim.doer is None:
        return None
    to = (
        {aim.doer}
        if row[0] == "take"
        else (done_to(ground, known.had, aim.verb) & set(ground.who.characters)) - {aim.doer}
    )
    if row[0] in ("give", "give-to", "take") and not to:
        return None
    for held in known.had.possessions:
        fits = held.object in things and held.how in _COMES[row[0]] and (held.holder in to or held.holder is None)
        if not fits or not held.evidence:
            continue
        at = ground.who.wording.at(held.evidence[0].start)
        if _when(ground, at) > _when(ground, aim.verb) and not held.evidence[0].overlaps(ground.clause(aim.verb)):
            return held
    return None


def _dependencies(known: _Known, aim: Aim, facts: Sequence[Fact], earlier: Sequence[Plan]) -> Iterator[Dependency]:
    """What the plan stands on: a condition or reason said with it, and having the thing that is to be given away."""
    ground = known.ground
    for clause in ground.grammar.under(aim.verb, "advcl"):
        marks = {ground.who.wording.lower[kid] for kid in ground.grammar.under(clause, "mark", "advmod")}
        if marks & _REASONS and not is_manner(ground, known.lemmas, clause):
            words = ground.grammar.reach(clause)
            span = ground.span(words.start, words.stop - 1)
            same = (fact for fact in facts if any(span.overlaps(place) for place in fact.evidence))
            on = next((fact.id for fact in same if fact.kind != "said"), None)
            yield Dependency(on=on, kind="condition", text=plain(ground, words), evidence=(span,))
    yield from _on_custody(known, aim, facts, earlier)


def _on_custody(known: _Known, aim: Aim, facts: Sequence[Fact], earlier: Sequence[Plan]) -> Iterator[Dependency]:
    """Nobody can give, hide or destroy what he has not got: the last time before that he is shown to have it."""
    ground = known.ground
    row = lexicon.table("custody_verbs").get(known.lemmas[aim.verb])
    if row is None or row[0] not in _FROM_ONE or aim.doer is None:
        return
    for thing in sorted(_direct(known, aim.verb) & set(known.had.at.values())):
        held = [
            fact
            for fact in facts
            if fact.kind == "custody" and fact.about == (thing, aim.doer) and _before(ground, fact.evidence[0], aim)
        ]
        if not held:
            continue
        fact = held[-1]
        made = [plan for plan in earlier if plan.outcome == "done" and fact.evidence[0] in plan.evidence[1:]]
        yield Dependency(on=fact.id, kind="custody", text=fact.text, evidence=fact.evidence[:1])
        for plan in made[-1:]:
            yield Dependency(on=plan.id, kind="plan", text=plan.text, evidence=plan.evidence)


def _before(ground: Ground, span: Span, aim: Aim) -> bool:
    at = ground.who.wording.at(span.start)
    return _when(ground, at) < _when(ground, aim.verb) and not span.overlaps(ground.clause(aim.verb))
