"""What some keep from others ("don't tell her", "she must never know", "he kept it from him"), and when it is out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula.layers.state.clauses import bounds, plain
from fabula.layers.state.ground import Ground
from fabula.story import Fact, Knowledge, Secret

__all__ = ["find_secrets"]

_NOT = frozenset("not n't n’t never".split())
_TELLS = frozenset("tell tells told telling".split())
_LEARNS = frozenset("know knows knew learn learns learned learnt find finds discover hear".split())
_KEEPS = frozenset("keep keeps kept keeping hide hides hid hidden hiding conceal conceals concealed concealing".split())
_TELLABLE = frozenset(
    "it this that these those all everything nothing truth news secret secrets fact facts plan plans name story letter "
    "knowledge matter what".split()
)
"""What one keeps from somebody by not telling it."""
_ABLE = frozenset("can could ca can't couldn't cannot".split())
"""Who cannot tell does not know or is at a loss for words."""
_MUST = frozenset("must mustn't shall shan't may should shouldn't will won't wo sha".split())
_BACK = 80
"""What is kept secret was spoken of within so many words before."""
_SAID, _TOLD = 0.55, 0.6


class _Sign(msgspec.Struct, frozen=True):
    """At a verb, who is said to keep something from whom."""

    at: int
    keepers: tuple[str, ...]
    kept_from: str


def find_secrets(
    ground: Ground, facts: Sequence[Fact], asserted: Sequence[tuple[int, str]], knowledge: Sequence[Knowledge]
) -> tuple[Secret, ...]:
    """The secrets that the words speak of, in order of place; each fact kept from somebody is told once."""
    words = [at for at, _ in asserted]
    learnt = {(row.who, row.fact): row for row in knowledge}
    kinds = {fact.id: fact.kind for fact in facts}
    found: dict[tuple[str | int, str], Secret] = {}
    spoken_of: dict[int, str | None] = {}
    sentence = ground.who.wording.sentence
    first = {fact: at for at, fact in reversed(asserted)}
    for sign in _signs(ground):
        fact = _kept(ground, sign, words, asserted, kinds)
        if fact is not None:  # "I won't tell him" speaks of what "he must never know" spoke of
            fact = spoken_of.get(sentence[first[fact]], fact)
        spoken_of.setdefault(sentence[sign.at], fact)
        key = (sign.at if fact is None else fact, sign.kept_from)
        secret = _secret(ground, sign, fact, learnt)
        held = found.get(key)
        found[key] = secret if held is None else _joined(held, secret)
    return tuple(found.values())


def _signs(ground: Ground) -> Iterator[_Sign]:
    for at, word in enumerate(ground.who.wording.lower):
        if ground.grammar.word_class[at] not in ("VERB", "AUX"):
            continue
        if word in _TELLS:
            yield from _untold(ground, at)
        elif word in _LEARNS:
            yield from _unlearnt(ground, at)
        elif word in _KEEPS:
            yield from _withheld(ground, at)


def _helpers(ground: Ground, at: int) -> set[str]:
    return {ground.who.wording.lower[kid] for kid in ground.grammar.under(at, "aux", "advmod", "neg")}


def _is_denied(helpers: set[str]) -> bool:
    return bool(helpers & _NOT) or any(word.endswith(("n't", "n’t")) for word in helpers)


def _untold(ground: Ground, at: int) -> Iterator[_Sign]:
    """ "Don't tell her", "he had never told Anne"; not "don't tell me", "I can't tell you", "did you not tell me?"."""
    helpers = _helpers(ground, at)
    if not _is_denied(helpers) or helpers & _ABLE or _is_asked(ground, at):
        return
    hearers = [ground.person(word) for word in ground.grammar.under(at, "obj", "iobj")]
    keepers = _keepers(ground, at)
    for hearer in hearers:
        if hearer is not None and hearer.id not in keepers and keepers:
            yield _Sign(at, keepers, hearer.id)


def _is_asked(ground: Ground, at: int) -> bool:
    """Whether it is asked if somebody has told: "Haven't you told her?"; who asks why not is sure that he has not."""
    wording, subject, words = ground.who.wording, ground.grammar.subject(at), bounds(ground, at)
    helper = min(ground.grammar.under(at, "aux"), default=at)
    if subject is None or subject < helper or "why" in wording.lower[words.start : helper]:
        return False
    return any("?" in mark for mark in wording.forms[max(words.start, words.stop - 2) : words.stop])


def _unlearnt(ground: Ground, at: int) -> Iterator[_Sign]:
    """ "She must never know", "Anne mustn't find out"."""
    helpers = _helpers(ground, at)
    if not _is_denied(helpers) or not (helpers & _MUST or any(word[:-3] in _MUST for word in helpers)):
        return
    who, quote = ground.person(ground.grammar.subject(at)), ground.quote(at)
    if who is None or quote is None or quote.speaker is None or who.id in (quote.speaker, *quote.addressees):
        return
    yield _Sign(at, (quote.speaker, *quote.addressees), who.id)


def _withheld(ground: Ground, at: int) -> Iterator[_Sign]:
    """ "He had kept it from her for years"; what is kept is something one can tell: no coat, and not oneself."""
    keeper = ground.person(ground.grammar.subject(at))
    other = ground.person(ground.grammar.oblique(at, "from"))
    kept = {ground.who.wording.lower[word] for word in ground.grammar.under(at, "obj")}
    if not kept & _TELLABLE and not ground.grammar.under(at, "ccomp"):
        return
    if keeper is not None and other is not None and keeper.id != other.id and ground.grammar.is_asserted(at):
        yield _Sign(at, (keeper.id,), other.id)


def _keepers(ground: Ground, at: int) -> tuple[str, ...]:
    """Who does not tell: the subject; of an order, who gives it and who is to keep it."""
    own = ground.grammar.under(at, "nsubj")
    quote = ground.quote(at)
    if own:
        keeper = ground.person(own[0])
        return (keeper.id,) if keeper is not None else ()
    if quote is None or quote.speaker is None:
        shared = ground.person(ground.grammar.subject(at))
        return (shared.id,) if shared is not None else ()
    return (quote.speaker, *quote.addressees)


def _kept(
    ground: Ground, sign: _Sign, words: Sequence[int], asserted: Sequence[tuple[int, str]], kinds: Mapping[str, str]
) -> str | None:
    """The fact: what the verb's own clause says, or what was asserted last before it."""
    clauses = set(ground.grammar.under(sign.at, "ccomp"))
    own = bounds(ground, sign.at)
    within = asserted[bisect_left(words, own.start) : bisect_left(words, own.stop)]
    for word, fact in within:
        if word in clauses:
            return fact
    scene = ground.scene(sign.at)
    for word, fact in reversed(asserted[bisect_left(words, own.start - _BACK) : bisect_left(words, own.start)]):
        if kinds[fact] in ("said", "death", "deed") and ground.scene(word) is scene:
            return fact
    return None


def _secret(ground: Ground, sign: _Sign, fact: str | None, learnt: Mapping[tuple[str, str], Knowledge]) -> Secret:
    scene, words = ground.scene(sign.at), bounds(ground, sign.at)
    out = learnt.get((sign.kept_from, fact)) if fact is not None else None
    begun = ground.ranks[scene.id] if scene is not None else (0, 0)
    comes_out = out is not None and ground.ranks[out.since_scene] > begun
    evidence = (ground.span(words.start, words.stop - 1), *(out.evidence[:1] if out is not None and comes_out else ()))
    return Secret(
        text=plain(ground, words),
        fact=fact,
        keepers=sign.keepers,
        kept_from=(sign.kept_from,),
        scene=scene.id if scene is not None else None,
        out_scene=out.since_scene if out is not None and comes_out else None,
        confidence=_SAID if ground.is_spoken(sign.at) else _TOLD,
        evidence=evidence,
    )


def _joined(one: Secret, other: Secret) -> Secret:
    """The same secret spoken of again: all who keep it, all words."""
    return msgspec.structs.replace(
        one,
        keepers=tuple(dict.fromkeys((*one.keepers, *other.keepers))),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
