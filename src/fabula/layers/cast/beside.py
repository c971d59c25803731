"""Who stands beside speech in the narration, and who is thereby shown to be one or two: by a tag, by what he does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from fabula import lexicon
from fabula.segment.introducing import is_own_full_name
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["Floor", "beside_speech", "is_tag"]

_NO_LEAD: tuple[list[str], ...] = ([], ["then"], ["and"], ["but"], ["now"], ["so"])
"""What may stand before the subject at the head of a sentence."""
_WHEN_OR_WHERE = frozenset("in on at by after before behind beside towards toward during under near".split())
_SETTING = 6
"""So many words at most say when or where before the subject."""
_OTHER_SUBJECT = frozenset({"'s", "s", "and", "or"})
"""What shows a mention not to be the one subject: an owner, or the first of two."""
_SHE_SAID = 2
"""So many words tell at most that whoever has just acted speaks."""
_TALK = 8
"""So many paragraphs back a talk goes on with whoever spoke there."""
_PRONOUNS = frozenset("he she they it his her their its".split())
_YOU = frozenset("you your thee thy thou".split())
_COPULAS = frozenset("is was 's be been being become became called named as for".split())
_PRESENTING = frozenset("i'm am is 'm dear".split())
_MARKS = frozenset({",", "—", "--", "–", "("})


def beside_speech(wording: Wording, mention: Span) -> bool:
    """Whether a description in the narration is the subject of a verb of speech that stands beside it."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if wording.quote[first] != -1:
        return False
    before_verb = after < len(wording) and wording.quote[after] == -1 and _speaks(wording, after)
    return before_verb or (first >= 2 and wording.quote[first - 2] != -1 and _speaks(wording, first - 1))


def _speaks(wording: Wording, verb: int) -> bool:
    """Whether a verb is one of speech; of those that are mere movements ("came", "went") only with "on" or "in"."""
    word = wording.lower[verb]
    if word in lexicon.words("moving_verbs"):
        return wording.lower[verb + 1 : verb + 2] in (["on"], ["in"]) or word.startswith(("began", "begin"))
    return word in lexicon.words("speech_verbs")


