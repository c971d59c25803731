"""Finds in a text the words a gold file quotes from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from benchmarks.corpora.gold.form import TABLES, Problem, WrittenForm, WrittenLine, WrittenScene
from benchmarks.corpora.gold.records import (
    GoldCustody,
    GoldDeath,
    GoldFact,
    GoldKnowledge,
    GoldLine,
    GoldObject,
    GoldPerson,
    GoldRelation,
    GoldScene,
    GoldStory,
)
from fabula.story import Source, Span, Text

__all__ = ["place_form"]

SHOWN = 60
"""So many characters of quoted words stand in a message."""

_DOUBLE = re.compile(r"“[^“”]*”?")
_SINGLE = re.compile(r"(?<!\w)‘(?!\w+’\w)[^‘\n]*?[.,;:!?…—-]’")
"""Speech in the marks a text uses; an apostrophe may stand at a word's beginning, so single ones need a stop within."""

_INDENT = " \t\u3000>#*_"
"""What may stand on a line before a paragraph's first words: an indent, a sign that sets it off, italics."""


def place_form(
    form: WrittenForm, content: str, *, name: str, unread: Sequence[Problem] = ()
) -> tuple[GoldStory, tuple[Problem, ...], tuple[Problem, ...]]:
    """The story with every quoted word found in its text; what is wrong; what is worth a second look.

    Args:
        unread: the tables that could not be read, so that an id one of them has is not called unknown.
    """
    placing = _Placing(content, form, known_people=not any(fault.key.startswith("people") for fault in unread))
    return placing.story(name), tuple(placing.problems), tuple(placing.notes)


