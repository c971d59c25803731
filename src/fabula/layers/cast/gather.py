"""Which names are one person's, and who all these people are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Self

import msgspec

from fabula import lexicon
from fabula.layers.cast.called_out import bring_home
from fabula.layers.cast.gender import Votes, count_votes, leaning, pronouns
from fabula.layers.cast.given import NOTHING, Given, bare, take_given
from fabula.layers.cast.headed import TellerLine, find_teller_lines
from fabula.layers.cast.letters import find_letters
from fabula.layers.cast.mend import mend_mentions
from fabula.layers.cast.merge import Bunch, bunch_names, entitle
from fabula.layers.cast.name_parts import take_apart
from fabula.layers.cast.narrator import find_narrations, is_call
from fabula.layers.cast.passers import Named, Somebody
from fabula.layers.cast.roles import Role, find_roles, office_holder
from fabula.layers.cast.settle import settle
from fabula.layers.cast.together import Together
from fabula.lexicon.counting import MONTHS
from fabula.segment.quotations.plays import labels_in
from fabula.segment.wording import Wording
from fabula.story import Character, CharacterKind, Corrections, Entity, EntityType, Mention, Narrations, Span
from fabula.story.corrections import CarriedEntry, name_key

__all__ = ["Cast", "gather_cast"]


_TOWNS_TOO = frozenset("had has was is would could did does lay stood".split())
"""Verbs that a town can be the subject of as well."""
_SAYS = frozenset("said says asked asks replied answered cried whispered murmured called shouted".split())
_ALONE = Together()
_MANY = 3
"""So often stands a name that is no common word, and it is believed to be somebody's."""
_CALLED = frozenset({"called", "named", "christened", "surnamed"})
_MONTHS = frozenset(month.lower() for month in MONTHS)
_YEAR = 4
"""Digits."""
_ANYBODY = frozenset("somebody someone anybody anyone nobody one".split())
_CALLS = frozenset({"boss", "chief", "gaffer", "guv", "skipper"})
"""What those who obey call somebody, whatever his name is."""


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody and everything with a name, and the mentions with the names among them tied to their owners.

    `narrations` say who is "I" where; `notes` are on what the user has said of people that cannot be found;
    `hinted` are the likely pronouns, by id, of those of whom the text says too little.
    """

    characters: tuple[Character, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    narrations: Narrations = Narrations()
    notes: tuple[str, ...] = ()
    hinted: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def supposed(self) -> tuple[Character, ...]:
        """The characters with the pronouns that are only likely theirs: to decide by, not to show."""
        return tuple(
            msgspec.structs.replace(c, pronouns=self.hinted[c.id]) if c.id in self.hinted else c
            for c in self.characters
        )

    def who(self, name: str) -> str | None:
        """The id of the character whom the user means by a name: its own before an alias; None for nobody."""
        key = name_key(name)
        by_alias = (c.id for c in self.characters if key in map(name_key, c.aliases))
        return next((c.id for c in self.characters if name_key(c.name) == key), None) or next(by_alias, None)


def gather_cast(
    wording: Wording,
    mentions: tuple[Mention, ...],
    corrections: Corrections = NOTHING,
    *,
    together: Together = _ALONE,
    deeds: Set[Span] = frozenset(),
) -> Cast:
    """The characters and named things of a text, ids by first appearance, and the mentions tied to them.

    Names are bunched by their parts (titles, first and family names, nicknames, ranks); people without a name by the
    role the text keeps calling them by ("the landlord"). Pronouns and passing descriptions stay open. What the user
    has said comes before all that; the people of a given cast list come first, in its order. People known from earlier
    books keep their ids where the text has them, and new people get ids behind all of those books'.
    """
    given = take_given(corrections)
    lines = find_teller_lines(wording)
    sworn = _sworn(wording, lines)
    met = {_clean(wording.segments.text[m]) for m in mentions if m.form == "name" and m.type == "PER"}
    mentions = mend_mentions(wording, mentions, given, sworn - met)
    names = _Names.of(wording, mentions, given)
    people = _people(wording, mentions, names, given, sworn, together, deeds)
    ids = given.ids_of([person.number for person in people])
    characters = tuple(_character(wording, id_, person, names, given) for id_, person in zip(ids, people, strict=False))
    owner = {m.span: c for c, person in zip(characters, people, strict=True) for m in person.own}
    linked = together.pronouns(wording, {span: c.id for span, c in owner.items()}, mentions)
    hinted = {
        c.id: hint
        for c, p in zip(characters, people, strict=True)
        if (hint := _hint(wording, c, p, names, linked.get(c.id)))
    }
    entities, things = _entities(wording, mentions)
    characters, notes = settle(characters, wording.segments.text, mentions, given)
    owners = {span: c.id for span, c in owner.items()}
    fresh = given.ids_after(ids)
    characters, narrations = find_narrations(wording, characters, mentions, owners, lines, fresh=fresh)
    return Cast(
        characters=characters,
        entities=entities,
        mentions=tuple(_tie(wording, m, owner, things) for m in mentions),
        narrations=narrations,
        notes=notes,
        hinted=hinted,
    )


def _hint(wording: Wording, character: Character, person: _Person, names: _Names, linked: str | None) -> str | None:
    """The pronouns that are likely somebody's of whom the text does not say it clearly."""
    if character.pronouns or character.kind == "group":
        return None
    return linked if character.kind == "thing" else leaning(_votes(wording, person, names)) or linked


