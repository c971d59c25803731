"""The dead who are nobody yet, my father, a girl, one named a single time: somebody, once it is said that they died."""

from __future__ import annotations

from collections.abc import Sequence

from fabula import lexicon
from fabula.layers.state.deaths import find_deaths
from fabula.layers.state.ground import Grammar, Who, lay_ground, look_up
from fabula.layers.state.unnamed.guesses import Guess, as_character, follow, is_called, key_of, meaning
from fabula.story import Character, CharacterKind, Mention, Quote, Scene

__all__ = ["bring_in_departed"]

_SCENE = 600
"""So many words on "the girl" can still be the girl who was brought in."""
_LEAST: dict[CharacterKind, int] = {"person": 1, "animal": 2}
"""So often somebody must be met: one fox that is shot is nobody."""


def bring_in_departed(
    grammar: Grammar,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scenes: Sequence[Scene],
) -> tuple[tuple[Character, ...], tuple[Mention, ...]]:
    """The characters with those nameless ones behind them who are said to have died, and the mentions that mean them.

    Everybody described who is nobody yet is taken for somebody; those stay of whom a death is then found.
    """
    who = look_up(grammar.wording, characters, mentions, quotes)
    guesses = _guesses(who, mentions)
    follow(who, mentions, guesses)
    if not guesses:
        return tuple(characters), tuple(mentions)
    supposed = meaning(mentions, {place: guess.id for guess in guesses for place in guess.places})
    people = [*characters, *(as_character(grammar, guess, mentions, guess.id) for guess in guesses)]
    ground = lay_ground(look_up(grammar.wording, people, supposed, quotes), grammar, scenes)
    dead = {death.who for death in find_deaths(ground)}
    kept = [guess for guess in guesses if guess.id in dead and len(guess.places) >= _LEAST[guess.kind]]
    first = 1 + max((int(c.id[1:]) for c in characters if c.id[1:].isdigit()), default=0)
    ids = {guess.id: f"c{number}" for number, guess in enumerate(kept, first)}
    new = [as_character(grammar, guess, mentions, ids[guess.id]) for guess in kept]
    return (*characters, *new), meaning(mentions, {place: ids[g.id] for g in kept for place in g.places})


def _guesses(who: Who, mentions: Sequence[Mention]) -> list[Guess]:
    """Everybody named, and everybody described in the singular, who is nobody yet: the kin of one owner once, whoever
    "a" brings in anew."""
    nouns, kin, wording = lexicon.table("person_nouns"), lexicon.table("kin"), who.wording
    kept: dict[tuple[str, str], Guess] = {}
    found = _named(who, mentions)
    for at, mention in enumerate(mentions):
        if mention.form != "nominal" or mention.character is not None or mention.entity is not None:
            continue
        words = wording.within(mention)
        if len(words) < 2 and not is_called(wording, words):
            continue
        opens, head = wording.lower[words.start], wording.lower[words.stop - 1]
        gender = (kin.get(head) or nouns.get(head) or ("p",))[0]
        key = key_of(who, words, opens, head)
        animal = head in lexicon.words("animals")
        if not (gender in ("m", "f", "n") or animal) or key is None:
            continue
        guess = kept.get(key)
        if guess is None or opens in ("a", "an") or (key[0] == "" and words.start - guess.last > _SCENE):
            guess = kept[key] = Guess(
                f"?{len(found)}",
                head,
                "n" if animal else gender,
                [],
                words.start,
                kind="animal" if animal else "person",
            )
            found.append(guess)
        guess.places.append(at)
        guess.last = words.start
    return found


def _named(who: Who, mentions: Sequence[Mention]) -> list[Guess]:
    """Those with names who are nobody yet; who has only a part of another's name is that other."""
    first_names, titles, wording = lexicon.table("first_names"), lexicon.table("titles"), who.wording
    found: list[Guess] = []
    parts: list[set[str]] = []
    for at, mention in enumerate(mentions):
        if (
            mention.form != "name"
            or mention.type != "PER"
            or mention.character is not None
            or mention.entity is not None
        ):
            continue
        words = wording.within(mention)
        own = {wording.lower[word] for word in words} - titles.keys()
        same = next((number for number, known in enumerate(parts) if own and (own <= known or known <= own)), None)
        if same is None and own:
            gender = first_names.get(wording.lower[words.start], ("",))[0]
            found.append(Guess(f"?n{len(found)}", "", gender if gender in ("m", "f") else "n", [], words.start, True))
            parts.append(own)
            same = len(found) - 1
        if same is not None:
            found[same].places.append(at)
            parts[same] |= own
    return found