class _Placing:
    """Finds the places of quoted words in a text, and keeps what could not be found."""

    def __init__(self, content: str, form: WrittenForm, *, known_people: bool) -> None:
        self.content, self.form, self.known_people = content, form, known_people
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def story(self, name: str) -> GoldStory:
        """All of it, with whatever could be placed."""
        form = self.form
        self._check_ids()
        self._check_names()
        lines = self._lines()
        story = GoldStory(
            name=name,
            title=form.title or name,
            about=form.about,
            tags=form.tags,
            tables=frozenset(form.numbers if form.text else TABLES),
            text=Text(self.content, Source(name=name)),
            people=tuple(msgspec.convert(msgspec.structs.asdict(p), GoldPerson) for p in form.people),
            lines=lines,
            scenes=self._scenes(),
            objects=tuple(GoldObject(id=o.id, names=o.names) for o in form.objects),
            custody=self._custody(),
            facts=tuple(GoldFact(id=f.id, text=f.text) for f in form.facts),
            knowledge=self._knowledge(),
            deaths=self._deaths(),
            relations=self._relations(),
        )
        self._look_for_unlisted(lines)
        return story

    def _lines(self) -> tuple[GoldLine, ...]:
        placed, at = [], 0
        for number, line in enumerate(self.form.lines):
            self._check_people("lines", number, by=[line.by] if line.by else [], to=line.to)
            if line.by and not line.type:
                self._fault("lines", number, "type", "missing: explicit, anaphoric or implicit")
            found = self.content.find(line.words, at)
            if found < 0:
                self._fault("lines", number, "words", self._line_not_found(line.words))
                continue
            at = found + len(line.words)
            placed.append(_line(line, Span(found, at)))
        return tuple(placed)

    def _line_not_found(self, words: str) -> str:
        at = self.content.find(words)
        if at < 0:
            return self._not_found(words)
        line = self.content.count("\n", 0, at) + 1
        before = f"found only before the end of the line above it (text line {line})"
        return f"{before}, so it is out of order or overlaps: {_short(words)}"

    def _scenes(self) -> tuple[GoldScene, ...]:
        starts: list[tuple[int, WrittenScene]] = []
        for number, scene in enumerate(self.form.scenes):
            self._check_scene(number, scene)
            place = self._once("scenes", number, "begins", scene.begins)
            if place is None:
                continue
            if starts and place.start <= starts[-1][0]:
                self._fault("scenes", number, "begins", f"stands before the scene above it: {_short(scene.begins)}")
                continue
            if self.content[self.content.rfind("\n", 0, place.start) + 1 : place.start].strip(_INDENT):
                self._fault("scenes", number, "begins", f"not the beginning of a paragraph: {_short(scene.begins)}")
            starts.append((place.start, scene))
        places = [0, *(start for start, _ in starts[1:]), len(self.content)]
        return tuple(_scene(scene, Span(places[at], places[at + 1])) for at, (_, scene) in enumerate(starts))

    def _check_scene(self, number: int, scene: WrittenScene) -> None:
        told = [scene.teller] if scene.teller else []
        self._check_people("scenes", number, present=scene.present, heard=scene.heard, teller=told)
        if (scene.starts == "text") != (number == 0 and self._number("scenes", number)[0] == 1):
            self._fault("scenes", number, "starts", f"{scene.starts!r}: the first scene has 'text', no other has")
        if scene.teller and scene.frame == "main":
            self._fault("scenes", number, "teller", "only where frame is not main")
        both = sorted(set(scene.present) & set(scene.heard))
        if both:
            self._fault("scenes", number, "heard", f"present too: {', '.join(both)}")

    def _custody(self) -> tuple[GoldCustody, ...]:
        objects, kept = {thing.id for thing in self.form.objects}, []
        for number, row in enumerate(self.form.custody):
            self._check_known("custody", number, "object", [row.object], objects)
            self._check_people("custody", number, holder=[row.holder] if row.holder else [])
            start, until = self._stretch("custody", number, row.from_, row.until)
            if start is not None:
                kept.append(GoldCustody(object=row.object, holder=row.holder or None, start=start, until=until))
        return tuple(kept)

    def _knowledge(self) -> tuple[GoldKnowledge, ...]:
        facts, kept = {fact.id for fact in self.form.facts}, []
        for number, row in enumerate(self.form.knowledge):
            self._check_known("knowledge", number, "fact", [row.fact], facts)
            self._check_people("knowledge", number, who=[row.who])
            since = self._once("knowledge", number, "since", row.since)
            if since is not None:
                kept.append(GoldKnowledge(who=row.who, fact=row.fact, since=since, how=row.how))
        return tuple(kept)

    def _deaths(self) -> tuple[GoldDeath, ...]:
        kept = []
        for number, row in enumerate(self.form.deaths):
            self._check_people("deaths", number, who=[row.who])
            at = self._once("deaths", number, "at", row.at)
            if at is not None:
                kept.append(GoldDeath(who=row.who, at=at, shown=row.shown))
        return tuple(kept)

    def _relations(self) -> tuple[GoldRelation, ...]:
        kept = []
        for number, row in enumerate(self.form.relations):
            self._check_people("relations", number, a=[row.a], b=[row.b])
            start, until = self._stretch("relations", number, row.from_, row.until)
            if start is not None:
                kept.append(GoldRelation(a=row.a, b=row.b, kind=row.kind, start=start, until=until))
        return tuple(kept)

    def _stretch(self, table: str, number: int, start: str, until: str | None) -> tuple[Span | None, Span | None]:
        ends = self._once(table, number, "until", until) if until is not None else None
        return self._once(table, number, "from", start), ends

    def _once(self, table: str, number: int, key: str, words: str) -> Span | None:
        """The one place of these words; None, and a problem, where there is none or more than one."""
        at = self.content.find(words)
        again = self.content.find(words, at + 1) if at >= 0 else -1
        if at < 0:
            self._fault(table, number, key, self._not_found(words))
        elif again >= 0:
            lines = ", ".join(str(self.content.count("\n", 0, place) + 1) for place in (at, again))
            self._fault(table, number, key, f"found more than once (text lines {lines}): {_short(words)}")
        return Span(at, at + len(words)) if at >= 0 > again else None

    def _not_found(self, words: str) -> str:
        near = _folded(self.content).find(_folded(words))
        if near < 0:
            return f"not found in the text: {_short(words)}"
        return f"not found in the text, but there with other quotation marks, dashes or spaces: {_short(words)}"

    def _check_ids(self) -> None:
        form = self.form
        for table, rows in (("people", form.people), ("objects", form.objects), ("facts", form.facts)):
            ids = [row.id for row in rows]
            for number, id_ in enumerate(ids):
                if ids.count(id_) > 1:
                    self._fault(table, number, "id", f"not unique: {id_}")

    def _check_names(self) -> None:
        """Notes for names the text does not have."""
        folded = _folded(self.content)
        for number, person in enumerate(self.form.people):
            missing = [name for name in person.names if _folded(name) not in folded]
            if missing and not person.narrator:
                self._note("people", number, "names", f"not in the text: {', '.join(missing)}")

    def _look_for_unlisted(self, lines: Sequence[GoldLine]) -> None:
        """Notes for quotation marks in which no line lies."""
        double = self.content.count("“") >= self.content.count("\n‘")
        for found in re.finditer(_DOUBLE if double else _SINGLE, self.content):
            place = Span(*found.span())
            if not any(place.overlaps(line) for line in lines):
                line = self.content.count("\n", 0, place.start) + 1
                self.notes.append(Problem(0, "lines", f"none at text line {line}: {_short(found[0])}"))

    def _check_people(self, table: str, number: int, **keys: Sequence[str]) -> None:
        known = {person.id for person in self.form.people}
        for key, ids in keys.items():
            if self.known_people:
                self._check_known(table, number, key, ids, known)

    def _check_known(self, table: str, number: int, key: str, ids: Sequence[str], known: set[str]) -> None:
        unknown = [name for name in ids if name not in known]
        if unknown:
            self._fault(table, number, key, f"unknown id: {', '.join(unknown)}")
        twice = [name for name, times in Counter(ids).items() if times > 1]
        if twice:
            self._fault(table, number, key, f"named twice: {', '.join(twice)}")

    def _fault(self, table: str, number: int, key: str, what: str) -> None:
        shown, line = self._number(table, number)
        self.problems.append(Problem(line, f"{table} {shown}, {key}", what))

    def _note(self, table: str, number: int, key: str, what: str) -> None:
        shown, line = self._number(table, number)
        self.notes.append(Problem(line, f"{table} {shown}, {key}", what))

    def _number(self, table: str, number: int) -> tuple[int, int]:
        """The number in the file, from 1, and the line of the table that stands `number`th among those read."""
        return self.form.numbers[table][number]


def _line(line: WrittenLine, place: Span) -> GoldLine:
    return GoldLine(place.start, place.end, by=line.by or None, to=line.to, mode=line.mode, type=line.type)


def _scene(scene: WrittenScene, place: Span) -> GoldScene:
    return GoldScene(
        place.start,
        place.end,
        starts=scene.starts,
        order=scene.order,
        thread=scene.thread,
        frame=scene.frame,
        place=scene.place,
        time=scene.time,
        present=scene.present,
        heard=scene.heard,
        teller=scene.teller or None,
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"


_FOLDS = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "—": "-", "–": "-", "…": "..."})


def _folded(words: str) -> str:
    """The words with every kind of mark and space made alike, to tell a slip of the pen from words not there."""
    return " ".join(words.translate(_FOLDS).split()).lower()
