"""Whether a correction fits the story it is said of: the names are somebody's, the words stand in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from fabula.errors import NotInStory
from fabula.story.anchors import Anchors, Missed
from fabula.story.corrections.corrections import (
    ApartEntry,
    CastEntry,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    SaidEntry,
    SameEntry,
    SceneEntry,
    ThreadEntry,
    name_key,
)
from fabula.story.records import Character, Scene
from fabula.story.shortening import shortened
from fabula.story.story import Story
from fabula.story.text import Span

__all__ = ["Fitting"]

_ARTICLES = ("the", "a", "an", "my")
_NEAR = 60
"""Of 100: as alike as the names that a question about somebody unknown is answered with."""
_SHOWN = 50
"""Characters shown of a quotation."""


class Fitting:
    """A story as corrections are fitted to it.

    Args:
        also: names that the user has just added to the cast.
    """

    def __init__(self, story: Story, *, also: Iterable[str] = ()) -> None:
        self._story = story
        self._also = {name_key(name): name for name in also}
        self._anchors = Anchors(story.text)

    def fit(self, entry: Entry) -> Entry:
        """The entry with its names as the story writes them.

        Raises:
            NotInStory: if a name is nobody's or several people's, or words are not in one place; with what is near.
            ValueError: if the entry says nothing, now that it is known who is meant.
        """
        replace = msgspec.structs.replace
        if isinstance(entry, SameEntry | ApartEntry):
            return replace(entry, names=tuple(self.spelled(name) for name in entry.names))
        if isinstance(entry, CastEntry):  # the name on the list is the one that is shown
            known = self._who(self.spelled(entry.name))
            return replace(entry, name=known.name if known else self.spelled(entry.name))
        if isinstance(entry, NarratorEntry | NobodyEntry):
            return replace(entry, name=self.spelled(entry.name))
        if isinstance(entry, RenameEntry):
            return self._renamed(entry)
        if isinstance(entry, SaidEntry):
            self._place(entry.words, entry.nth, self._story.quotes)
            by = None if entry.by is None else self.spelled(entry.by)
            to = None if entry.to is None else tuple(self.spelled(name) for name in entry.to)
            return replace(entry, by=by, to=to)
        if isinstance(entry, SceneEntry):
            self._place(entry.begins or entry.goes_on or "", entry.nth)
        if isinstance(entry, OrderEntry):
            self._in_two_scenes(entry.earlier, entry.later)
        if isinstance(entry, ThreadEntry):
            self._in_two_scenes(*entry.words)
        return entry

    def change(self, entry: Entry) -> str:
        """What a fitted entry will change on the next reading, as a few plain words."""
        if isinstance(entry, SameEntry | ApartEntry):
            now = dict.fromkeys(self._called(name) for name in entry.names)
            return f"{entry.says} (now {' and '.join(now)})"
        if isinstance(entry, NobodyEntry):
            return f"{entry.says} ({self._weight(entry.name)})"
        if isinstance(entry, NarratorEntry):
            tellers = [known.name for known in self._story.characters if known.narrator]
            return f"{entry.says} (now {' and '.join(tellers) or 'nobody'} does)"
        if isinstance(entry, CastEntry) and entry.pronouns:
            known = self._who(entry.name)
            return f"{entry.says} (now {(known.pronouns if known else None) or 'not known'})"
        if isinstance(entry, SaidEntry):
            return self._said(entry)
        if isinstance(entry, SceneEntry):
            return self._scene(entry)
        if isinstance(entry, OrderEntry):
            one, other = self._in_two_scenes(entry.earlier, entry.later)
            lines = [self._story.text.line(scene.start) for scene in (one, other)]
            return f"scene {one.id} (line {lines[0]}) comes before scene {other.id} (line {lines[1]})"
        if isinstance(entry, ThreadEntry):
            joined = dict.fromkeys(self._in_two_scenes(*entry.words))
            each = [f"scene {scene.id} (now thread {scene.thread or 1})" for scene in joined]
            return f"{' and '.join(each)} are of one thread"
        return entry.says

    def place(self, entry: Entry) -> tuple[int, ...]:
        """The lines of the text at which an entry's words stand; empty for one about names.

        Raises:
            NotInStory: if they are not in one place.
        """
        if isinstance(entry, SaidEntry):
            places = [self._place(entry.words, entry.nth, self._story.quotes)]
        elif isinstance(entry, SceneEntry):
            places = [self._place(entry.begins or entry.goes_on or "", entry.nth)]
        elif isinstance(entry, OrderEntry):
            places = [self._place(entry.earlier), self._place(entry.later)]
        elif isinstance(entry, ThreadEntry):
            places = [self._place(words) for words in entry.words]
        else:
            places = []
        return tuple(self._story.text.line(place.start) for place in places)

    def names(self, name: str) -> tuple[str, ...]:
        """All names of the character whose own name this is; for an alias, or words of nobody, only these."""
        spelled = self.spelled(name)
        known = self._who(spelled)
        if known is None or name_key(known.name) != name_key(spelled):
            return (spelled,)
        names: dict[str, str] = {}
        for alias in (known.name, *known.aliases):
            names.setdefault(name_key(alias), alias)
        return tuple(names.values())

    def spelled(self, name: str) -> str:
        """A name, or an id, as the story writes it.

        Raises:
            NotInStory: if nobody goes by it, or several do; the message names the nearest.
        """
        key = name_key(name)
        for known in self._story.characters:
            if known.id == name.strip():
                return known.name
        known_as = self._bearers(key)
        if known_as:
            return next(n for n in (known_as[0].name, *known_as[0].aliases) if name_key(n) == key)
        if key in self._also:
            return self._also[key]
        written = sorted({" ".join(self._story.words(place).split()) for place in self._anchors.find(name)})
        fit = [words for words in written if _may_be_somebody(words)]
        if fit:
            return name if name in fit else min(fit, key=lambda words: (sum(map(str.isupper, words)), words))
        raise NotInStory(f"nobody in this story is called {name!r}", hint=self._nearest(name))

    def _bearers(self, key: str) -> list[Character]:
        """Who has this name or, if nobody has, this alias."""
        people = self._story.characters
        own = [known for known in people if name_key(known.name) == key]
        found = own or [known for known in people if key in map(name_key, known.aliases)]
        if len(found) > 1:
            may_be = " or ".join(f"{known.name} ({known.id})" for known in found)
            raise NotInStory(f"{key!r} may be {may_be}", hint="Say it with the full name or the id.")
        return found

    def _who(self, name: str) -> Character | None:
        return next(iter(self._bearers(name_key(name))), None)

    def _called(self, name: str) -> str:
        known = self._who(name)
        return known.name if known else "nobody known" if name_key(name) not in self._also else name

    def _nearest(self, name: str) -> str:
        from rapidfuzz import fuzz, process

        names = [n for known in self._story.characters for n in (known.name, *known.aliases)]
        near = [n for n, _, _ in process.extract(name, names, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR)]
        meant = f"Did you mean {' or '.join(dict.fromkeys(near))}? " if near else ""
        return f"{meant}Somebody whom the text never names has to be added to the cast first (--add)."

    def _weight(self, name: str) -> str:
        known = self._who(name)
        if known is None:
            return "as now"
        mentions = sum(mention.character == known.id for mention in self._story.mentions)
        quotes = sum(quote.speaker == known.id for quote in self._story.quotes)
        return f"now a name of {known.name}, {_count(mentions, 'mention')}, {_count(quotes, 'quotation')}"

    def _renamed(self, entry: RenameEntry) -> RenameEntry:
        old = self.spelled(entry.old)
        mine, theirs = self._who(old), self._who(entry.new)
        if theirs is not None and (mine is None or mine.id != theirs.id):
            raise NotInStory(
                f"somebody else is called {entry.new}: {theirs.name}", hint="If the two are one, say that they are."
            )
        return msgspec.structs.replace(entry, old=old)

    def _place(self, words: str, nth: int | None = None, within: Sequence[Span] = ()) -> Span:
        found = self._anchors.one(words, nth=nth, within=within)
        if isinstance(found, Missed):
            many = "Quote more words, or say which one is meant (nth: 1, 2, …)." if nth is None else "Count again."
            raise NotInStory(found.what, hint=many if found.places else "Quote the words as they are there.")
        return found

    def _in_two_scenes(self, *words: str) -> tuple[Scene, ...]:
        places = [self._place(quoted) for quoted in words]
        scenes = tuple(self._story.scene_at(place.start) for place in places)
        if len({scene.id for scene in scenes}) == 1:
            lines = " and ".join(str(self._story.text.line(place.start)) for place in places)
            raise NotInStory(
                f"both stand in one scene, {scenes[0].id} (lines {lines})",
                hint="Say first where in it a new scene begins.",
            )
        return scenes

    def _said(self, entry: SaidEntry) -> str:
        at = self._place(entry.words, entry.nth, self._story.quotes)
        quote = max((q for q in self._story.quotes if q.covers(at)), key=len)
        names = {known.id: known.name for known in self._story.characters}
        shown = shortened(self._story.words(quote), _SHOWN)
        change = f"line {self._story.text.line(at.start)}, {shown}, is said"
        if entry.by is not None:
            change += f" by {self._shown(entry.by)} (now {names.get(quote.speaker or '', 'nobody known')})"
        if entry.to is not None:
            now = " and ".join(names.get(who, who) for who in quote.addressees) or "nobody known"
            change += f" to {' and '.join(map(self._shown, entry.to)) or 'nobody'} (now {now})"
        return change

    def _shown(self, name: str) -> str:
        known = self._who(name)
        return known.name if known else name

    def _scene(self, entry: SceneEntry) -> str:
        at = self._place(entry.begins or entry.goes_on or "", entry.nth)
        paragraph = next((p for p in reversed(self._story.paragraphs) if p.start <= at.start), at)
        begins = any(scene.start == paragraph.start for scene in self._story.scenes)
        now = "as now" if begins == (entry.begins is not None) else "now one does" if begins else "now none does"
        says = "a scene begins" if entry.begins is not None else "no scene begins"
        return f"{says} at line {self._story.text.line(at.start)} ({now})"


def _may_be_somebody(words: str) -> bool:
    """Whether words of the text may be a name or a description: "Whit Monday", "the landlord"; not "door"."""
    return words[:1].isupper() or (len(words.split()) > 1 and words.split()[0].lower() in _ARTICLES)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