def _votes(wording: Wording, person: _Person, names: _Names) -> Votes:
    """What the pronouns behind all that somebody is called vote for."""
    called = {*(person.bunch.names if person.bunch else ())}
    called |= {" ".join(wording.segments.text[m].lower().split()) for role in person.roles for m in role.mentions}
    return sum((names.votes.get(words, Votes()) for words in sorted(called)), Votes())


def _sworn(wording: Wording, lines: Sequence[TellerLine]) -> frozenset[str]:
    """Names that headings, signatures and speeches in a play give away as names: "Your loving Will", "BAILIFF. No."."""
    signed = [letter.name for letter in find_letters(wording, lines) if any(len(w) > 2 for w in letter.name.split())]
    told = [line.name for line in lines if line.bare and line.name.lower() in lexicon.table("first_names")]
    labels = [_clean(wording.segments.text[label]) for label in labels_in(wording.segments)]
    return frozenset((*signed, *told, *labels, *_tagged(wording)))


def _tagged(wording: Wording) -> Iterator[str]:
    """Single words with a capital to whom a tag gives speech, whatever else they may be: "…," said Thursday."""
    never = lexicon.words("function_words")
    for i in range(2, len(wording)):
        if wording.quote[i] == -1 != wording.quote[i - 2] and wording.quote[i - 1] == -1:
            plain = wording.forms[i][0].isupper() and wording.forms[i].isalpha() and len(wording.forms[i]) > 1
            alone = i + 1 == len(wording) or not wording.forms[i + 1][0].isupper()
            told = wording.lower[i - 1] in _SAYS and wording.lower[i] not in never
            if plain and alone and told and wording.lower[i] not in lexicon.table("titles"):
                yield wording.forms[i]


class _Names(msgspec.Struct, frozen=True):
    """The people's names as written: how often, where, and how "he" and "she" follow them."""

    count: Counter[str]
    places: dict[str, list[Mention]]
    votes: dict[str, Votes]

    @classmethod
    def of(cls, wording: Wording, mentions: tuple[Mention, ...], given: Given) -> Self:
        text = wording.segments.text
        count: Counter[str] = Counter()
        places: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.form == "name" and mention.type == "PER":
                written = _clean(text[mention])
                count[written] += 1
                places[written].append(mention)
        seen = {name_key(name) for name in count}
        for name in (bare(name) for written in given.written.values() for name in written):
            if name and name_key(name) not in seen:  # never written so, but its parts tell whose other names are
                seen.add(name_key(name))
                count[name], places[name] = 0, []
        return cls(count, places, count_votes(wording, mentions))


class _Person(msgspec.Struct):
    """Somebody while being gathered: by names, by roles, by what the user has said, or by several of these."""

    bunch: Bunch | None = None
    roles: tuple[Role, ...] = ()
    number: int | None = None
    own: list[Mention] = []


