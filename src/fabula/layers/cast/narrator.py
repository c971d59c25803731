"""Whoever tells the story as "I", part by part, and under which name the others call him."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import msgspec

from fabula import lexicon
from fabula.layers.cast.headed import TellerLine, is_number, signed_by
from fabula.layers.cast.letters import Letter, find_letters, find_tales
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Narration, Narrations, Span
from fabula.story.corrections import name_key

__all__ = ["find_narrations", "is_call"]

_I = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i'd", "i'll", "i've"})
_SHARE = 0.008
"""Of the words of the narration; first-person novels at hand have 0.02 to 0.07 of them, others under 0.003."""
_LEAST = 2
"""So many "I"s at least: a short story's narrator may say it no oftener."""
_NEAR = 3
"""Paragraphs: a name called within so many of "I said" may be the narrator's."""
_BESIDE = 120
"""Words: so far into the paragraphs beside it a name called a single time is looked whether it is the narrator's."""
_STAGE = 0.15
"""A narrator does not name himself: his name stands in the narration in at most this part of its places."""
_NAMED = (3, 1_500)
"""A chapter that names somebody so often, and once in so many words, is told by somebody else."""
_MANY, _OFTEN = 6, 5
"""In a book of so many chapters a narrator is called by name so often, or in two of them."""
_REMAINS = 0.1
"""Where all but so much of a text says who tells it, what remains is told by nobody in particular."""
_BELOW = 2
"""Paragraphs at the foot of a section in which whoever tells it may sign."""
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,3}")
_HEADED, _SIGNED, _CALLED, _SAID = 0.95, 0.9, 0.85, 0.95
_NAMELESS, _TOLD = 0.8, 0.7
"""How sure a heading, a signature, a name called out and one's own word are of who tells; that it is nobody named; that
the last one named tells the tale."""


class _Section(msgspec.Struct, frozen=True):
    """A stretch between two lines that may change the teller. `told`: its words of narration; `own`: the "I"s of it."""

    span: Span
    line: TellerLine | None
    told: tuple[int, ...]
    own: tuple[int, ...]

    @property
    def first_person(self) -> bool:
        return len(self.own) >= max(_LEAST, _SHARE * len(self.told))


def find_narrations(
    wording: Wording,
    characters: tuple[Character, ...],
    mentions: Sequence[Mention],
    owner: Mapping[Span, str],
    lines: Sequence[TellerLine],
    *,
    fresh: Iterable[str],
) -> tuple[tuple[Character, ...], Narrations]:
    """Who says "I" where, and the characters with those marked who tell; one without a name is added last.

    A chapter's heading names its teller, a letter's signature its writer. Else the narration itself gives the name ("my
    name is Ishmael"), or others call it close to "I said" while the narration never uses it; a chapter that keeps
    naming whoever tells the others is told by somebody else.

    Args:
        owner: for the place of each name, the id of whose it is.
        lines: the lines that may name tellers.
        fresh: ids for narrators without a name.
    """
    search = _Search(wording, characters, mentions, owner, iter(fresh))
    letters = find_letters(wording, lines)
    sections = _sections(wording, lines, letters)
    stretches = search.headed(sections)
    rest = [section for section in sections if section.span not in {s.span for s in stretches}]
    stretches += search.plain(rest, rare=sum(len(s.told) for s in rest) < _REMAINS * len(wording) and bool(stretches))
    tellers = {s.teller for s in stretches} - {None}
    for tale in find_tales(wording, mentions):
        stretches = _cut_into(stretches, search.told(tale.opened, tale.span, stretches))
    tellers |= {s.teller for s in stretches} - {None}
    for letter in letters:
        stretches = _cut_into(stretches, search.signed(letter, among=letters))
    known = tuple(
        msgspec.structs.replace(c, narrator=True) if c.id in tellers and not search.given else c
        for c in search.characters
    )
    return known, Narrations(tuple(sorted(stretches, key=lambda stretch: stretch.start)))


