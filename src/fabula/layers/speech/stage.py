"""The stage as the words show it: which mention stands at which word, and what kind of somebody it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.encode import Voice
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Narrations

__all__ = ["Stage", "set_stage"]

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_I = frozenset("i me my mine myself".split())
_SUBJECTS = frozenset("i you we he she they thou ye xe ze ey".split())


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """What the decisions about speech look things up in.

    Attributes:
        starts_at: for each word where a mention begins, the longest such mention.
        gender: of each character, "m", "f" or "" by the pronouns the text uses or, failing that, its nouns.
        narrator: the id of the first-person narrator, if the story has one; `narrations`: who that is where.
        voices: of each quotation, by number, the encoder's view of whose mentions tell who speaks.
    """

    wording: Wording
    mentions: Sequence[Mention]
    starts_at: Mapping[int, Mention]
    all_at: Mapping[int, Sequence[Mention]]
    words_of: Mapping[Mention, range]
    characters: Mapping[str, Character]
    gender: Mapping[str, str]
    narrator: str | None
    narrations: Narrations = Narrations()
    voices: Mapping[int, Voice] = msgspec.field(default_factory=dict)

    def mentions_at(self, word: int) -> Sequence[Mention]:
        """Every mention that begins at a word, the longer first."""
        return self.all_at.get(word, ())

    def text_of(self, mention: Mention) -> str:
        """The mention's words in lower case, single-spaced."""
        return " ".join(self.wording.segments.text[mention].lower().split())

    def told_gender(self, mention: Mention) -> str:
        """The gender a pronoun or description tells: "m", "f", "p" for several, "" for none."""
        words = self.text_of(mention)
        if mention.form == "pronoun":
            return (
                "m" if words in _HE else "f" if words in _SHE else "p" if words in ("they", "we", "them", "us") else ""
            )
        noun = lexicon.table("person_nouns").get(words.split()[-1].split("-")[-1] if words else "", ("n",))[0]
        return "" if noun == "n" else noun

    def is_narrator(self, mention: Mention) -> bool:
        """Whether the mention is the narration's own "I"."""
        at = self.wording.at(mention.start)
        return mention.form == "pronoun" and self.text_of(mention) in _I and self.wording.quote[at] == -1

    def teller_at(self, place: int) -> str | None:
        """The id of whoever is the narration's "I" at a character of the text."""
        return self.narrations.teller_at(place) if self.narrations.stretches else self.narrator

    def can_act(self, mention: Mention) -> bool:
        """Whether the mention can be the subject of a verb: "he", not "him"; "her" only as part of "her mother"."""
        words = self.text_of(mention)
        if mention.form == "name":
            return mention.type == "PER" or mention.character is not None
        if mention.form == "pronoun":
            return words in _SUBJECTS
        return True


def set_stage(
    wording: Wording,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    voices: Mapping[int, Voice] | None = None,
    narrations: Narrations | None = None,
) -> Stage:
    """Lay out what is known before anybody speaks."""
    starts_at: dict[int, Mention] = {}
    all_at: dict[int, list[Mention]] = {}
    words_of: dict[Mention, range] = {}
    for mention in mentions:
        words = wording.within(mention)
        words_of[mention] = words
        all_at.setdefault(words.start, []).append(mention)
        held = starts_at.get(words.start)
        if held is None or len(mention) > len(held):
            starts_at[words.start] = mention
    for word, mention in list(starts_at.items()):
        name = starts_at.get(words_of[mention].stop)
        if mention.form == "nominal" and mention.character is None and name is not None and name.form == "name":
            starts_at[word] = name  # "my brother Donal" is Donal
    gender = {"he/him": "m", "she/her": "f", "they/them": "p"}
    return Stage(
        wording=wording,
        mentions=mentions,
        starts_at=starts_at,
        all_at=all_at,
        words_of=words_of,
        characters={c.id: c for c in characters},
        gender={c.id: gender.get(c.pronouns or "", "") or _first_name_gender(c) for c in characters},
        narrator=next((c.id for c in characters if c.narrator), None),
        narrations=narrations or Narrations(),
        voices=voices or {},
    )


def _first_name_gender(character: Character) -> str:
    names = lexicon.table("first_names")
    for name in (character.name, *character.aliases):
        gender = names.get(name.lower().split()[0], ("b",))[0]
        if gender in "mf":
            return gender
    return ""
