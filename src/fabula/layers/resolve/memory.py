"""Who has been spoken of lately, and how much they are in the reader's mind."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from fabula.layers.resolve.places import Place, Role

__all__ = ["Figure", "Memory"]

_FADE = 0.6
"""What is left of a figure's salience one sentence later (Lappin and Leass 1994 halve it)."""
_WEIGHT: dict[Role, float] = {
    "subject": 1.0, "object": 0.6, "behind": 0.5, "around": 0.4, "owner": 0.5, "itself": 0.3,
}  # fmt: skip
_KEPT = 16
"""So many figures stay in mind; the named owner of a pronoun is among them in 92 % of LitBank's training cases."""


class Figure:
    """Somebody in the reader's mind: a character, or a nameless person ("a waiter") as long as the scene lasts.

    Attributes:
        who: the character's id; "" for the nameless.
        gender: "m", "f", … or "" if nothing tells; `sure`: whether the text tells it.
        place: where the figure was mentioned last; `pronoun`: whether by a pronoun.
        spoken: whether in speech; `scene`: in which scene.
        salience: how much the figure was in mind there, that mention counted.
        often: how often the character is named beside the one named most, as a logarithm.
    """

    __slots__ = ("gender", "key", "often", "place", "pronoun", "salience", "scene", "spoken", "sure", "who")

    def __init__(self, key: str, who: str, gender: str, sure: bool, often: float, place: Place) -> None:
        self.key = key
        self.who = who
        self.gender = gender
        self.sure = sure
        self.often = often
        self.place = place
        self.pronoun = False
        self.spoken = False
        self.salience = 0.0
        self.scene = 0


class Memory:
    """The figures in mind, the latest last. It forgets by itself what lies too far back."""

    def __init__(self) -> None:
        self._figures: OrderedDict[str, Figure] = OrderedDict()
        self.scene = 0
        self.noted = ""
        """The key of the figure that was brought to mind last."""
        self._chains: dict[tuple[str, bool], Figure] = {}
        self._subject: tuple[Place, str] | None = None

    def __contains__(self, key: str) -> bool:
        return key in self._figures

    def get(self, key: str) -> Figure | None:
        return self._figures.get(key)

    def latest(self) -> Iterator[Figure]:
        """The figures in mind, those mentioned last first."""
        return reversed(self._figures.values())

    def subject(self, place: Place) -> tuple[str | None, int]:
        """The last subject before a place in its sentence: the figure's key (None: no known one) and its last word."""
        if self._subject is None:
            return None, -1
        last, key = self._subject
        here = (last.sentence, last.quote) == (place.sentence, place.quote)
        return (key or None, last.stop) if here else (None, -1)

    def end_subject(self, place: Place) -> None:
        """After a subject that brought no figure to mind ("they", "I") the one before is the subject no more."""
        if place.role == "subject" and (self._subject is None or self._subject[0] is not place):
            self._subject = place, ""

    def chain(self, gender: str, place: Place) -> str | None:
        """The key of the figure whom the last pronoun of this gender meant, in the narration or in the same speech."""
        last = self._chains.get((gender, place.quote >= 0))
        return last.key if last is not None and place.paragraph - last.place.paragraph <= 2 else None

    def link(self, gender: str, figure: Figure, place: Place) -> None:
        """A pronoun of this gender meant this figure."""
        self._chains[gender, place.quote >= 0] = figure

    def note(self, figure: Figure, place: Place, *, pronoun: bool) -> None:
        """Bring a figure to mind at a place."""
        self.noted = figure.key
        kept = self._figures.get(figure.key)
        if kept is None:
            self._figures[figure.key] = figure
            if len(self._figures) > _KEPT:
                self._figures.popitem(last=False)
        else:
            self._figures.move_to_end(figure.key)
            figure = kept
        figure.salience = self.salience(figure, place.sentence) + _WEIGHT[place.role]
        figure.place = place
        figure.pronoun = pronoun
        figure.spoken = place.quote >= 0
        figure.scene = self.scene
        if place.role == "subject":
            self._subject = place, figure.key

    def salience(self, figure: Figure, sentence: int) -> float:
        """How much a figure is in mind at a sentence."""
        return figure.salience * float(_FADE ** max(0, sentence - figure.place.sentence))

    def turn_page(self) -> None:
        """A new scene or chapter: the nameless are forgotten, the others fade."""
        self.scene += 1
        self._chains.clear()
        for key in [key for key, figure in self._figures.items() if not figure.who]:
            del self._figures[key]
