"""What is known at one place of the text while it is read from front to back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import exp, log

from fabula.encode import Links
from fabula.layers.resolve.kin import Kin, Named
from fabula.layers.resolve.memory import Figure, Memory
from fabula.layers.resolve.people import gather_people
from fabula.layers.resolve.places import Place, find_places
from fabula.layers.resolve.talk import SILENCE, Speeches, Talk
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Narrations, Quote

__all__ = ["Answer", "State"]

_SURE, _OTHER, _DOUBT = 12.0, 0.05, 0.005
"""Log odds beyond which the encoder is not believed; the share of "somebody new" that falls to each figure it links
nothing to; the chance that it is all wrong."""

Answer = tuple[str | None, float]
"""A character's id, or None, and how sure that is."""


class State:
    """The reader's mind: who everybody is, who has been spoken of, who is whose sister, and the answers so far."""

    def __init__(
        self,
        wording: Wording,
        characters: Sequence[Character],
        mentions: Sequence[Mention],
        quotes: Sequence[Quote],
        links: Links | None = None,
        narrations: Narrations | None = None,
    ) -> None:
        self.wording = wording
        self.mentions = mentions
        self.places = find_places(wording, mentions, quotes)
        self.people = gather_people(characters, mentions)
        self.speeches = Speeches(wording, quotes)
        self.memory = Memory()
        self.kin = Kin(self.people)
        self.named = Named((p, m.character) for p, m in zip(self.places, mentions, strict=True) if m.character)
        self.answers: list[Answer | None] = [None] * len(mentions)
        self._links = links
        self._narrations = narrations or Narrations()
        self._keys = [""] * len(mentions)
        self._owners: dict[int, tuple[str, float]] = {}
        self._pages = sorted({*wording.segments.breaks, *(c.start for c in wording.segments.chapters)})
        self._page = 0

    def turn_pages(self, place: int) -> None:
        """Begin a new scene if a chapter or a marked break lies before the place."""
        page = bisect_right(self._pages, place)
        if page > self._page:
            self._page = page
            self.memory.turn_page()

    def hold(self, i: int) -> None:
        """Keep whom mention `i` brought to mind."""
        answer = self.answers[i]
        self._keys[i] = self.memory.noted or (answer[0] or "" if answer else "")
        self.memory.noted = ""

    def linked(self, i: int) -> dict[str, float]:
        """What the encoder says of whom mention `i` means: a log probability by key; under "" that of any other."""
        if self._links is None:
            return {}
        masses: dict[str, float] = {}
        whole = 1.0
        for back, odds in enumerate(self._links.odds[i, :i].tolist(), start=1):
            weight = exp(min(odds, _SURE))
            whole += weight
            key = self._keys[i - back]
            masses[key] = masses.get(key, 0.0) + weight
        other = _OTHER / whole + _DOUBT
        return {key: log(mass / whole + other) for key, mass in masses.items() if key} | {"": log(other)}

    def teller(self, i: int) -> str | None:
        """The id of whoever is the narration's "I" where mention `i` stands."""
        if self._narrations.stretches:
            return self._narrations.teller_at(self.mentions[i].start)
        return self.people.narrator

    def talk(self, i: int) -> Talk:
        """Who speaks to whom where a mention stands: inside its quote, else beside it."""
        place = self.places[i]
        if place.quote >= 0:
            return self.speeches.inside(place.quote)
        return self.speeches.beside(self.mentions[i], place)

    def talk_inside(self, i: int) -> Talk:
        """Who speaks to whom in the quote where a mention stands."""
        quote = self.places[i].quote
        return self.speeches.inside(quote) if quote >= 0 else SILENCE

    def own(self, place: Place, answer: Answer) -> None:
        """Keep whose the thing or person is that the words after an owner name."""
        who, sure = answer
        if place.role == "owner" and who is not None:
            self._owners[place.first] = who, sure

    def owner(self, place: Place) -> Answer:
        """The owner with whom a description begins: her, in "her mother"."""
        return self._owners.get(place.first, (None, 0.0))

    def note_character(self, character: str, place: Place, *, pronoun: bool) -> None:
        """A character is mentioned; several who act as one are not kept in mind, for no "he" means them."""
        people = self.people
        if character not in people.gender or character in people.groups:
            return
        figure = self.memory.get(character) or Figure(
            character,
            character,
            people.gender[character],
            people.told[character],
            people.often[character],
            place,
        )
        self.memory.note(figure, place, pronoun=pronoun)

    def note_nameless(self, key: str, gender: str, place: Place) -> None:
        """Somebody whom the reading has no name for is mentioned: "a waiter"."""
        figure = self.memory.get(key) or Figure(key, "", gender, True, self.people.rarest, place)
        self.memory.note(figure, place, pronoun=False)

    def latest_of(self, characters: Iterable[str]) -> str | None:
        """Of several characters the one mentioned last, if any is in mind."""
        wanted = set(characters)
        return next((f.who for f in self.memory.latest() if f.who in wanted), None)
