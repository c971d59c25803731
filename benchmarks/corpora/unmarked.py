"""Works from Standard Ebooks with their scene breaks taken out, and where they stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.corpora.novels import load_text
from benchmarks.corpora.place import digest, folder
from fabula.segment import Segments, segment
from fabula.story import Text

__all__ = ["HELD_OUT", "TAUGHT", "Unmarked", "held_out_digest", "load_unmarked", "take_out"]

HELD_OUT: tuple[str, ...] = (
    "claude-mckay_home-to-harlem",
    "dorothy-l-sayers_clouds-of-witness",
    "e-r-eddison_the-worm-ouroboros",
    "edgar-wallace_the-four-just-men",
    "ernest-hemingway_a-farewell-to-arms",
    "f-scott-fitzgerald_the-beautiful-and-damned",
    "john-dos-passos_manhattan-transfer",
    "michael-arlen_the-green-hat",
    "p-g-wodehouse_short-fiction",
    "radclyffe-hall_the-well-of-loneliness",
    "upton-sinclair_the-jungle",
    "william-faulkner_soldiers-pay",
)
"""Works no weight was learned from. Of the 29 works with at least fifteen marks, and one in 5,000 words or more, the
twelve whose slugs have the lowest SHA-256."""

TAUGHT: tuple[str, ...] = (
    "arthur-machen_short-fiction",
    "arthur-ransome_swallows-and-amazons",
    "bram-stoker_dracula",
    "charles-w-chesnutt_the-marrow-of-tradition",
    "dashiell-hammett_red-harvest",
    "e-c-bentley_trents-last-case",
    "ernest-bramah_kai-lungs-golden-hours",
    "evelyn-waugh_decline-and-fall",
    "h-g-wells_short-fiction",
    "h-p-lovecraft_short-fiction",
    "hope-mirrlees_lud-in-the-mist",
    "jean-toomer_cane",
    "john-buchan_greenmantle",
    "m-r-james_short-fiction",
    "miles-franklin_my-brilliant-career",
    "o-henry_short-fiction",
    "owen-wister_the-virginian",
    "p-g-wodehouse_leave-it-to-psmith",
    "ring-lardner_short-fiction",
    "robert-e-howard_short-fiction",
    "saki_short-fiction",
    "sherwood-anderson_winesburg-ohio",
    "sinclair-lewis_babbitt",
    "stephen-leacock_sunshine-sketches-of-a-little-town",
    "thomas-hardy_tess-of-the-durbervilles",
    "wilkie-collins_the-woman-in-white",
    "willa-cather_one-of-ours",
)
"""Works from which the weights were learned: the other seventeen of these, and ten that mark less often."""

LONGEST = 200_000
"""Words. Of a longer work only its first chapters are taken, that no collection outweighs the rest."""

_MARK = re.compile(r"^(?:\* \* \*|## .*)\n+", re.MULTILINE)
_CHAPTER = re.compile(r"^# ", re.MULTILINE)
_STORY = frozenset({"prose", "letter", "verse"})


def held_out_digest(names: Sequence[str] = HELD_OUT) -> str:
    """A digest of the works that nothing was learned from, or of those named.

    Raises:
        DataAbsent: if they are not on this machine.
    """
    place = folder("novels")
    return digest((place / f"{work}.txt.gz" for work in names), base=place)


class Unmarked(msgspec.Struct, frozen=True, kw_only=True):
    """A work without its marks.

    `breaks`: the places in the text of the paragraphs before which a scene break or a section's heading stood. Those
    around a letter or verses are left out, and those at a chapter's beginning.
    """

    name: str
    segments: Segments
    breaks: tuple[int, ...]


def load_unmarked(slug: str, *, root: Path | None = None) -> Unmarked:
    """One work of the collection, its marks taken out."""
    return take_out(load_text(slug, root=root).content, name=slug)


def take_out(content: str, *, name: str) -> Unmarked:
    """A text without the marks of scenes (`* * *`) and sections (`## `)."""
    source = _first_chapters(content)
    kept, places, last, length = [], set(), 0, 0
    for mark in _MARK.finditer(source):
        kept.append(source[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        places.add(length)
    segments = segment(Text.of("".join([*kept, source[last:]]), name=name))
    breaks = tuple(place for place in sorted(places) if _is_break(segments, place))
    return Unmarked(name=name, segments=segments, breaks=breaks)


def _first_chapters(source: str) -> str:
    """As many whole chapters as there is room for."""
    words = 0
    starts = [found.start() for found in _CHAPTER.finditer(source)]
    for start, end in zip([0, *starts], [*starts, len(source)], strict=True):
        words += len(source[start:end].split())
        if words > LONGEST:
            return source[:start]
    return source


def _is_break(segments: Segments, place: int) -> bool:
    """Whether prose stands on both sides, in one chapter."""
    at = segments.paragraph_at(place)
    before = next((p for p in reversed(segments.paragraphs[:at]) if p.kind != "blank"), None)
    return (
        segments.paragraphs[at].start == place
        and segments.paragraphs[at].kind == "prose"
        and before is not None
        and before.kind == "prose"
    )
