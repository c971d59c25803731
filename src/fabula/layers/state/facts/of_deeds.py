"""What the narration shows one person do to another, or to a thing that matters: "and shot him twice"; what else it
shows happen; and what somebody writes in a letter."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.clauses import bounds, gist, plain, root
from fabula.layers.state.custody import Belongings
from fabula.layers.state.facts.claim import Claim
from fabula.layers.state.ground import Ground, inflected
from fabula.story import FactKind

__all__ = ["find_deeds", "find_shown", "find_written"]

_SURE, _SHOWN, _WRITTEN = 0.6, 0.5, 0.55
_LONG = 30
"""Of a sentence of more words the deed's own clause is enough."""
_SHORTEST = 3
"""A sentence of fewer words asserts nothing that can be told again."""
_ONESELF = frozenset("himself herself itself themselves myself yourself ourselves".split())


_MUST = frozenset("had has have".split())
"""With another verb after it: "James had to die"."""
_VAGUE = frozenset("it this that these those there what which".split())
"""A doer who is no more than this is nobody that one could tell of."""


def find_deeds(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """Each deed with who does it and to whom, in order of place; what is only wished, asked or denied is none."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    handed = {span for row in had.possessions for span in row.evidence}  # told by who has what already
    for verb, word_class in enumerate(grammar.word_class):
        if word_class != "VERB" or ground.is_spoken(verb) or not _is_deed(lower[verb]):
            continue
        if not grammar.is_asserted(verb) or any(
            lower[kid].endswith(("'d", "’d")) for kid in grammar.kids.get(verb, ())
        ):
            continue
        one = ground.person(grammar.subject(verb))
        done_to = next((word for word in grammar.under(verb, "obj") if _may_suffer(ground, word)), None)
        if one is None or done_to is None:
            continue
        other = ground.person(done_to)
        suffers = other.id if other is not None else had.at.get(done_to)
        if suffers is None or suffers == one.id:
            continue
        sure, words = round(_SURE * one.confidence, 3), bounds(ground, verb)
        if len(words) > _LONG:
            words = grammar.reach(verb)
        if ground.span(bounds(ground, verb).start, bounds(ground, verb).stop - 1) in handed:
            continue
        yield _claim(ground, had, verb, words, "deed", (one.id, suffers), sure)


def _may_suffer(ground: Ground, word: int) -> bool:
    return ground.who.wording.lower[word] not in _ONESELF and not ground.is_spoken(word)


def _is_deed(word: str) -> bool:
    """Whether a verb's form says that something was done: neither said nor seen, nor still going on."""
    return word not in lexicon.words("speech_verbs") and not word.endswith("ing")


def find_shown(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What the narration shows happen or tells of as done, sentence by sentence: "Fen put down the bag", "the gate
    swung to". What is only so, must be, is wished, asked or denied is no such thing."""
    wording = ground.who.wording
    at = 0
    while at < len(wording):
        words = bounds(ground, at)
        at = words.stop
        scene = ground.scene(words.start) if wording.quote[words.start] == -1 else None
        head = root(ground, words) if scene is not None and scene.frame != "letter" else None
        real = [word for word in words if wording.forms[word][0].isalnum()]
        if head is None or len(real) < _SHORTEST or not _shows(ground, words, head):
            continue
        doer = ground.person(ground.grammar.subject(head))
        about = dict.fromkeys((doer.id,) if doer is not None else ())
        about.update(dict.fromkeys(found.id for word in real if (found := ground.person(word)) is not None))
        about.update(dict.fromkeys(had.at[word] for word in real if word in had.at))
        yield _claim(ground, had, head, words, "deed", tuple(about), _SHOWN)


def _shows(ground: Ground, words: range, verb: int) -> bool:
    """Whether a verb tells that somebody or something that can be named does something."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    subject = grammar.subject(verb)
    if subject is None or grammar.word_class[verb] != "VERB" or not grammar.is_asserted(verb):
        return False
    if ground.person(subject) is None and lower[subject] in _VAGUE:
        return False
    must = lower[verb] in _MUST and bool(grammar.under(verb, "xcomp"))
    return not must and not _is_tag(ground, words, verb)


def _is_tag(ground: Ground, words: range, verb: int) -> bool:
    """Whether a stretch only tells who says what is quoted beside it, or who knows what: "said Ned", "she knew that it
    was late"; not "he went off along the bank"."""
    wording = ground.who.wording
    if wording.lower[verb] in inflected("knowing_verbs") and ground.grammar.under(verb, "ccomp"):
        return True
    if wording.lower[verb] not in lexicon.words("speech_verbs"):
        return False
    beside = [at for at in (words.start - 1, words.stop) if 0 <= at < len(wording)]
    return any(wording.quote[at] != -1 and wording.sentence[at] == wording.sentence[verb] for at in beside)


def find_written(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What somebody asserts in a letter that stands in the story as it is, without quotation marks."""
    wording = ground.who.wording
    for scene in ground.scenes:
        if scene.frame != "letter":
            continue
        at = wording.at(scene.start)
        while at < len(wording) and wording.starts[at] < scene.end:
            words = bounds(ground, at)
            at = words.stop
            head = root(ground, words)
            real = [word for word in words if wording.forms[word][0].isalnum()]
            if head is None or ground.is_spoken(head) or len(real) < _SHORTEST or "?" in wording.forms[words.stop - 1]:
                continue
            if ground.grammar.subject(head) is None and ground.grammar.word_class[head] != "VERB":
                continue  # "Please leave two pints" is told too
            about = dict.fromkeys(found.id for word in real if (found := ground.person(word)) is not None)
            about.update(dict.fromkeys(had.at[word] for word in real if word in had.at))
            yield _claim(ground, had, head, words, "said", tuple(about), _WRITTEN)


def _claim(
    ground: Ground, had: Belongings, at: int, words: range, kind: FactKind, about: tuple[str, ...], sure: float
) -> Claim:
    real = [word for word in words if ground.who.wording.forms[word][0].isalnum()]
    made_of = gist(ground, real, had.at)
    return Claim(kind, at, plain(ground, words), about, None, made_of, sure, ground.span(words.start, words.stop - 1))