def is_tag(wording: Wording, mention: Span) -> bool:
    """As `beside_speech`, but with the speech itself beside it: "friends spoke of him" gives nobody words."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if not beside_speech(wording, mention):
        return False
    return any(quote != -1 for quote in wording.quote[max(0, first - 2) : after + 4])


class Floor:
    """Where speech is made in a text, by paragraphs in their order, blank ones left out."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._rank: dict[int, int] = {}
        self._spoken: set[int] = set()
        told: Counter[int] = Counter()
        for i, paragraph in enumerate(wording.paragraph):
            self._rank.setdefault(paragraph, len(self._rank))
            if wording.quote[i] != -1:
                self._spoken.add(paragraph)
            else:
                told[paragraph] += wording.lower[i][0].isalnum()
        self._spoken_ranks = {self._rank[paragraph] for paragraph in self._spoken}
        self._asking = {
            self._rank[wording.paragraph[i]]
            for i, word in enumerate(wording.lower)
            if wording.quote[i] != -1
            and (
                (word in ("name", "called", "call") and {*wording.lower[max(0, i - 4) : i + 4]} & _YOU)
                or (word == "who" and {*wording.lower[i : i + 4]} & {"you", "thou"})
            )
        }
        self._bare = {self._rank[paragraph] for paragraph in self._spoken if told[paragraph] <= _SHE_SAID}

    @cached_property
    def _bounds(self) -> dict[int, tuple[int, int]]:
        bounds: dict[int, tuple[int, int]] = {}
        for i, sentence in enumerate(self._wording.sentence):
            bounds[sentence] = (bounds.get(sentence, (i, i))[0], i)
        return bounds

    def heads_sentence(self, mention: Mention) -> bool:
        """Whether a mention in the narration is the subject of its sentence."""
        wording = self._wording
        first, after = wording.at(mention.start), wording.at(mention.end)
        if wording.quote[first] != -1 or (after < len(wording) and wording.lower[after] in _OTHER_SUBJECT):
            return False
        start = self._bounds[wording.sentence[first]][0]
        lead = [wording.lower[i] for i in range(start, first) if wording.quote[i] == -1]
        words = [word for word in lead if word[0].isalnum()]
        return words in _NO_LEAD or _is_setting(words)

    def acts_beside(self, mention: Mention) -> bool:
        """Whether what somebody does begins a paragraph that has speech, or stands right beside speech in it:
        The stranger shut the door. "Is there a bed?" """
        wording = self._wording
        first = wording.at(mention.start)
        here = wording.paragraph[first]
        if here not in self._spoken or not self.heads_sentence(mention):
            return False
        start, last = self._bounds[wording.sentence[first]]
        if start == 0 or wording.paragraph[start - 1] != here or wording.quote[start - 1] != -1:
            return True
        return last + 1 < len(wording) and wording.paragraph[last + 1] == here and wording.quote[last + 1] != -1

    def leads_to_speech(self, mention: Mention) -> bool:
        """Whether what somebody does begins a paragraph of narration, and the next is hardly more than speech."""
        wording = self._wording
        first = wording.at(mention.start)
        here = wording.paragraph[first]
        if here in self._spoken or not self.heads_sentence(mention):
            return False
        return self._begins_paragraph(first) and self._rank[here] + 1 in self._bare

    def leading(self, mentions: Iterable[Mention]) -> set[int]:
        """The ranks of the paragraphs of narration that end with what one of these does, right before a speech."""
        return {self._rank[self._wording.paragraph[self._wording.at(m.start)]] for m in mentions if self._ends(m)}

    def _ends(self, mention: Mention) -> bool:
        """Whether a mention is the last subject of a paragraph but for pronouns, and the next is hardly but speech."""
        wording = self._wording
        first = wording.at(mention.start)
        here = wording.paragraph[first]
        if here in self._spoken or not self.heads_sentence(mention) or self._rank[here] + 1 not in self._bare:
            return False
        i = self._bounds[wording.sentence[first]][1] + 1
        while i < len(wording) and wording.paragraph[i] == here:
            if wording.lower[i] not in _PRONOUNS:
                return False
            i = self._bounds[wording.sentence[i]][1] + 1
        return True

    def gives_floor(self, mention: Mention) -> bool:
        """Whether what somebody does shows that the speech beside it, or in the next paragraph, is his."""
        return self.acts_beside(mention) or self.leads_to_speech(mention)

    def is_answered(self, called: Iterable[Mention], ones: Iterable[Mention]) -> bool:
        """Whether the speech before or behind a name called out, or given as one's own, is made under one of `ones`."""
        wording = self._wording
        named = {self._rank[wording.paragraph[wording.at(m.start)]] for m in called if _is_set_off(wording, m)}
        return any(rank + 1 in named or rank - 1 in named for rank in self.voiced(ones))

    def voiced(self, mentions: Iterable[Mention]) -> set[int]:
        """The ranks of the paragraphs whose speech is given to one of these mentions, by a tag or by what it does."""
        wording = self._wording
        places = set()
        for mention in mentions:
            first = wording.at(mention.start)
            if first >= len(wording) or wording.paragraph[first] not in self._spoken:
                continue
            if is_tag(wording, mention) or self.acts_beside(mention):
                places.add(self._rank[wording.paragraph[first]])
        return places

    def called(self, mentions: Iterable[Mention]) -> set[int]:
        """The ranks of the paragraphs in whose speech somebody is called by one of these mentions."""
        wording = self._wording
        return {self._rank[wording.paragraph[wording.at(m.start)]] for m in mentions if _is_called(wording, m)}

    def named(self, mentions: Iterable[Mention]) -> set[int]:
        """The ranks of the paragraphs whose speech has one of these mentions."""
        wording = self._wording
        at = (wording.at(m.start) for m in mentions)
        return {self._rank[wording.paragraph[i]] for i in at if wording.quote[i] != -1}

    def begun(self, mentions: Iterable[Mention]) -> set[int]:
        """The ranks of the paragraphs that begin with one of these mentions as the subject."""
        wording = self._wording
        return {
            self._rank[wording.paragraph[first]]
            for m in mentions
            if self.heads_sentence(m) and self._begins_paragraph(first := wording.at(m.start))
        }

    def _begins_paragraph(self, i: int) -> bool:
        """Whether the sentence of a word is the first of its paragraph."""
        start = self._bounds[self._wording.sentence[i]][0]
        return start == 0 or self._wording.paragraph[start - 1] != self._wording.paragraph[i]

    def own_tags(self) -> set[int]:
        """The ranks of the paragraphs whose speech is the narrator's own: "…," I said."""
        wording = self._wording
        return {
            self._rank[wording.paragraph[i]]
            for i, word in enumerate(wording.lower)
            if word == "i" and is_tag(wording, Span(wording.starts[i], wording.ends[i]))
        }

    def are_two(self, ones: Sequence[Mention], others: Sequence[Mention]) -> bool:
        """Whether the text shows two descriptions to be two people's: both in one sentence, or each with a speech in
        paragraphs one behind the other, or the one named in what the other says."""
        wording = self._wording
        mine, theirs = self.voiced(ones), self.voiced(others)
        if any(rank + 1 in theirs or rank - 1 in theirs for rank in mine):
            return True
        named = {self._rank[wording.paragraph[at]] for m in others if wording.quote[at := wording.at(m.start)] != -1}
        if mine & named:
            return True
        held = {wording.sentence[at]: m for m in ones if wording.quote[at := wording.at(m.start)] == -1}
        return any(
            wording.quote[at := wording.at(m.start)] == -1
            and wording.sentence[at] in held
            and not self._is_set_beside(held[wording.sentence[at]], m)
            for m in others
        )

    def _is_set_beside(self, one: Mention, other: Mention) -> bool:
        """ "the stranger, Ferris", "the stranger was Ferris": nothing but that lies between."""
        first, second = sorted((one, other), key=lambda m: m.start)
        between = self._wording.lower[self._wording.at(first.end) : self._wording.at(second.start)]
        return len(between) <= 2 and all(w in _COPULAS or w in _MARKS for w in between)

    def are_one(self, ones: Sequence[Mention], others: Sequence[Mention]) -> bool:
        """Whether what one does, right before a speech, leads to a tag that has the other, and no tag has a
        name of the first: Miss Tench played a chord. "I don't mean to interrupt," the organist said."""
        wording = self._wording
        mine = {wording.paragraph[wording.at(m.start)] for m in ones if is_tag(wording, m)}
        if not mine or any(is_tag(wording, m) for m in others):
            return False
        return any(wording.paragraph[wording.at(m.start)] in mine and self._opens_speech(m) for m in others)

    def gives_own_name(self, named: Sequence[Mention], ones: Sequence[Mention]) -> bool:
        """Whether a name is first said as the whole answer to who somebody is, and by whoever goes by `ones`: he has
        spoken right before the question, or a tag says so. "What is your name?" – "Sam." """
        wording = self._wording
        first = min(named, key=lambda m: m.start)
        at, after = wording.at(first.start), wording.at(first.end)
        if wording.quote[at] == -1 or (at and wording.quote[at - 1] != -1 and wording.lower[at - 1][0].isalnum()):
            return False
        if after < len(wording) and wording.lower[after][0].isalnum() and wording.quote[after] != -1:
            return False
        here, mine = self._rank[wording.paragraph[at]], self.voiced(ones)
        return here - 1 in self._asking and (here in mine or (here - 2 in mine and here in self._bare))

    def is_called_late(self, named: Sequence[Mention], ones: Sequence[Mention], voices: Iterable[set[int]]) -> bool:
        """Whether a name is first heard when somebody calls whom he has talked with so far, and who goes by `ones`.

        "You're early," the ferryman said. … "You wrote it down, Mr. Lasko." Lasko wiped his hands.

        Args:
            voices: the speech of each of those who have a name, as `voiced` gives it.
        """
        wording = self._wording
        first = min(named, key=lambda m: m.start)
        here = self._rank[wording.paragraph[wording.at(first.start)]]
        mine = self.voiced(ones) | {rank + 1 for rank in self.leading(ones)}
        before = max((rank for rank in mine if here - _TALK <= rank < here), default=None)
        if before is None or here in mine or here not in self.called([first]) or (here - before) % 2 == 0:
            return False
        if not self._spoken_ranks.issuperset(range(before, here + 1)):
            return False
        others = [own for own in voices if any(before < rank <= here for rank in own)]
        return len(others) <= 1 and any(rank > here for rank in self.voiced(named))

    def is_told_in_tag(self, named: Sequence[Mention], ones: Sequence[Mention]) -> bool:
        """Whether the narration first has a name in the tag of a speech right behind what one of `ones` does, for
        nobody new is brought in so: The nurse had come in behind her. "That's enough," said Adeyemi."""
        wording = self._wording
        told = [m for m in named if wording.quote[wording.at(m.start)] == -1]
        if not told or not is_tag(wording, told[0]):
            return False
        here = self._rank[wording.paragraph[wording.at(told[0].start)]]
        ranks = {self._rank[wording.paragraph[wording.at(m.start)]] for m in ones if self.heads_sentence(m)}
        return here - 1 in ranks and here - 1 not in self._spoken_ranks

    def _opens_speech(self, mention: Mention) -> bool:
        """Whether a mention heads a paragraph whose first sentence has a speech right behind it."""
        wording = self._wording
        first = wording.at(mention.start)
        last = self._bounds[wording.sentence[first]][1]
        begins = first == 0 or wording.paragraph[first - 1] != wording.paragraph[first]
        return begins and self.acts_beside(mention) and last + 1 < len(wording) and wording.quote[last + 1] != -1


