"""Flaws for a gold story: what is known of its people, lines, scenes and deaths tells where each is really a flaw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random

from benchmarks.corpora.gold import GoldLine, GoldPerson, GoldScene, GoldStory
from benchmarks.flaws.planting import Flaw
from benchmarks.flaws.words import ACTS, DEATHS, SAYS, closing_mark, drifted, filled, sentence_end
from fabula.story import Span

__all__ = ["plant_known"]

_EYES = ("blue", "brown", "grey", "green")
_MANY = 4
"""A name that is misspelt once stands so often in the sound story at least."""
_UNREAL = frozenset({"memory", "dream", "letter", "told", "imagined", "vision"})


def plant_known(story: GoldStory, *, each: int, seed: int) -> tuple[Flaw, ...]:
    """Up to `each` flaws of every kind this story allows; the same seed, the same flaws."""
    flaws: list[Flaw] = []
    for planter in _PLANTERS:
        random = Random(f"{seed} {story.name} {planter.__name__}")
        found = list(planter(story, random))
        random.shuffle(found)
        flaws += sorted(found[:each], key=lambda flaw: flaw.edits[0][0])
    return tuple(flaws)


def _emptied(story: GoldStory, random: Random) -> Iterator[Flaw]:
    for paragraph, _ in _replies(story):
        yield Flaw(kind="reply emptied", edits=((paragraph, ""),))


def _removed(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """The line is gone, and nothing shows where it stood but who speaks before and after."""
    content = story.text.content
    for paragraph, following in _replies(story):
        before = len(content[: paragraph.start].rstrip(" \t"))
        yield Flaw(kind="reply removed", edits=((Span(before, before + following.start - paragraph.start), ""),))


def _replies(story: GoldStory) -> Iterator[tuple[Span, Span]]:
    """Paragraphs that are a line of a dialogue between two others, each spoken by another than the one before; with
    the paragraph that follows."""
    paragraphs = list(filled(story.text.content))
    says = [_sayers(story, paragraph) for paragraph in paragraphs]
    for at in range(1, len(paragraphs) - 1):
        one, here, other = says[at - 1 : at + 2]
        if len(one) == len(here) == 1 and len(other) == 1 and one == other != here:
            yield paragraphs[at], paragraphs[at + 1]


def _sayers(story: GoldStory, paragraph: Span) -> set[str | None]:
    return {line.by for line in story.lines if line.mode == "spoken" and paragraph.covers(line)}


def _silenced(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """ "He said," at a paragraph's end, and what he said is lost."""
    content = story.text.content
    ends = {paragraph.end for paragraph in filled(content)}
    for line in story.lines:
        before = content[: line.start].rstrip()
        if line.mode == "spoken" and line.end in ends and before.endswith((",", ":")) and before[-2:-1].isalpha():
            yield Flaw(kind="speech removed", edits=((Span(len(before), line.end), ""),))


def _unclosed(story: GoldStory, random: Random) -> Iterator[Flaw]:
    for line in story.lines:
        mark = closing_mark(story.text, line) if line.mode == "spoken" and _opens(story, line) else None
        if mark is not None:
            yield Flaw(kind="mark removed", edits=((mark, ""),))


def _opens(story: GoldStory, line: GoldLine) -> bool:
    return story.text.content[line.start] in "“\"‘'«"


def _dead_act(story: GoldStory, random: Random) -> Iterator[Flaw]:
    yield from _haunted(story, random, "the dead act", ACTS)


def _dead_speak(story: GoldStory, random: Random) -> Iterator[Flaw]:
    yield from _haunted(story, random, "the dead speak", SAYS)


def _haunted(story: GoldStory, random: Random, kind: str, sentences: Sequence[str]) -> Iterator[Flaw]:
    """Somebody acts, behind a narrated paragraph of a scene that happens after the one that has killed him."""
    opening, closing = _marks(story)
    for death in story.deaths:
        name = _name(story, death.who)
        killed = next(scene for scene in story.scenes if scene.covers(death.at))
        for scene in story.scenes if name else ():
            later = scene.order > killed.order or (scene == killed and death.shown)
            if not later or scene.frame != "main":
                continue
            for paragraph in _narrated(story, scene):
                if paragraph.start > death.at.end or scene.order > killed.order:
                    words = random.choice(sentences).format(name, o=opening, c=closing)
                    yield Flaw(kind=kind, edits=((sentence_end(story.text.content, paragraph), " " + words),))