def _people(
    wording: Wording,
    mentions: tuple[Mention, ...],
    names: _Names,
    given: Given,
    sworn: Set[str],
    together: Together,
    deeds: Set[Span],
) -> list[_Person]:
    """Everybody, the people of the user's list first, then in order of appearance."""
    bunches = bunch_names(wording, names.count, names.places, names.votes, given)
    bunches = bring_home(wording, bunches, names.places, given)
    entitle(bunches, names.count)
    people = [_Person(bunch=b, number=_number(b, given)) for b in bunches if _is_kept(wording, b, names, given, sworn)]
    by_name = {n: i for i, p in enumerate(people) if p.bunch for n in p.bunch.names}
    titles: dict[str, list[int]] = defaultdict(list)
    for i, somebody in enumerate(people):
        for title in _offices(somebody.bunch) if somebody.bunch else ():
            titles[title].append(i)
    by_number = {p.number: p for p in people if p.number is not None}
    taken = {n.lower().removeprefix("the ") for n, seen in names.count.items() if seen}
    named = _named_places(wording, people, names)
    for role in find_roles(wording, mentions, taken=taken, given=given, named=named, together=together, deeds=deeds):
        number = given.who(role.name)
        holder = role.owner if role.owner is not None else office_holder(wording, role, titles, by_name, mentions)
        person = people[holder] if holder is not None else None
        if person and person.bunch and given.apart([role.name], person.bunch.names):
            person = None
        person = by_number.get(number, person) if number is not None else person
        if person is None:
            person = _Person(number=number)
            people.append(person)
            if number is not None:
                by_number[number] = person
        person.roles = (*person.roles, role)
    people += [
        _Person(number=number) for number in sorted(given.real - {p.number for p in people if p.number is not None})
    ]
    for person in people:
        own = [m for n in person.bunch.names for m in names.places[n]] if person.bunch else []
        person.own = sorted(own, key=lambda m: m.start) + [m for role in person.roles for m in role.mentions]
    return sorted(people, key=lambda person: _rank(person, given))


def _offices(bunch: Bunch) -> set[str]:
    """The titles somebody bears, and those he is called by alone: "Corporal"."""
    return bunch.titles | {rank for name in bunch.names if (rank := take_apart(name).rank) and " " not in rank}


def _named_places(wording: Wording, people: Iterable[_Person], names: _Names) -> Named:
    """Where people are named, by gender; whose gender nothing tells counts for both."""
    places: dict[str, list[int]] = {"m": [], "f": []}
    first: dict[str, list[int]] = {"m": [], "f": []}
    known: list[Somebody] = []
    for number, bunch in enumerate(person.bunch for person in people):
        if bunch is None or bunch.plural:
            continue
        met = sorted((m for name in bunch.names for m in names.places[name]), key=lambda m: m.start)
        if not met:
            continue
        sex = bunch.sex if bunch.sex in places else ""
        known.append(Somebody(number, sex, met, frozenset(bunch.titles)))
        own = [wording.at(m.start) for m in met]
        for gender in [sex] if sex else places:
            places[gender] += own
        if sex:
            first[sex].append(own[0])
    return Named(
        known, {sex: sorted(own) for sex, own in places.items()}, {sex: sorted(own) for sex, own in first.items()}
    )


def _rank(person: _Person, given: Given) -> tuple[int, int]:
    if person.number is not None and person.number in given.listed:
        return 0, list(given.listed).index(person.number)
    if not person.own:
        return 2, person.number or 0
    return 1, person.own[0].start


def _number(bunch: Bunch, given: Given) -> int | None:
    """Who of the user's people this is; the listed before the others, where the text takes two of them for one."""
    numbers = {given.who(name) for name in bunch.names} if given.number else set()
    known = sorted(n for n in numbers if n is not None)
    return next((n for n in known if n in given.listed), known[0] if known else None)


def _is_kept(wording: Wording, bunch: Bunch, names: _Names, given: Given, sworn: Set[str]) -> bool:
    if any(names.count[n] and n in sworn for n in bunch.names):
        return True
    number = _number(bunch, given)
    if number is None or (number not in given.real and not any(names.count[n] for n in bunch.names)):
        return any(names.count[n] for n in bunch.names) and _is_somebody(wording, bunch, names)
    return True


def _clean(written: str) -> str:
    return " ".join(written.split())


