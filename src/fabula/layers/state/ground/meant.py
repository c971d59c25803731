"""Who is meant at a word: by a name, by a pronoun, by "my" in somebody's mouth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Quote, Span

__all__ = ["NAMED", "Meant", "Who", "look_up"]

_GENDERS = {"his": "m", "he": "m", "him": "m", "her": "f", "she": "f", "hers": "f"}
_MINE = frozenset({"my", "i", "me", "mine"})
_YOURS = frozenset({"your", "you", "yours"})

NAMED, _TIED, _SPOKEN, _NEAREST = 0.9, 0.7, 0.75, 0.5
"""How sure a name, a pronoun tied to its owner, "my" by the speaker, and the nearest fitting name say who is meant."""


class Meant(msgspec.Struct, frozen=True):
    """Somebody, the words that mean them (first word, word after the last), and how sure that is."""

    id: str
    first: int
    stop: int
    confidence: float


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Where the text means whom.

    Attributes:
        named, described: every mention by a name, and by a description ("the robber"), in order of place.
        starting, ending: the longest mention of a character that begins at, or ends before, a word.
        gender: of each character: "m", "f" or "".
        speaker: for each quotation of `Wording.quote`, the quote read from it.
        tellers: from which place to which somebody else than the narrator says "I": a letter, a tale.
    """

    wording: Wording
    characters: Mapping[str, Character]
    starting: Mapping[int, Meant]
    ending: Mapping[int, Meant]
    named: Sequence[Meant]
    described: Sequence[Meant]
    gender: Mapping[str, str]
    speaker: Mapping[int, Quote]
    narrator: str | None
    tellers: Sequence[tuple[int, int, str]] = ()

    def span(self, first: int, stop: int) -> Span:
        """The place of the words first … stop (not included)."""
        return Span(self.wording.starts[first], self.wording.ends[stop - 1])

    def teller(self, at: int) -> str | None:
        """Who says "I" in the narration at a word."""
        place = self.wording.starts[at]
        return next((who for start, end, who in self.tellers if start <= place < end), self.narrator)

    def owner(self, at: int) -> Meant | None:
        """Who is meant by the pronoun at a word ("her", "my"); None where the text does not let one know."""
        word = self.wording.lower[at]
        tied = self.ending.get(at + 1)
        if tied is not None and tied.first == at:  # not the whole of "my sister", of which she is only the owner
            return tied
        quote = self.speaker.get(self.wording.quote[at])
        if word in _MINE:
            speaker = self.teller(at) if self.wording.quote[at] == -1 else quote.speaker if quote else None
            return Meant(speaker, at, at + 1, _SPOKEN) if speaker else None
        if word in _YOURS:
            return Meant(quote.addressees[0], at, at + 1, _NEAREST) if quote and quote.addressees else None
        return self._nearest(at, _GENDERS[word]) if word in _GENDERS else None

    def _nearest(self, at: int, gender: str) -> Meant | None:
        """The last name before a word, in its sentence or the one before, of somebody of that gender."""
        wording = self.wording
        place = bisect_left(self.named, at, key=lambda meant: meant.first) - 1
        while place >= 0 and wording.sentence[at] - wording.sentence[self.named[place].first] <= 1:
            meant = self.named[place]
            if self.gender[meant.id] == gender and wording.quote[meant.first] == wording.quote[at]:
                return Meant(meant.id, at, at + 1, _NEAREST)
            place -= 1
        return None


def look_up(
    wording: Wording, characters: Sequence[Character], mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> Who:
    """Lay out where the text means whom."""
    starting: dict[int, Meant] = {}
    ending: dict[int, Meant] = {}
    named, described = [], []
    for mention in mentions:
        if mention.character is None:
            continue
        words = wording.within(mention)
        if not words:
            continue
        sure = _TIED if mention.form == "pronoun" else NAMED
        meant = Meant(mention.character, words.start, words.stop, sure)
        if mention.form == "name":
            named.append(meant)
        elif mention.form != "pronoun":
            described.append(meant)
        if words.start not in starting or starting[words.start].stop < meant.stop:
            starting[words.start] = meant
        if words.stop not in ending or ending[words.stop].first > meant.first:
            ending[words.stop] = meant
    said = {quote.start: quote for quote in quotes if quote.depth == 0}
    return Who(
        wording=wording,
        characters={character.id: character for character in characters},
        starting=starting,
        ending=ending,
        named=sorted(named, key=lambda meant: meant.first),
        described=sorted(described, key=lambda meant: meant.first),
        gender={character.id: _gender(character) for character in characters},
        speaker={i: said[q.start] for i, q in enumerate(wording.segments.quotations) if q.start in said},
        narrator=next((character.id for character in characters if character.narrator), None),
    )


def _gender(character: Character) -> str:
    told = {"he/him": "m", "she/her": "f"}.get(character.pronouns or "")
    if told:
        return told
    first_names = lexicon.table("first_names")
    guesses = (
        first_names.get(name.lower().split()[0], ("b",))[0] for name in (character.name, *character.aliases) if name
    )
    return next((guess for guess in guesses if guess in "mf"), "")
