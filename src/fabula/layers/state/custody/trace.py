"""Who has what: the things that matter, and from which scene until which each of them is in whose hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.custody.by_listed_verb import find_handings
from fabula.layers.state.custody.by_reading import of_reading
from fabula.layers.state.custody.steps import ASKED, CALLED, Handing
from fabula.layers.state.custody.things import Thing, Things, is_listed
from fabula.layers.state.ground import Ground
from fabula.layers.state.reading import Claims
from fabula.story import Object, Possession

__all__ = ["Belongings", "trace_custody"]

_BEFORE = 0.7
"""How much of the confidence that one gives a thing is left for his having had it."""
_NAMELESS = frozenset({"thing", "item"})
"""What is never called anything else may be many things."""
_STRONG = frozenset({"given", "taken", "hidden", "lost", "destroyed"})
_ENOUGH = 3
"""So many mentions make a thing matter that nobody is shown to have."""
_LONG = (500, 10_000, 40_000)
"""From so many words on, a thing has to come up once more to matter."""


class Belongings(msgspec.Struct, frozen=True):
    """The things that matter, who has them, and the words each of them is met at."""

    objects: tuple[Object, ...]
    possessions: tuple[Possession, ...]
    at: dict[int, str]


class _Row(msgspec.Struct, frozen=True):
    """One step of a thing's way, in its scene."""

    handing: Handing
    scene: str

    @property
    def holder(self) -> str | None:
        return self.handing.holder


def trace_custody(ground: Ground, things: Things, claims: Claims) -> Belongings:
    """The things that matter and their custody in story order."""
    told = list(find_handings(ground, things))
    handings: dict[int, list[Handing]] = {}
    for handing in (*told, *of_reading(claims, things, told)):
        handings.setdefault(id(handing.thing), []).append(handing)
    kept = [thing for thing in things.all if _matters(ground, thing, handings.get(id(thing), ()))]
    kept.sort(key=lambda thing: thing.words[0])
    objects: list[Object] = []
    held: list[Possession] = []
    at: dict[int, str] = {}
    for number, thing in enumerate(kept, 1):
        own = f"o{number}"
        objects.append(_object(ground, own, thing))
        held.extend(_possessions(ground, own, handings.get(id(thing), [])))
        at.update(dict.fromkeys(thing.words, own))
    return Belongings(tuple(objects), tuple(held), at)


def _matters(ground: Ground, thing: Thing, handings: Sequence[Handing]) -> bool:
    """Whether a reader would call it one of the things of the story: it changes hands, or comes up again and again; in
    a novel more often than in three pages, and a hat more often than a sword."""
    if set(thing.names) <= _NAMELESS:
        return False
    strong = sum(handing.how in _STRONG for handing in handings)
    shown = {handing.holder for handing in handings if handing.sure > ASKED}
    enough = 1 + sum(len(ground.who.wording) > length for length in _LONG)
    if not is_listed(thing.noun) and (enough == 1 or thing.noun in lexicon.words("animals")):
        return strong >= 1 and bool(shown - {None}) and len(thing.words) >= enough
    if not is_listed(thing.noun):
        return strong >= 2 and len(thing.words) >= max(_ENOUGH, enough) and len(shown) >= 2
    if thing.noun in lexicon.words("clothes") and len(shown) < 2:
        enough += 2 * (enough > 2)
    called = enough <= 2 and len(thing.words) >= _ENOUGH and bool(handings)
    return len(thing.words) >= enough and (bool(shown) or called)


def _object(ground: Ground, own: str, thing: Thing) -> Object:
    names = sorted(thing.names, key=lambda name: (-thing.names[name], name != thing.noun, name))
    spans = [ground.span(word) for word in thing.words]
    sure = min(0.9, 0.5 + 0.05 * len(spans))
    return Object(id=own, name=names[0], aliases=tuple(names[1:]), confidence=round(sure, 3), evidence=tuple(spans))


def _possessions(ground: Ground, own: str, handings: Sequence[Handing]) -> Iterator[Possession]:
    """The intervals, in story order: each lasts until the next begins, so that nobody shares a thing."""
    rows: list[_Row] = []
    for row in _in_order(ground, handings):
        _add(ground, rows, row)
    groups: list[list[_Row]] = []
    for row in rows:
        if groups and groups[-1][-1].holder == row.holder:
            groups[-1].append(row)
        else:
            groups.append([row])
    for at, group in enumerate(groups):
        until = groups[at + 1][0].scene if at + 1 < len(groups) else None
        yield _possession(own, group, until)


def _in_order(ground: Ground, handings: Sequence[Handing]) -> list[_Row]:
    placed = [(handing, scene) for handing in handings if (scene := ground.scene(handing.at)) is not None]
    placed.sort(key=lambda pair: (ground.ranks[pair[1].id], pair[0].at))
    return [_Row(handing, scene.id) for handing, scene in placed]


def _add(ground: Ground, rows: list[_Row], row: _Row) -> None:
    """Take one step further: what only shows who has a thing takes it from nobody, and what somebody tells as past is
    past where the one who has it now is in the talk."""
    handing, last = row.handing, rows[-1] if rows else None
    if last is not None and (handing.sure <= CALLED or (handing.weak and last.holder is not None)):
        return
    if last is None and handing.giver not in (None, handing.holder):
        rows.append(_had_before(row))
    elif handing.ends and (last is None or last.holder is None):
        return
    elif last is not None and last.holder != handing.holder and _is_over(ground, last, handing):
        _put_before(rows, row)
        return
    rows.append(row)


def _had_before(row: _Row) -> _Row:
    """Whoever gives, hides or puts down a thing had it; and whoever it is taken from."""
    handing = row.handing
    sure = round(handing.sure * _BEFORE, 3)
    had = msgspec.structs.replace(handing, holder=handing.giver, how="has", sure=sure, ends=False)
    return _Row(had, row.scene)


def _is_over(ground: Ground, last: _Row, handing: Handing) -> bool:
    """Whether what is told as past is over: "when I had it", "I gave it to her" where a third has it now; and whatever
    the one who has it now talks of, or is told."""
    quote = ground.quote(handing.at)
    if quote is None or not handing.over or handing.giver == last.holder:
        return False
    if handing.how == "has" or (handing.giver is not None and last.holder is not None):
        return True
    return last.holder in (quote.speaker, *quote.addressees)


def _put_before(rows: list[_Row], row: _Row) -> None:
    """Somebody had it before the one who has it now, if nothing else shows when."""
    first = len(rows) - 1
    while first > 0 and rows[first - 1].holder == rows[-1].holder:
        first -= 1
    if row.holder is not None and all(known.holder != row.holder for known in rows):
        rows.insert(first, _Row(row.handing, rows[first].scene))


def _possession(own: str, group: Sequence[_Row], until: str | None) -> Possession:
    first = group[0].handing
    return Possession(
        object=own,
        holder=first.holder,
        from_scene=group[0].scene,
        until_scene=until,
        how=first.how,
        confidence=round(max(row.handing.sure for row in group), 3),
        evidence=tuple(dict.fromkeys(row.handing.evidence for row in (*group[:3], group[-1]))),
    )