def _sections(wording: Wording, lines: Sequence[TellerLine], letters: Sequence[Letter]) -> list[_Section]:
    """The text cut at its chapters and at the lines that name tellers; letters count for none of them."""
    segments = wording.segments
    at = {line.span.start: line for line in lines}
    starts = sorted({0, *(chapter.start for chapter in segments.chapters), *at})
    ends = [*starts[1:], len(segments.text.content)]
    kinds = [paragraph.kind for paragraph in segments.paragraphs]
    written = [letter.span for letter in letters]
    sections, held, turn = [], None, 0
    for start, end in zip(starts, ends, strict=True):
        told = []
        for i in wording.within(Span(start, end)):
            while turn < len(written) and written[turn].end <= wording.starts[i]:
                turn += 1
            inside = turn < len(written) and written[turn].start <= wording.starts[i]
            if wording.quote[i] == -1 and kinds[wording.paragraph[i]] in ("prose", "letter") and not inside:
                told.append(i)
        own = [i for i in told if wording.lower[i] in _I and (wording.lower[i] != "i" or wording.forms[i] == "I")]
        goes_on = bool(kinds) and is_number(segments.paragraphs[segments.paragraph_at(start)], segments.text)
        held = at.get(start) or (held if goes_on else None)
        sections.append(_Section(Span(start, end), held, tuple(told), tuple(own)))
    return sections


def _cut_into(stretches: Sequence[Narration], inner: Narration | None) -> list[Narration]:
    """The stretches with one laid over them."""
    if inner is None:
        return list(stretches)
    found = []
    for stretch in stretches:
        if stretch.end <= inner.start or stretch.start >= inner.end:
            found.append(stretch)
            continue
        if stretch.start < inner.start:
            found.append(msgspec.structs.replace(stretch, end=inner.start))
        if stretch.end > inner.end:
            found.append(msgspec.structs.replace(stretch, start=inner.end))
    return [*found, inner]