def _is_somebody(wording: Wording, bunch: Bunch, names: _Names) -> bool:
    """Whether enough speaks for a person: a title, a known first name, something that only people do or are called.

    A family in the plural is somebody where it acts as one.
    """
    places = [mention for name in bunch.names for mention in names.places[name]]
    if bunch.plural:
        return any(_acts(wording, mention, lexicon.words("acts")) for mention in places)
    if bunch.titled:
        return True
    if bunch.rank in _CALLS and all(is_call(wording, mention) for mention in places):
        return False  # "Right, boss": somebody who has a name besides
    first_names, common = lexicon.table("first_names"), lexicon.words("common_words")
    heads = [name.lower().split()[0] for name in bunch.names]
    if any(head in first_names and head not in common for head in heads):
        return True
    if any(_is_treated_as_somebody(wording, mention) for mention in places):
        return True
    if any(_is_somewhere(wording, mention) for mention in places):
        return False
    plain = not all(word in common for name in bunch.names for word in name.lower().split())
    return (plain and len(places) >= _MANY) or any(is_call(wording, mention) for mention in places)


def _is_somewhere(wording: Wording, mention: Mention) -> bool:
    """Whether a name stands as a place's does: "in Whitby", "been to Whitby", "Whitby, August 1931"."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if wording.lower[first - 1 : first] == ["in"] or wording.lower[max(0, first - 2) : first] == ["been", "to"]:
        return True
    dated = wording.lower[after + 1] if wording.lower[after : after + 1] == [","] and after + 1 < len(wording) else ""
    return dated in _MONTHS or (dated.isdigit() and len(dated) == _YEAR)


def _is_treated_as_somebody(wording: Wording, mention: Mention) -> bool:
    """Whether a name does here what only people do, or is called, introduced or explained as people are."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if _acts(wording, mention, (lexicon.words("acts") | {"'s"}) - _TOWNS_TOO):
        return True
    verbs = lexicon.words("speech_verbs")
    verb = first - 2 if first > 2 and wording.lower[first - 1] == "the" else first - 1
    if verb > 0 and wording.quote[first] == -1 != wording.quote[verb - 1] and wording.lower[verb] in verbs:
        return True  # "…," said Rob
    if wording.lower[max(0, first - 2) : first] in (["name", "is"], ["name", "was"]):
        return True  # "My name is Harcourt."
    if wording.lower[after : after + 2] in ([",", "who"], [",", "whom"], [",", "whose"]):
        return True
    if _is_said_to_be_somebody(wording, after) or _is_somebody_called(wording, first):
        return True
    return _is_apposed(wording, first, after)


def _is_apposed(wording: Wording, first: int, after: int) -> bool:
    """Whether a name stands between marks behind what somebody is: "the servant girl, Fenya, came in"."""
    if first < 3 or wording.quote[first] != -1 or wording.lower[first - 1] != ",":
        return False
    noun = lexicon.table("person_nouns").get(wording.lower[first - 2], ("p",))[0]
    ends = wording.lower[after : after + 1] in ([","], ["."])
    return noun != "p" and ends and wording.lower[after + 1 : after + 2] not in (["and"], ["or"])


def _is_said_to_be_somebody(wording: Wording, after: int) -> bool:
    """ "Peter Varda was a big man": whether what follows says that the one named is a person."""
    if wording.lower[after : after + 2] not in (["was", "a"], ["was", "an"], ["is", "a"], ["is", "an"]):
        return False
    nouns = lexicon.table("person_nouns")
    for i in range(after + 2, min(after + 6, len(wording))):
        if wording.lower[i] in nouns:
            return True
        if not wording.lower[i][0].isalpha() or wording.lower[i] in lexicon.words("function_words"):
            return False
    return False


def _is_somebody_called(wording: Wording, first: int) -> bool:
    """ "A man called Varda", "somebody named Varda": whether what stands before says that it is a person's name."""
    at = first - 1
    if at < 1 or wording.lower[at] not in _CALLED:
        return False
    before = wording.lower[at - 1]
    return before in _ANYBODY or before in lexicon.table("person_nouns")


def _acts(wording: Wording, mention: Mention, verbs: Set[str]) -> bool:
    after = wording.at(mention.end)
    return after < len(wording) and (wording.lower[after] in verbs or wording.lower[after] in _speaking() - _TOWNS_TOO)


def _speaking() -> frozenset[str]:
    return lexicon.words("speech_verbs")


def _with_article(wording: Wording, names: Iterable[str], own: list[Mention]) -> list[str]:
    """The names that the text mostly writes with "the" before them: the Caterpillar."""
    text = wording.segments.text
    bare: Counter[str] = Counter()
    articled: Counter[str] = Counter()
    for mention in own:
        first = wording.at(mention.start)
        follows = first > 0 and wording.lower[first - 1] == "the" and not _is_of_something(wording, mention)
        (articled if follows else bare)[_clean(text[mention])] += 1
    return [f"the {name}" for name in names if articled[name] > bare[name]]


