"""How things stand at a moment of the story: who is there, who lives, and where everybody was seen last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from fabula.errors import NotInStory
from fabula.story.records import Scene

if TYPE_CHECKING:
    from fabula.story.story import Story

__all__ = ["By", "Moment", "Seen", "moment_of"]

By = Literal["told", "story"]
"""By order of telling (nothing is known that is told later), or by story order (nothing that happens later)."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody was seen last: in which scene, and its place in the text's words, if it has one."""

    who: str
    scene: str
    place: str | None = None


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """How things stand at one moment.

    Attributes:
        scene: id of the scene that is told or happens then.
        by: whether what came before counts as told or as happened.
        present: ids of who is there; asked at a place, only of those who have come in by then.
        alive: ids of all who have been seen until then and of whom no death is known, in order of first appearance.
        dead: ids of those of whom a death is known.
        seen: everybody's last known place, in order of first appearance.
    """

    scene: str
    by: By = "told"
    present: tuple[str, ...] = ()
    alive: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()


def moment_of(story: Story, at: int | str, *, by: By = "told") -> Moment:
    """How things stand at a place in the text, or in a scene; for the arguments see `Story.at`."""
    scene = story.scene_at(at) if isinstance(at, int) else _named(story, at)
    until = min(scene.end, at + 1) if isinstance(at, int) else scene.end
    past = _until(story.scenes, scene, by)
    known = {one.id for one in past}
    present = tuple(who for who in scene.present if by == "story" or _has_come(story, who, scene, until))
    dead = _dead(story, known, until if by == "told" else None)
    seen: dict[str, Seen] = {}
    for one in past:
        for who in present if one.id == scene.id else one.present:
            if who not in dead or one.id == scene.id:
                seen[who] = Seen(who=who, scene=one.id, place=one.place)
    order = [character.id for character in story.characters]
    met = [who for who in order if who in seen]
    return Moment(
        scene=scene.id,
        by=by,
        present=present,
        alive=tuple(who for who in met if who not in dead),
        dead=tuple(who for who in order if who in dead),
        seen=tuple(seen[who] for who in met),
    )


def _named(story: Story, id_: str) -> Scene:
    for scene in story.scenes:
        if scene.id == id_:
            return scene
    raise NotInStory(f"there is no scene {id_!r}", hint="`fabula scenes` lists them.")


def _until(scenes: Sequence[Scene], scene: Scene, by: By) -> list[Scene]:
    """What came before the scene, in that order, the scene itself last. Where the order is open, as told."""
    if by == "told":
        return [one for one in scenes if one.start <= scene.start]
    places = {one.id: one.order if one.order is not None else told for told, one in enumerate(scenes, 1)}
    past = [one for one in scenes if places[one.id] < places[scene.id]]
    return [*sorted(past, key=lambda one: places[one.id]), scene]


def _has_come(story: Story, who: str, scene: Scene, until: int) -> bool:
    """Whether the scene has named, meant or let speak somebody before a place in it."""
    if until >= scene.end:
        return True
    return any(_inside(scene.start, until, (quote.start for quote in story.quotes if quote.speaker == who))) or any(
        _inside(scene.start, until, (mention.start for mention in story.mentions if mention.character == who))
    )


def _inside(start: int, until: int, places: Iterable[int]) -> Iterable[bool]:
    return (start <= place < until for place in places)


def _dead(story: Story, known: set[str], until: int | None) -> set[str]:
    """Of whom the scenes until then show or tell a death; `until` is the place beyond which nothing is told yet."""
    return {
        death.who
        for death in story.deaths
        if {death.scene, death.told_in} & known
        and (until is None or not death.evidence or death.evidence[0].start < until)
    }
