"""Which names, descriptions and pronouns the encoder takes for one person's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from fabula.layers.cast.gender import HE, SHE
from fabula.segment.wording import Wording
from fabula.story import Mention, Span

__all__ = ["Together"]

_NAMED, _SHARE = 2, 0.67
"""So often somebody is named among mentions taken for one person's, and for so much of all names there, to be meant."""
_FEW, _CROWD = 12, 0.45
"""Of all mentions of a story, unless they are few, no one person's are so many: several have been taken for one. (On
our stories the right answers come from groups of 13 to 35 in a hundred, the wrong ones from one of 53.)"""
_MORE = 2.0
"""So many times as many of one pronoun as of the other hint at somebody's."""


class Together(msgspec.Struct, frozen=True):
    """For the place of each mention the number of those that are taken for one person's; nothing where nobody asked."""

    groups: Mapping[Span, int] = msgspec.field(default_factory=dict)

    def of(self, mentions: Iterable[Mention]) -> set[int]:
        """The numbers of these mentions' groups."""
        return {self.groups[m.span] for m in mentions if m.span in self.groups}

    def owner(self, mentions: Sequence[Mention], people: Mapping[int, Sequence[Mention]]) -> int | None:
        """Which of these people is named among mentions that are taken for the same person's as these."""
        mine = self.of(mentions)
        named = {who: sum(self.groups.get(m.span, -1) in mine for m in own) for who, own in people.items()}
        best = max(named, key=lambda who: named[who], default=None)
        if best is None or named[best] < max(_NAMED, _SHARE * sum(named.values())):
            return None
        held = sum(group in mine for group in self.groups.values())
        return best if held <= max(_FEW, _CROWD * len(self.groups)) else None

    def is_apart(self, mentions: Sequence[Mention], people: Iterable[Sequence[Mention]]) -> bool:
        """Whether several of these mentions are taken for one person's, and nobody is named among them."""
        sizes = Counter(self.groups[m.span] for m in mentions if m.span in self.groups)
        named = self.of(m for own in people for m in own)
        return any(count > 1 for count in sizes.values()) and not named & sizes.keys()

    def pronouns(self, wording: Wording, own: Mapping[Span, str], mentions: Sequence[Mention]) -> dict[str, str]:
        """By id, the pronouns of those who are mostly meant by one kind.

        Args:
            own: for the place of each name and description, the id of whose it is.
        """
        names: defaultdict[int, Counter[str]] = defaultdict(Counter)
        called: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            group = self.groups.get(mention.span)
            if group is None:
                continue
            if mention.form != "pronoun":
                names[group].update([own[mention.span]] if mention.span in own else [])
                continue
            word = wording.segments.text[mention].lower()
            called[group].update(["he/him"] if word in HE else ["she/her"] if word in SHE else [])
        votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for group, named in names.items():
            for who, count in named.items():
                for form, many in called[group].items():
                    votes[who][form] += many * count / named.total()
        return {who: said for who, of in votes.items() if (said := _agreed(of))}


def _agreed(votes: Mapping[str, float]) -> str:
    best = max(votes, key=lambda form: votes[form])
    others = sum(votes.values()) - votes[best]
    return best if votes[best] >= max(1.0, _MORE * others) else ""
