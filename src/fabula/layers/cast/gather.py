"""Which names are one person's, and who all these people are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from fabula import lexicon
from fabula.layers.cast.gender import Votes, count_votes, pronouns
from fabula.layers.cast.merge import Bunch, bunch_names
from fabula.layers.cast.roles import Role, find_roles, office_holder
from fabula.segment.wording import Wording
from fabula.story import Character, CharacterKind, Entity, EntityType, Mention, Span

__all__ = ["Cast", "gather_cast"]


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody and everything with a name, and the mentions with the names among them tied to their owners."""

    characters: tuple[Character, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]


def gather_cast(wording: Wording, mentions: tuple[Mention, ...]) -> Cast:
    """The characters and named things of a text, ids by first appearance, and the mentions tied to them.

    Names are bunched by their parts (titles, first and family names, nicknames, ranks); people without a name by the
    role the text keeps calling them by ("the landlord"). Pronouns and passing descriptions stay open.
    """
    text = wording.segments.text
    names: Counter[str] = Counter()
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.form == "name" and mention.type == "PER":
            written = _clean(text[mention])
            names[written] += 1
            places[written].append(mention)
    votes = count_votes(wording, mentions)
    bunches = [b for b in bunch_names(wording, names, places, votes) if _is_somebody(wording, b, names, places)]
    by_name = {n: i for i, b in enumerate(bunches) for n in b.names}
    titles = {t: [i for i, b in enumerate(bunches) if t in b.titles] for b in bunches for t in b.titles}
    roles: list[Role] = []
    offices: dict[int, tuple[Role, ...]] = {}
    for role in find_roles(wording, mentions, taken={n.lower().removeprefix("the ") for n in names}):
        holder = office_holder(wording, role, titles, by_name, mentions)
        if holder is None:
            roles.append(role)
        else:
            offices[holder] = (*offices.get(holder, ()), role)
    people = sorted(
        [(min(m.start for n in b.names for m in places[n]), b, None) for b in bunches]
        + [(role.mentions[0].start, None, role) for role in roles],
        key=lambda entry: entry[0],
    )
    characters, owner = [], {}
    for number, (_, bunch, role) in enumerate(people, start=1):
        id_ = f"c{number}"
        if bunch is not None:
            held = offices.get(bunches.index(bunch), ())
            own = sorted((m for n in bunch.names for m in places[n]), key=lambda m: m.start)
            character = _character(wording, id_, bunch, own, names, votes)
            known_as = (*character.aliases, *(role.name for role in held))
            characters.append(msgspec.structs.replace(character, aliases=known_as))
            own += [m for role in held for m in role.mentions]
        elif role is not None:
            own = list(role.mentions)
            characters.append(
                Character(
                    id=id_,
                    name=role.name,
                    aliases=role.aliases,
                    kind=role.kind,
                    pronouns=role.pronouns,
                    confidence=0.6,
                    evidence=(own[0].span,),
                )
            )
        owner.update({m.span: id_ for m in own})
    entities, things = _entities(wording, mentions)
    return Cast(
        characters=tuple(characters),
        entities=entities,
        mentions=tuple(_tie(m, owner, things) for m in mentions),
    )


def _clean(written: str) -> str:
    return " ".join(written.split())


def _is_somebody(
    wording: Wording, bunch: Bunch, names: Mapping[str, int], places: Mapping[str, list[Mention]]
) -> bool:
    """Whether enough speaks for a person: several mentions, a title, a known first name, a word about speaking."""
    total = sum(names[n] for n in bunch.names)
    if total >= 3 or bunch.titled:
        return True
    first_names = lexicon.table("first_names")
    common = lexicon.words("common_words")
    for name in bunch.names:
        first = name.lower().split()[0]
        if first in first_names and first not in common:
            return True
    acts = lexicon.words("acts") | lexicon.words("speech_verbs") | {"'s"}
    for name in bunch.names:
        for mention in places[name]:
            after = wording.at(mention.end)
            if after < len(wording) and wording.lower[after] in acts:
                return True
    return False


def _with_article(wording: Wording, names: Iterable[str], own: list[Mention]) -> list[str]:
    """The names that the text mostly writes with "the" before them: the Caterpillar."""
    text = wording.segments.text
    bare: Counter[str] = Counter()
    articled: Counter[str] = Counter()
    for mention in own:
        first = wording.at(mention.start)
        follows = first > 0 and wording.lower[first - 1] == "the"
        (articled if follows else bare)[_clean(text[mention])] += 1
    return [f"the {name}" for name in names if articled[name] > max(1, bare[name])]


def _character(
    wording: Wording, id_: str, bunch: Bunch, own: list[Mention], names: Mapping[str, int], votes: Mapping[str, Votes]
) -> Character:
    total = sum((votes.get(n, Votes()) for n in bunch.names), Votes())
    said, share = pronouns(bunch.gender, total)
    aliases = sorted((n for n in bunch.names if n != bunch.name), key=lambda n: (-names[n], n))
    aliases += _with_article(wording, bunch.names, own)
    kind: CharacterKind = "group" if bunch.plural else "animal" if bunch.animal else "person"
    return Character(
        id=id_,
        name=bunch.name,
        aliases=tuple(_without_doubles(aliases)),
        kind=kind,
        pronouns="they/them" if bunch.plural else said,
        confidence=round(min(0.99, 0.55 + 0.1 * len(own) ** 0.5 + (0.15 if bunch.titled else 0.0)) * share, 3),
        evidence=(own[0].span,),
    )


def _without_doubles(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [n for n in names if not (n.casefold() in seen or seen.add(n.casefold()))]


def _entities(wording: Wording, mentions: tuple[Mention, ...]) -> tuple[tuple[Entity, ...], dict[Span, str]]:
    text = wording.segments.text
    things: dict[tuple[str, EntityType], list[Mention]] = {}
    for mention in mentions:
        if mention.form == "name" and mention.type != "PER":
            things.setdefault((_clean(text[mention]).casefold(), mention.type), []).append(mention)
    entities, owner = [], {}
    for number, ((_, type_), own) in enumerate(things.items(), start=1):
        id_ = f"e{number}"
        entities.append(
            Entity(
                id=id_,
                name=_clean(text[own[0]]),
                type=type_,
                confidence=round(min(0.95, 0.5 + 0.1 * len(own) ** 0.5), 3),
                evidence=(own[0].span,),
            )
        )
        owner.update({m.span: id_ for m in own})
    return tuple(entities), owner


def _tie(mention: Mention, owner: Mapping[Span, str], things: Mapping[Span, str]) -> Mention:
    span = mention.span
    if mention.form != "pronoun" and span in owner:
        return msgspec.structs.replace(mention, character=owner[span])
    if mention.form == "name" and span in things:
        return msgspec.structs.replace(mention, entity=things[span])
    return mention
