"""Weigh everybody in mind against one pronoun, and choose whom it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log1p
from operator import mul

import msgspec

from fabula.layers.resolve.memory import Figure, Memory
from fabula.layers.resolve.places import Place
from fabula.layers.resolve.weights import Weights

__all__ = ["Choice", "Question", "choose"]

_FAR = 60
"""Beyond so many sentences, or paragraphs, farther is not weaker any more."""


class Question(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whom does this mean? What is known besides the figures in mind.

    Attributes:
        gender: the gender the words tell; "" for either.
        speaker, hearers: of the speech it stands in, or of the nearest one in its paragraph.
        tagged: the speaker of the speech whose tag this is the subject of ("…," she said).
        subject: the key of the figure that is the last subject before it in its sentence; `clause`: whether in its
            clause, too.
        chain: the key of the figure whom the last such pronoun meant, in the same paragraph or the one before.
        out: keys of figures that cannot be meant.
        linked: for each figure the log probability, by the encoder, that it is meant; under "" for every other one.
    """

    place: Place
    gender: str
    speaker: str | None = None
    hearers: tuple[str, ...] = ()
    tagged: str | None = None
    subject: str | None = None
    clause: bool = False
    chain: str | None = None
    out: tuple[str, ...] = ()
    linked: Mapping[str, float] = msgspec.field(default_factory=dict)


class Choice(msgspec.Struct, frozen=True, gc=False):
    """Who is likeliest meant (None: nobody the reading knows) and how likely that is."""

    figure: Figure | None
    confidence: float


_NOBODY = Choice(None, 0.0)


def choose(question: Question, memory: Memory, weights: Weights) -> Choice:
    """The likeliest of the figures in mind that fit in gender: a log-linear choice, "nobody" among the answers."""
    figures = [
        f
        for f in memory.latest()
        if f.key not in question.out and (f.gender == question.gender or not f.gender or not question.gender)
    ]
    if question.gender not in ("m", "f", ""):
        figures = [f for f in figures if f.gender == question.gender]
    if not figures:
        return _NOBODY
    scale = msgspec.structs.astuple(weights)
    scores = [sum(map(mul, scale, look)) for look in looks(figures, question, memory)]
    best = max(range(len(scores)), key=scores.__getitem__)
    top = scores[best]
    if top <= weights.nobody:
        return _NOBODY
    whole = sum(exp(score - top) for score in scores) + exp(weights.nobody - top)
    return Choice(figures[best], 1 / whole)


def looks(figures: Sequence[Figure], question: Question, memory: Memory) -> list[tuple[float, ...]]:
    """What is seen of each figure, in the order of the weights; the figures mentioned last come first."""
    return [_look(figure, n, question, memory) for n, figure in enumerate(figures)]


def _look(figure: Figure, rivals: int, question: Question, memory: Memory) -> tuple[float, ...]:
    place, last = question.place, figure.place
    sentences = place.sentence - last.sentence
    paragraphs = place.paragraph - last.paragraph
    role, who = last.role, figure.who
    return (
        log1p(memory.salience(figure, place.sentence)),
        sentences == 0,
        sentences == 1,
        log1p(min(sentences, _FAR)),
        paragraphs > 0,
        log1p(min(paragraphs, _FAR)),
        role == "subject",
        role == "owner",
        role == "object",
        figure.pronoun,
        bool(who) and who == question.speaker,
        bool(who) and who in question.hearers,
        bool(who) and who == question.tagged,
        figure.spoken,
        last.quote == place.quote and place.quote >= 0,
        figure.often,
        bool(figure.gender) and not figure.sure,
        not figure.gender,
        not who,
        question.clause and figure.key == question.subject and place.role in ("object", "behind"),
        figure.key == question.subject and place.role == "itself",
        figure.key == question.subject and place.role in ("owner", "subject"),
        figure.key == question.chain,
        min(rivals, 4),
        sentences == 0 and not figure.pronoun,
        sentences == 1 and not figure.pronoun,
        sentences == 1 and role == "subject" == place.role,
        figure.scene != memory.scene,
        question.linked.get(figure.key, question.linked.get("", 0.0)),
        0.0,
    )
