"""Under which names somebody is known, and since when: nobody is called Magwitch before the page says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fabula.story import Character, Mention, Text

__all__ = ["known_names"]


def known_names(text: Text, character: Character, mentions: Sequence[Mention]) -> list[tuple[str, int]]:
    """The character's names, each with the place behind its first use; the fullest first, then in order of that place.

    What the text calls them first stands among the names if it is no pronoun, so that there is a name for every page.
    A name that the text never has as it stands is known when all its parts are; one without parts there ("the
    narrator") is a label, known from the first mention.
    """
    used = _first_uses(text, mentions)
    appears = _first_place(character, mentions)
    wanted = dict.fromkeys((character.name, *character.aliases))
    names = [(name, _since(name, used, text, appears)) for name in wanted]
    opening = next((m for m in mentions if m.form != "pronoun"), None)
    if opening is not None and all(since > opening.end for _, since in names):
        names.append((_plain(text[opening]), opening.end))
    return names[:1] + sorted(names[1:], key=lambda name: name[1])


def _first_uses(text: Text, mentions: Iterable[Mention]) -> dict[str, int]:
    uses: dict[str, int] = {}
    for mention in mentions:
        if mention.form != "pronoun":
            uses.setdefault(_plain(text[mention]).casefold(), mention.end)
    return uses


def _first_place(character: Character, mentions: Sequence[Mention]) -> int:
    if mentions:
        return mentions[0].end
    return character.evidence[0].end if character.evidence else 0


def _since(name: str, used: dict[str, int], text: Text, appears: int) -> int:
    """Behind its first use for this character, or else anywhere; behind its last part if it is nowhere whole."""
    if name.casefold() in used:
        return used[name.casefold()]
    whole = text.content.find(name)
    parts = [name] if whole >= 0 else [part for part in name.split() if part[:1].isupper() and part in text.content]
    return max([appears, *(text.content.find(part) + len(part) for part in parts)])


def _plain(words: str) -> str:
    return " ".join(words.split())
