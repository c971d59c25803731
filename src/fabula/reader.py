"""The order of reading; the only place that knows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from fabula.checks import run_checks
from fabula.encode import Encoding, Network, Shelf, encode, find_deeds, hear_voices, link_mentions, network_of
from fabula.layers.cast import SHORT, Cast, Together, gather_cast, hear_pronouns
from fabula.layers.events import find_events
from fabula.layers.mentions import find_mentions
from fabula.layers.order import order_scenes
from fabula.layers.resolve import resolve_mentions
from fabula.layers.scenes import cut_scenes, find_company, hand_over
from fabula.layers.speech import attribute_speech
from fabula.layers.state import trace_state
from fabula.models import ModelPack, default_pack
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import (
    Before,
    Book,
    Corrections,
    Layers,
    Mention,
    Order,
    Quote,
    Said,
    Scene,
    Span,
    Story,
    Text,
    gather_series,
    read_corrections,
)

__all__ = ["Progress", "read", "read_text"]

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""

_PLAY = (
    "This is read as a play: each speech is given to whoever is named before it; who is there, and in what "
    "order things happened, may be wrong."
)

_STAGES = (
    "text",
    "sentences and quotations",
    "every word in its place",
    "names",
    "cast",
    "speech",
    "who is meant",
    "scenes",
    "state",
    "checks",
)


def read(
    source: str | Path | Text,
    *,
    corrections: str | Path | None = None,
    cast: Book | Sequence[Book] = (),
    pack: ModelPack | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
) -> Story:
    """Read a work of fiction: a file, or a `Text` at hand.

    Args:
        source: the file, or the text.
        corrections: a file of what the user knows better.
        cast: earlier books of a series, whose people keep their ids: stories, saved ones, or corrections files.
        pack: the model pack to read with; the one that is shipped, unless said otherwise.
        shelf: where windows of the text that are read already are kept, so that only what changed is read anew.
        progress: told how far the reading is.

    Raises:
        SourceError: if the file cannot be read as a text.
        CorrectionsError: if nothing in the corrections file is an entry, or there is no cast in a file given for it.
        PackError: if the model pack is missing or damaged.
    """
    tell = _counted(progress)
    heard, slips = read_corrections(Path(corrections)) if corrections is not None else (Corrections(), ())
    series = gather_series(cast)
    tell("text")
    if isinstance(source, Text):
        text = source
    else:
        from fabula.sources import read_source  # only here: whoever has a Text needs no format

        text = read_source(source)
    heard = series.carried_into(heard)
    story = read_text(text, corrections=heard, pack=pack, shelf=shelf, progress=progress)
    return msgspec.structs.replace(story, text=_with_notes(story.text, (*slips, *series.notes)))


def read_text(
    text: Text,
    *,
    corrections: Corrections | None = None,
    pack: ModelPack | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
) -> Story:
    """Read a text from its first page to its last; for the options see `read`.

    The one circle of the field, speech and cast, is broken here in view: names first give the people; the narration's
    pronouns are resolved to them; that tells who speaks; and that, who is meant by "I" and "you" in speech. What the
    user has said comes before each step, so that one word mends its neighbours too.
    """
    tell = _counted(progress)
    heard = corrections or Corrections()
    tell("sentences and quotations")
    segments = segment(text)
    wording = lay_out(segments)
    tell("every word in its place")
    pack = pack or default_pack()
    encoding = encode(wording, pack, shelf=shelf, progress=_within("every word in its place", progress))
    network = network_of(pack)
    people = _hear(wording, encoding, network, heard, tell)
    tell("scenes")
    course = _follow(wording, encoding, people, heard)
    people = course.people
    tell("state")
    cast = people.cast.characters
    state = trace_state(wording, encoding, cast, people.mentions, people.quotes, course.scenes, network)
    tell("checks")
    layers = Layers(
        chapters=segments.chapters,
        paragraphs=segments.paragraphs,
        scenes=course.scenes,
        orders=course.orders,
        characters=hear_pronouns(wording, state.characters, state.mentions),
        entities=people.cast.entities,
        mentions=state.mentions,
        quotes=people.quotes,
        events=find_events(wording, encoding),
        objects=state.objects,
        facts=state.facts,
        possessions=state.possessions,
        knowledge=state.knowledge,
        secrets=state.secrets,
        plans=state.plans,
        reasons=state.reasons,
        deaths=state.deaths,
        relations=state.relations,
    )
    layers = msgspec.structs.replace(layers, findings=run_checks(Story(text, layers)))
    play = [_PLAY] if any(q.convention == "play" for q in segments.quotations) else []
    return Story(_with_notes(text, (*play, *people.notes, *course.notes)), layers)


class _People(msgspec.Struct, frozen=True):
    """Who is in the text, where each is meant, and what each says."""

    cast: Cast
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    notes: tuple[str, ...]


def _hear(
    wording: Wording, encoding: Encoding, network: Network, heard: Corrections, tell: Callable[[str], None]
) -> _People:
    """The people, who speaks, and who is meant: names, then voices, then every mention."""
    tell("names")
    found = find_mentions(wording, encoding)
    tell("cast")
    described = [m for m in found if m.form == "nominal"] if len(wording) <= SHORT else []
    deeds = find_deeds(wording, encoding, described)
    cast = gather_cast(wording, found, heard, together=_together(wording, encoding, network, found), deeds=deeds)
    tell("speech")
    said, unsaid = heard.said_in(wording.segments.text, within=wording.segments.quotations)
    links = link_mentions(wording, encoding, network, cast.mentions)
    narrated = resolve_mentions(wording, cast.supposed, cast.mentions, (), links, cast.narrations)
    quotes = attribute_speech(
        wording,
        cast.supposed,
        narrated,
        voices=hear_voices(wording, encoding, network, narrated),
        settled=_people_of(cast, said),
        narrations=cast.narrations,
    )
    tell("who is meant")
    mentions = resolve_mentions(wording, cast.supposed, cast.mentions, quotes, links, cast.narrations)
    return _People(cast, mentions, quotes, (*cast.notes, *unsaid))


def _together(wording: Wording, encoding: Encoding, network: Network, found: Sequence[Mention]) -> Together:
    """In a story, where names are few and much is said of "the boy", what the encoder takes for one person's."""
    if len(wording) > SHORT:
        return Together()
    links = link_mentions(wording, encoding, network, found)
    return Together({m.span: n for m, n in zip(found, links.clusters().tolist(), strict=True)})