def _dies(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """Somebody dies, in words put in, and acts or speaks later."""
    opening, closing = _marks(story)
    order = sorted((s for s in story.scenes if s.frame == "main"), key=lambda scene: (scene.order, scene.start))
    for person in story.people:
        name = _name(story, person.id)
        if not name or person.kind != "person" or person.narrator or any(d.who == person.id for d in story.deaths):
            continue
        early = [p for scene in order[: len(order) // 2] for p in _narrated(story, scene)]
        late = [p for scene in order[len(order) // 2 :] for p in _narrated(story, scene)]
        if early and late and early[-1].start < late[-1].start:
            words = random.choice((*ACTS, *SAYS)).format(name, o=opening, c=closing)
            edits = ((sentence_end(story.text.content, early[-1]), " " + random.choice(DEATHS).format(name)),
                     (sentence_end(story.text.content, late[-1]), " " + words))  # fmt: skip
            yield Flaw(kind="dies and acts", edits=edits)


def _misspelt(story: GoldStory, random: Random) -> Iterator[Flaw]:
    content = story.text.content
    for person in story.people:
        for name in {word for full in person.names for word in full.split() if word[0].isupper() and len(word) > 3}:
            places = [m.start() for m in re.finditer(rf"\b{re.escape(name)}\b", content)]
            if name.isalpha() and len(places) >= _MANY and name not in ("Miss", "Mrs", "Uncle", "Aunt", "Captain"):
                at, wrong = random.choice(places[1:]), drifted(name, random)
                if wrong not in content:
                    yield Flaw(kind="name drifts", edits=((Span(at, at + len(name)), wrong),))


def _eyes(story: GoldStory, random: Random) -> Iterator[Flaw]:
    one, other = random.sample(_EYES, 2)
    yield from _twice(story, random, "eyes change", f"{{0}}’s {one} eyes narrowed.",
                      f"{{0}} looked up with {{1}} {other} eyes.")  # fmt: skip


def _ages(story: GoldStory, random: Random) -> Iterator[Flaw]:
    yield from _twice(story, random, "age changes", "{0} was thirty-one years old.", "{0} was fifty-two.")


def _kin(story: GoldStory, random: Random) -> Iterator[Flaw]:
    people = [p for p in story.people if p.kind == "person" and _name(story, p.id) and not p.narrator]
    for person in people:
        for other in people:
            if person is other or not _apart(story, person, other):
                continue
            one, two = _name(story, person.id), _name(story, other.id)
            words = (f" {one} was {two}’s cousin.", f" {two} was {one}’s {_parent(other)}.")
            yield from _in_two(story, "kin change", words)


def _parent(person: GoldPerson) -> str:
    return {"he": "father", "she": "mother"}.get(person.pronouns.split("/")[0], "parent")


def _apart(story: GoldStory, one: GoldPerson, other: GoldPerson) -> bool:
    return not any({relation.a, relation.b} == {one.id, other.id} for relation in story.relations)


def _twice(story: GoldStory, random: Random, kind: str, first: str, second: str) -> Iterator[Flaw]:
    """Two sentences that contradict each other, a good way apart, of somebody of whom the story says neither."""
    for person in story.people:
        name = _name(story, person.id)
        his = {"he": "his", "she": "her"}.get(person.pronouns.split("/")[0])
        if name and his and person.kind == "person" and not person.narrator:
            yield from _in_two(story, kind, (" " + first.format(name, his), " " + second.format(name, his)))


def _in_two(story: GoldStory, kind: str, words: tuple[str, str]) -> Iterator[Flaw]:
    narrated = [p for scene in story.scenes if scene.frame == "main" for p in _narrated(story, scene)]
    if len(narrated) >= 4:
        places = (narrated[len(narrated) // 4], narrated[-len(narrated) // 4])
        edits = tuple((sentence_end(story.text.content, p), w) for p, w in zip(places, words, strict=True))
        yield Flaw(kind=kind, edits=edits)


def _two_places(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """Somebody who is in one scene acts in another that happens at the same time somewhere else."""
    for one in story.scenes:
        for other in story.scenes:
            apart = one.order == other.order and one.thread != other.thread and one.place and other.place
            if one is other or not apart or one.frame != "main" or other.frame != "main":
                continue
            for who in sorted(set(one.present) - set(other.present)):
                for paragraph in _narrated(story, other) if _name(story, who) else ():
                    words = " " + random.choice(ACTS).format(_name(story, who))
                    yield Flaw(kind="in two places", edits=((sentence_end(story.text.content, paragraph), words),))


def _at_once(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """ "At that very moment" the one who is here is said to be in the place of another scene."""
    for scene in story.scenes:
        places = [s.place for s in story.scenes if s.place and s.place != scene.place and s.frame == "main"]
        for who in scene.present if scene.frame == "main" and scene.place and places else ():
            name = _name(story, who)
            mine = [p for p in _narrated(story, scene) if name and name in story.text[p]]
            for paragraph in mine:
                words = f" At that very moment {name} was in {random.choice(places)}, asleep."
                yield Flaw(kind="in two places", edits=((sentence_end(story.text.content, paragraph), words),))


def _swapped(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """The tag of a line names the one it is said to."""
    for line in story.lines:
        if line.mode != "spoken" or line.by is None or len(line.to) != 1 or not _name(story, line.to[0]):
            continue
        tail = story.text.content[line.end : line.end + 60]
        names = "|".join(re.escape(n) for n in _person(story, line.by).names if n[0].isupper())
        match = re.match(rf" (?:(?P<a>{names}) \w+|\w+ (?P<b>{names}))\b", tail) if names else None
        if match:
            group = "a" if match["a"] else "b"
            at = Span(line.end + match.start(group), line.end + match.end(group))
            yield Flaw(kind="speaker swapped", edits=((at, _name(story, line.to[0])),))


def _stolen(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """Somebody uses what another has at that time."""
    for custody in story.custody:
        thing = next(o for o in story.objects if o.id == custody.object).names[0]
        held = next(s for s in story.scenes if s.covers(custody.start))
        if custody.holder is None or held.frame != "main":
            continue
        end = min(custody.until.start if custody.until else held.end, held.end)
        for who in sorted({*held.present} - {custody.holder}):
            name = _name(story, who)
            for paragraph in _narrated(story, Span(custody.start.end, max(custody.start.end, end))) if name else ():
                words = f" {name} took {thing} out of a pocket and looked at it."
                yield Flaw(kind="held by another", edits=((sentence_end(story.text.content, paragraph), words),))


def _unlearned(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """Somebody says what he comes to know only later."""
    opening, closing = _marks(story)
    for row in story.knowledge:
        fact = next(f for f in story.facts if f.id == row.fact).text
        since = next(s for s in story.scenes if s.covers(row.since))
        for scene in story.scenes:
            if (
                scene.order < since.order
                and row.who in scene.present
                and scene.frame == "main"
                and _name(story, row.who)
            ):
                for paragraph in _narrated(story, scene):
                    words = f" {opening}{fact[0].upper()}{fact[1:]},{closing} said {_name(story, row.who)}."
                    yield Flaw(kind="never learned", edits=((sentence_end(story.text.content, paragraph), words),))


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _out_of_time(story: GoldStory, random: Random) -> Iterator[Flaw]:
    """The scene of "the next morning" is on a day that is no next day."""
    for one, other in zip(story.scenes, story.scenes[1:], strict=False):
        follows = re.search(r"\b(?:next|following) (?:day|morning|evening|afternoon)\b", story.text[other][:200])
        ends = list(_narrated(story, one)), list(_narrated(story, other))
        if follows and ends[0] and ends[1]:
            day = random.randrange(7)
            first = Flaw(kind="out of time", edits=(
                (sentence_end(story.text.content, ends[0][0]), f" It was a {_DAYS[day]}."),
                (sentence_end(story.text.content, ends[1][0]), f" It was {_DAYS[(day + 3) % 7]}."),
            ))  # fmt: skip
            yield first


def _narrated(story: GoldStory, within: GoldScene | Span) -> Iterator[Span]:
    """The paragraphs inside a stretch in which nobody speaks or writes."""
    for paragraph in filled(story.text.content):
        spoken = any(paragraph.overlaps(line) for line in story.lines)
        if (
            within.covers(paragraph)
            and not spoken
            and len(paragraph) > 40
            and story.text.content[paragraph.end - 1] == "."
        ):
            yield paragraph


def _person(story: GoldStory, who: str) -> GoldPerson:
    return next(person for person in story.people if person.id == who)


def _name(story: GoldStory, who: str) -> str:
    """The shortest of somebody's names that is a name, stands in the text and means nobody else; "" without one."""
    content = story.text.content
    said = [n for n in _person(story, who).names if _is_name(n) and re.search(rf"\b{re.escape(n)}\b", content)]
    shared = {n for person in story.people if person.id != who for n in person.names}
    bare = [name for name in said if name not in shared and not re.search(rf"\b[Tt]he {re.escape(name)}\b", content)]
    return min(bare, key=len, default="")


def _is_name(words: str) -> bool:
    """Whether words are a name, no description: "Mrs. Vavasour", not "Her sister" or "Denholm and Son"."""
    parts = words.split()
    return all(p[0].isupper() for p in parts) and parts[0] not in _NO_NAMES and "’s" not in words and "'s" not in words


_NO_NAMES = frozenset("The A An I My Your His Her Their Our Twenty-six Two Three Both All".split())


def _marks(story: GoldStory) -> tuple[str, str]:
    """The marks with which the story's speech opens and closes."""
    first = next((story.text[line][0] for line in story.lines if line.mode == "spoken"), "“")
    return {'"': ('"', '"'), "‘": ("‘", "’"), "'": ("'", "'"), "«": ("«", "»")}.get(first, ("“", "”"))


Planter = Callable[[GoldStory, Random], Iterator[Flaw]]
_PLANTERS: tuple[Planter, ...] = (
    _emptied, _removed, _silenced, _unclosed, _dead_act, _dead_speak, _dies, _misspelt, _eyes, _ages, _kin, _two_places,
    _at_once, _swapped, _stolen, _unlearned, _out_of_time,
)  # fmt: skip