def _is_setting(words: Sequence[str]) -> bool:
    """Whether what stands before the subject says only when or where: "in the morning", "at the far end"."""
    if not 2 <= len(words) <= _SETTING or words[0] not in _WHEN_OR_WHERE:
        return False
    doing = lexicon.words("acts") | lexicon.words("speech_verbs") | lexicon.table("person_nouns").keys() | _PRONOUNS
    return not any(word in doing for word in words[1:])


def _is_called(wording: Wording, mention: Mention) -> bool:
    """Whether a name in speech calls somebody: it is set off, and nothing says that it presents him."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if is_own_full_name(wording, range(first, after)):
        return False
    return _is_set_off(wording, mention) and (not first or wording.lower[first - 1] not in _PRESENTING - {"dear"})


def _is_set_off(wording: Wording, mention: Mention) -> bool:
    """Whether a name in speech calls or presents somebody: set off by marks, or behind "I'm" and "this is"."""
    first, after = wording.at(mention.start), wording.at(mention.end)
    if wording.quote[first] == -1:
        return False
    before = wording.lower[first - 1] if first else ""
    behind = wording.lower[after] if after < len(wording) else "."
    opens = before in _PRESENTING or (not before[:1].isalnum() and not before.startswith("'"))
    return opens and not behind[0].isalnum() and behind != "'s"