def _is_of_something(wording: Wording, mention: Mention) -> bool:
    """ "the Pellow girl", "the Bertram place": the article is the noun's."""
    after = wording.at(mention.end)
    if after >= len(wording) or wording.sentence[after] != wording.sentence[after - 1]:
        return False
    return any(wording.lower[after] in known for known in (lexicon.table("person_nouns"), *_nouns()))


def _nouns() -> Iterable[Set[str]]:
    return (lexicon.words(name) for name in ("place_nouns", "organisation_nouns", "animals"))


def _character(wording: Wording, id_: str, person: _Person, names: _Names, given: Given) -> Character:
    if person.bunch is not None:
        character = _named(wording, id_, person, person.bunch, names)
    else:
        character = _nameless(wording, id_, person, names, given)
    entry = given.listed.get(person.number) if person.number is not None else None
    if entry is None or person.number is None:
        return character
    known = [*given.written[person.number], character.name, *character.aliases]
    return msgspec.structs.replace(
        character,
        name=entry.name,
        aliases=tuple(n for n in _without_doubles(known) if n.casefold() != entry.name.casefold()),
        kind=entry.kind or character.kind,
        pronouns=entry.pronouns or character.pronouns,
        confidence=character.confidence if isinstance(entry, CarriedEntry) else 1.0,
    )


def _named(wording: Wording, id_: str, person: _Person, bunch: Bunch, names: _Names) -> Character:
    own = sorted((m for n in bunch.names for m in names.places[n]), key=lambda m: m.start)
    said, share = pronouns(bunch.gender, _votes(wording, person, names), officer=bunch.officer)
    said = said or next((role.pronouns for role in person.roles if role.pronouns), None)  # Sam, who was "the boy"
    aliases = sorted((n for n in bunch.names if n != bunch.name), key=lambda n: (-names.count[n], n))
    articled = _with_article(wording, bunch.names, own)
    aliases += articled
    beast = articled and bunch.name.lower().split()[-1] in lexicon.words("animals")  # "the Caterpillar", not Mr. Fox
    kind: CharacterKind = "group" if bunch.plural else "animal" if beast else "person"
    return Character(
        id=id_,
        name=bunch.name,
        aliases=(*_without_doubles(aliases), *(role.name for role in person.roles)),
        kind=kind,
        pronouns="they/them" if bunch.plural else said,
        confidence=round(min(0.99, 0.55 + 0.1 * len(own) ** 0.5 + (0.15 if bunch.titled else 0.0)) * share, 3),
        evidence=tuple(m.span for m in own[:1]),
    )


def _nameless(wording: Wording, id_: str, person: _Person, names: _Names, given: Given) -> Character:
    """Somebody known by a role, or only by what the user says."""
    written = given.written.get(person.number, ()) if person.number is not None else ()
    if not person.roles:
        return Character(id=id_, name=written[0], aliases=written[1:])
    role, *others = person.roles
    return Character(
        id=id_,
        name=written[0] if written else role.name,
        aliases=tuple(_without_doubles([*written[1:], *role.aliases, *(other.name for other in others)])),
        kind=role.kind,
        pronouns=role.pronouns or (pronouns("", _votes(wording, person, names))[0] if role.kind == "person" else None),
        confidence=0.6 if person.number is None else 1.0,
        evidence=(person.own[0].span,),
    )


def _without_doubles(names: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return list(first.values())


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


def _tie(wording: Wording, mention: Mention, owner: Mapping[Span, Character], things: Mapping[Span, str]) -> Mention:
    span = mention.span
    if mention.form != "pronoun" and span in owner:
        return msgspec.structs.replace(mention, start=_start(wording, mention, owner[span]), character=owner[span].id)
    if mention.form == "name" and span in things:
        return msgspec.structs.replace(mention, entity=things[span])
    return mention


def _start(wording: Wording, mention: Mention, owner: Character) -> int:
    """Where somebody's name begins, its article included where that belongs to it: "the Caterpillar"."""
    first = wording.at(mention.start)
    if mention.form != "name" or not first or wording.lower[first - 1] != "the":
        return mention.start
    name = _clean(wording.segments.text[mention])
    belongs = take_apart(name).rank or f"the {name}" in (owner.name, *owner.aliases)
    return wording.starts[first - 1] if belongs else mention.start