class _Search:
    """The people so far, and what is looked up about where they are named."""

    def __init__(
        self,
        wording: Wording,
        characters: tuple[Character, ...],
        mentions: Sequence[Mention],
        owner: Mapping[Span, str],
        fresh: Iterable[str],
    ) -> None:
        self.characters = characters
        self.given = tuple(c.id for c in characters if c.narrator)
        self._wording = wording
        self._fresh = iter(fresh)
        self._nameless = count(2)
        named = [(wording.at(m.start), m, owner[m.span]) for m in mentions if m.form == "name" and m.span in owner]
        self._named = sorted(named, key=lambda place: place[0])
        self._at = [i for i, _, _ in self._named]
        self._all = Counter(who for _, _, who in named)

    def headed(self, sections: Sequence[_Section]) -> list[Narration]:
        """The sections whose line names the teller, and which are told as "I" without naming him."""
        fit = []
        for section in sections:
            if section.line is None or not section.first_person:
                continue
            who = self._find(section.line.name)
            if who is None and section.line.bare and not self._may_be_new(section.line.name):
                continue
            if who is None or section.line.bare is False or not self._is_named_in(section, who):
                fit.append((section, who, name_key(section.line.name)))
        bare = [who or name for section, who, name in fit if section.line and section.line.bare]
        alternate = len({*bare}) >= 2 and 2 * len(bare) >= sum(section.first_person for section in sections)
        found = []
        for section, _, _ in fit:
            if section.line is None or (section.line.bare and not alternate):
                continue
            who = self._find(section.line.name) or self._add(section.line.name, section.line.span)
            found.append(_narration(section.span, who, _HEADED, section.line.span))
        return found

    def plain(self, sections: Sequence[_Section], *, rare: bool) -> list[Narration]:
        """The sections without such a line: one teller for all that are told as "I" and do not name him.

        Args:
            rare: whether they are mere remains of a text whose other sections name their tellers.
        """
        told = sum(len(section.told) for section in sections)
        own = [i for section in sections for i in section.own]
        if not sections or len(own) < max(_LEAST, _SHARE * told):
            return [_narration(section.span, None, _NAMELESS) for section in sections]
        mine = [s for s in sections if len(s.own) >= min(_LEAST, max(1.0, _SHARE / 2 * len(s.told)))]
        others = [section for section in sections if section not in mine]
        who, sure, why = self._teller(mine)
        if who is None:
            who, sure, why = self._named_by_others(mine)
        split = [s for s in mine if who is not None and not self.given and self._is_named_in(s, who)]
        if len(split) * 2 > len(mine):
            split = []
        kept = [section for section in mine if section not in split]
        if who is None and rare:
            return [_narration(section.span, None, 0.0) for section in sections]
        who, evidence = self._or_nameless(who, kept, why)
        found = [_narration(section.span, who, sure, evidence) for section in kept]
        if split:
            other, sure, why = self._teller(split, but=who)
            if other is None:
                other, sure, why = self._signed_below(split[-1])
            other, evidence = self._or_nameless(other, split, why)
            found += [_narration(section.span, other, sure, evidence) for section in split]
        return found + [_narration(section.span, None, _NAMELESS) for section in others]

    def told(self, opened: Span, span: Span, stretches: Sequence[Narration]) -> Narration | None:
        """A tale is told by whoever was named last before it, the narrator of what is around it excepted."""
        outer = next((s.teller for s in stretches if s.start <= opened.start < s.end), None)
        before = self._wording.at(opened.end)
        near = [who for i, _, who in self._named if before - 400 <= i < before and who != outer]
        return _narration(span, near[-1], _TOLD, opened) if near else None

    def signed(self, letter: Letter, *, among: Sequence[Letter]) -> Narration:
        """A letter's "I" is whoever signs it, by initials, too, if he has signed another; nobody, where that cannot be
        known."""
        who = self._find(letter.name) if letter.name else None
        if who is None and _INITIALS.fullmatch(letter.name):
            full = {other.name: self._find(other.name) for other in among if _begins(other.name, letter.name)}
            named = {id_ for id_ in full.values() if id_ is not None}
            who = named.pop() if len(named) == 1 else None
        if who is None:
            return _narration(letter.span, None, 0.0)
        return _narration(letter.span, who, _SIGNED, letter.signature)

    def _teller(self, sections: Sequence[_Section], but: str | None = None) -> tuple[str | None, float, Span | None]:
        """Whoever tells these sections, by name; how sure that is, and the place that says so."""
        if self.given:
            return self.given[0], 1.0, None
        said = self._self_named(sections)
        if said is not None and said[0] != but:
            return said[0], _SAID, said[1]
        called = self._called(sections, but)
        return (called[0], _CALLED, called[1]) if called else (None, _NAMELESS, None)

    def _named_by_others(self, sections: Sequence[_Section]) -> tuple[str | None, float, Span | None]:
        """Whoever tells one section and is named in the narration of all the others: an editor speaks of the diary's
        writer, in which others call him by his name."""
        for section in sections if len(sections) > 1 else ():
            who, sure, why = self._teller([section])
            others = [other for other in sections if other is not section]
            if who is not None and all(self._is_named_in(other, who) for other in others):
                return who, sure, why
        return None, _NAMELESS, None

    def _signed_below(self, section: _Section) -> tuple[str | None, float, Span | None]:
        """Whose name stands by itself below a section, before nothing more than a place and a date."""
        segments = self._wording.segments
        first, last = segments.paragraph_at(section.span.start), segments.paragraph_at(section.span.end - 1)
        own = [p for p in segments.paragraphs[first : last + 1] if p.kind not in ("blank", "break")]
        for paragraph in reversed(own[-_BELOW:]):
            line = segments.text.content[paragraph.start : paragraph.body].strip("_*— \n")
            if signed_by(line) == line and " " in line:
                place = Span(paragraph.start, paragraph.body)
                return self._find(line) or self._add(line, place), _SIGNED, place
        return None, _NAMELESS, None

    def _or_nameless(self, who: str | None, sections: Sequence[_Section], why: Span | None) -> tuple[str, Span | None]:
        """The teller, or one without a name who is added to the people."""
        if who is not None:
            return who, why
        first = next((i for section in sections for i in section.own), 0)
        place = Span(self._wording.starts[first], self._wording.ends[first])
        known = {c.name for c in self.characters}
        name = "the narrator" if "the narrator" not in known else f"the narrator ({next(self._nameless)})"
        return self._add(name, place, narrator=True), place

    def _add(self, name: str, place: Span, *, narrator: bool = False) -> str:
        id_ = next(self._fresh)
        sure = 0.8 if narrator else 0.7
        new = Character(id=id_, name=name, narrator=narrator, confidence=sure, evidence=(place,))
        self.characters = (*self.characters, new)
        return id_

    def _find(self, name: str) -> str | None:
        """The one character who can be meant by a name written in a heading or a signature."""
        key = name_key(name)
        by_key = [c.id for c in self.characters if key in map(name_key, (c.name, *c.aliases))]
        if by_key:
            return by_key[0]
        words = [word.strip(".,").lower() for word in name.split()]
        own = {w for w in words if f"{w}." not in lexicon.table("titles") and w not in lexicon.table("titles")} - {
            "the"
        }
        fit = [c.id for c in self.characters if own and own <= _words(c)]
        fit = fit or [c.id for c in self.characters if len(words) > 1 and {words[0], words[-1]} <= _words(c)]
        return max(fit, key=lambda id_: self._all[id_]) if fit and (len(fit) == 1 or len(own) > 1) else None

    def _may_be_new(self, name: str) -> bool:
        return name.lower().split()[0] in lexicon.table("first_names")

    def _is_named_in(self, section: _Section, who: str) -> bool:
        """Whether the narration of a section keeps naming somebody, as it does not name its teller."""
        words = self._wording
        first, stop = words.at(section.span.start), words.at(section.span.end)
        places = self._named[bisect_left(self._at, first) : bisect_left(self._at, stop)]
        times = sum(whose == who and words.quote[i] == -1 and not _is_self_naming(words, i) for i, _, whose in places)
        least, rate = _NAMED
        return times >= max(least, len(section.told) / rate)

    def _self_named(self, sections: Sequence[_Section]) -> tuple[str, Span] | None:
        for i, mention, who in self._inside(sections):
            if self._wording.quote[i] == -1 and _is_self_naming(self._wording, i):
                return who, mention.span
            if self._wording.quote[i] != -1 and self._is_said_of_oneself(i, mention):
                return who, mention.span
        return None

    def _is_said_of_oneself(self, i: int, mention: Mention) -> bool:
        """ "My name is Hawkins," I said."""
        words = self._wording
        if words.lower[max(0, i - 3) : i] != ["my", "name", "is"] and words.lower[max(0, i - 2) : i] != ["i", "am"]:
            return False
        after = [w for w in range(words.at(mention.end), min(len(words), i + 30)) if words.quote[w] == -1][:3]
        said = {words.lower[w] for w in after if words.paragraph[w] == words.paragraph[i]}
        return "i" in said and bool(said & lexicon.words("speech_verbs"))

    def _called(self, sections: Sequence[_Section], but: str | None) -> tuple[str, Span] | None:
        """The character called by name near "I said" and hardly ever named in the narration of these sections."""
        words, near = self._wording, set[int]()
        verbs = lexicon.words("speech_verbs")
        for i in (i for section in sections for i in section.own if words.lower[i] == "i"):
            if {*words.lower[max(0, i - 1) : i + 2]} & verbs:
                near.update(range(words.paragraph[i] - _NEAR, words.paragraph[i] + _NEAR + 1))
        named: Counter[str] = Counter()
        narrated: Counter[str] = Counter()
        called: Counter[str] = Counter()
        first: dict[str, Span] = {}
        chapters: dict[str, set[int]] = {}
        starts = [section.span.start for section in sections]
        for i, mention, who in self._inside(sections):
            named[who] += 1
            narrated[who] += words.quote[i] == -1
            if words.paragraph[i] in near and is_call(words, mention):
                called[who] += 1
                chapters.setdefault(who, set()).add(bisect_right(starts, mention.start))
                first.setdefault(who, mention.span)
        fit = [c.id for c in self.characters if called[c.id] >= 1 and c.id != but]
        fit = [id_ for id_ in fit if narrated[id_] <= _STAGE * named[id_]]
        best = max(fit, key=lambda id_: called[id_], default=None)
        if best is None or called[best] < max(1, len(near) // 400):
            return None
        if called[best] == 1 and not self._is_answered(first[best]):
            return None
        if len(sections) >= _MANY and called[best] < _OFTEN and len(chapters[best]) < 2:
            return None  # one tale of a collection has a teller who is called so, not all
        return best, first[best]

    def _is_answered(self, call: Span) -> bool:
        """Whether the speech before or behind a name called a single time is the narrator's own."""
        words = self._wording
        at = words.at(call.start)
        here = words.paragraph[at]
        before = next((i for i in range(at, -1, -1) if words.paragraph[i] != here), 0)
        behind = next((i for i in range(at, len(words)) if words.paragraph[i] != here), len(words) - 1)
        beside = {words.paragraph[before], words.paragraph[behind]}
        reach = range(max(0, before - _BESIDE), min(len(words), behind + _BESIDE))
        mine = (i for i in reach if words.paragraph[i] in beside and words.quote[i] == -1 and words.lower[i] == "i")
        return any({*words.lower[max(0, i - 1) : i + 2]} & lexicon.words("speech_verbs") for i in mine)

    def _inside(self, sections: Sequence[_Section]) -> list[tuple[int, Mention, str]]:
        """The names of the sections, by word."""
        words = self._wording
        ranges = [(words.at(s.span.start), words.at(s.span.end)) for s in sections]
        cuts = [(bisect_left(self._at, first), bisect_left(self._at, stop)) for first, stop in ranges]
        return [named for first, stop in cuts for named in self._named[first:stop]]


def _narration(span: Span, teller: str | None, sure: float, why: Span | None = None) -> Narration:
    return Narration(
        span.start, span.end, teller=teller, confidence=sure if teller is not None or not why else 0.0,
        evidence=(why,) if why is not None else (),
    )  # fmt: skip


def _begins(name: str, initials: str) -> bool:
    """Whether a name has these initials, all of them or the first: "Harriet Lowe", "H. L."; "Edmund", "E." """
    asked = re.findall("[A-Z]", initials)
    return name != initials and [word[0] for word in name.split()][: len(asked)] == asked


def _words(character: Character) -> set[str]:
    return {word.strip(".,").lower() for name in (character.name, *character.aliases) for word in name.split()}


def _is_self_naming(wording: Wording, i: int) -> bool:
    """ "My name is Ishmael", "I, Claudius, …" """
    before = wording.lower[max(0, i - 3) : i]
    if before in (["my", "name", "is"], ["my", "name", "was"], ["my", "name", "'s"]) or before[-2:] == ["call", "me"]:
        return True
    return before[-2:] == ["i", ","]


def is_call(wording: Wording, mention: Mention) -> bool:
    """Whether a name is called out in speech: "Come, Anne." """
    first, stop = wording.at(mention.start), wording.at(mention.end)
    if wording.quote[first] == -1:
        return False
    before = wording.forms[first - 1] if first else ""
    after = wording.forms[stop] if stop < len(wording) else ""
    return (before == "," and after in (",", ".", "!", "?", "”", '"')) or (
        before in ("“", '"', "‘") and after in (",", "!")
    )
