"""Which known character a predicted one is: by the names the text calls him or her."""

from __future__ import annotations

from collections import Counter

import msgspec

from fabula.story import Character, Mention, Story

__all__ = ["CastMap", "map_cast", "normalised"]


class CastMap(msgspec.Struct, frozen=True):
    """The known character for each predicted one, and the votes that decided.

    Attributes:
        known: from a predicted character's id to the known one's; those without a vote are not in it.
        votes: from a predicted character's id to the votes for each known one: mentions, then listed names.
        mention_votes: the same, mentions alone.
        mentions: from a predicted character's id to the number of its name mentions, voting or not.
        voters: the same, those that vote for anybody.
    """

    known: dict[str, str]
    votes: dict[str, dict[str, int]]
    mention_votes: dict[str, dict[str, int]]
    mentions: dict[str, int]
    voters: dict[str, int]

    def find(self, predicted: str | None) -> str | None:
        """The id of the known character that this predicted id stands for; None where it stands for nobody."""
        return None if predicted is None else self.known.get(predicted)


def map_cast(predicted: Story, gold: Story) -> CastMap:
    """Map the predicted characters to the known ones.

    Every name mention of a predicted character whose normalised text is a normalised name or alias of a known character
    casts one vote for that one, and so does each name listed for the predicted character, its main name included. Most
    votes wins; without a vote the character is unmapped. Known characters whose name begins with `_` are left out.

    Decided here, because the definition is silent: an alias that two known characters share votes for both; of equal
    votes the one whose main name is the predicted main name wins, then the one listed first. Several predicted
    characters may map to one known character.
    """
    owners = _owners(gold)
    names: dict[str, list[Mention]] = {character.id: [] for character in predicted.characters}
    for mention in predicted.mentions:
        if mention.form == "name" and mention.character in names:
            names[mention.character].append(mention)
    known, votes, mention_votes, voters = {}, {}, {}, {}
    for character in predicted.characters:
        words = [predicted.words(mention) for mention in names[character.id]]
        voters[character.id] = sum(normalised(word) in owners for word in words)
        spoken = _count(words, owners)
        total = spoken + _count([character.name, *character.aliases], owners)
        mention_votes[character.id], votes[character.id] = dict(spoken), dict(total)
        if total:
            known[character.id] = _winner(character, total, gold)
    return CastMap(known, votes, mention_votes, {name: len(m) for name, m in names.items()}, voters)


def normalised(name: str) -> str:
    """Lower-cased, letters and digits only: "Mr. Darcy" is "mrdarcy"."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _owners(gold: Story) -> dict[str, list[str]]:
    owners: dict[str, list[str]] = {}
    for character in gold.characters:
        if not character.name.startswith("_"):
            for name in {normalised(alias) for alias in (character.name, *character.aliases)} - {""}:
                owners.setdefault(name, []).append(character.id)
    return owners


def _count(names: list[str], owners: dict[str, list[str]]) -> Counter[str]:
    return Counter(owner for name in names for owner in owners.get(normalised(name), ()))


def _winner(character: Character, votes: Counter[str], gold: Story) -> str:
    most = max(votes.values())
    first = [known for known in gold.characters if votes[known.id] == most]
    same = [known for known in first if normalised(known.name) == normalised(character.name)]
    return (same or first)[0].id