class _Course(msgspec.Struct, frozen=True):
    """The scenes, and in what order they happened; the people, now that one knows who tells which scene."""

    people: _People
    scenes: tuple[Scene, ...]
    orders: tuple[Order, ...]
    notes: tuple[str, ...]


def _follow(wording: Wording, encoding: Encoding, people: _People, heard: Corrections) -> _Course:
    """The scenes cut, who is there, and the order of what happened; with what the user has said of each."""
    segments = wording.segments
    begun, unbegun = heard.scenes_in(segments.text, within=segments.paragraphs)
    cut = cut_scenes(wording, people.cast.characters, people.mentions, people.quotes, encoding=encoding, settled=begun)
    people, cut = _told(wording, people, cut)
    cut = find_company(wording, encoding, people.cast.characters, people.mentions, people.quotes, cut)
    befores, unordered = heard.orders_in(segments.text, within=cut)
    threads, unjoined = heard.threads_in(segments.text, within=cut)
    ordered = order_scenes(
        wording,
        cut,
        people.mentions,
        people.quotes,
        settled=_scenes_of(cut, befores),
        together=_joined_scenes(cut, threads),
    )
    return _Course(people, ordered.scenes, ordered.orders, (*unbegun, *unordered, *unjoined, *ordered.notes))


def _told(wording: Wording, people: _People, scenes: tuple[Scene, ...]) -> tuple[_People, tuple[Scene, ...]]:
    """The people and the scenes, when each tale's "I" is whoever tells it."""
    told = hand_over(wording, scenes, people.cast.characters, people.mentions, people.quotes)
    cast = msgspec.structs.replace(people.cast, characters=told.characters)
    return msgspec.structs.replace(people, cast=cast, mentions=told.mentions, quotes=told.quotes), told.scenes


def _people_of(cast: Cast, said: tuple[Said, ...]) -> list[tuple[Span, str | None, tuple[str, ...] | None]]:
    """What the user says of a line, with the ids of those named."""
    return [
        (
            line.span,
            cast.who(line.by) if line.by is not None else None,
            tuple(id_ for name in line.to if (id_ := cast.who(name))) if line.to is not None else None,
        )
        for line in said
    ]


def _scenes_of(scenes: tuple[Scene, ...], befores: tuple[Before, ...]) -> list[tuple[int, int]]:
    """Which scene happened before which, as the user says it of places in the text."""
    starts = [scene.start for scene in scenes]
    pairs = [(bisect_right(starts, b.earlier.start) - 1, bisect_right(starts, b.later.start) - 1) for b in befores]
    return [(earlier, later) for earlier, later in pairs if earlier != later]


def _joined_scenes(scenes: tuple[Scene, ...], threads: tuple[tuple[Span, ...], ...]) -> list[tuple[int, int]]:
    """Pairs of scenes that the user says are of one thread, each scene with the first of its thread."""
    starts = [scene.start for scene in scenes]
    told = [[bisect_right(starts, place.start) - 1 for place in places] for places in threads]
    return [(first, other) for first, *others in told for other in others if other != first]


def _with_notes(text: Text, notes: tuple[str, ...]) -> Text:
    return msgspec.structs.replace(text, notes=(*text.notes, *notes)) if notes else text


def _counted(progress: Progress | None) -> Callable[[str], None]:
    def tell(stage: str) -> None:
        if progress is not None:
            progress(stage, _STAGES.index(stage), len(_STAGES))

    return tell


def _within(stage: str, progress: Progress | None) -> Callable[[int, int], None] | None:
    """A stage that is long enough to tell how far it is itself."""
    return None if progress is None else lambda done, whole: progress(stage, done, whole)
