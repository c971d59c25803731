"""What the plots are drawn from: plain rows of numbers and words, and nothing that draws."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import UNSET

from fabula.exports.cast import to_cast
from fabula.exports.timeline import to_timeline
from fabula.forms.basics import names_of, scene_numbers, voiced
from fabula.forms.network import network_of
from fabula.notebook.rows import presence_of
from fabula.story import Possession, Story

__all__ = ["NOBODY", "hand_marks", "presence_marks", "relation_marks", "scene_marks", "share_marks"]

NOBODY = "nobody"
_SHOWN = 90
"""Characters of the words that a tip shows."""


def scene_marks(story: Story) -> list[dict[str, Any]]:
    """Each scene at its two places; where its story time is not known it stands below all others."""
    rows = sorted(to_timeline(story), key=lambda row: row.told)
    below = max((row.order for row in rows if row.order is not None), default=0) + 1
    return [
        {
            "told": row.told,
            "at": below if row.order is None else row.order,
            "known": row.order is not None,
            "thread": str(row.thread or 1),
            "scene": row.id,
            "opening": row.opening,
            "frame": row.frame,
            "time": row.time or "",
            "place": row.place or "",
            "people": ", ".join(row.present),
        }
        for row in rows
    ]


def presence_marks(story: Story, most: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Who is in which scene, of the people who are in most of them; and these, in order of appearance."""
    found = presence_of(story)
    weights: Counter[str] = Counter()
    for row in found:
        weights[row.person] += {"there": 3, "heard": 2}.get(row.how, 0)
    chosen = {person for person, weight in weights.most_common(most) if weight}
    shown = [row for row in found if row.person in chosen]
    rows = [
        {"told": r.told, "scene": r.scene, "person": r.person, "how": r.how, "lines": r.lines, "words": r.words}
        for r in shown
    ]
    return rows, list(dict.fromkeys(row.person for row in shown))


def share_marks(story: Story, most: int) -> list[dict[str, Any]]:
    """What share of the words said is whose; behind the greatest, all others and what nobody is known to say."""
    cast = sorted((row for row in to_cast(story) if row.words), key=lambda row: -row.words)
    unknown = [quote for quote in voiced(story) if quote.speaker is None]
    rest = (sum(row.quotes for row in cast[most:]), sum(row.words for row in cast[most:]))
    nobody = (len(unknown), sum(len(story.words(quote).split()) for quote in unknown))
    rows = [("one", row.name, row.quotes, row.words) for row in cast[:most]]
    rows += [("rest", "all others", *rest)] if rest[0] else []
    rows += [("rest", "not known who", *nobody)] if nobody[0] else []
    whole = sum(words for _, _, _, words in rows) or 1
    return [
        {"kind": kind, "person": name, "lines": lines, "words": words, "share": round(words / whole, 4)}
        for kind, name, lines, words in rows
    ]


def relation_marks(story: Story, most: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Bars of who is whose, dots where a pair speaks, and the pairs in order."""
    names, numbers, last = names_of(story), scene_numbers(story), len(story.scenes)
    meet: dict[frozenset[str], set[int]] = {}
    for edge in network_of(story).edges:
        if edge.kind == "speaks":
            meet.setdefault(frozenset((edge.source, edge.target)), set()).update(edge.scenes)
    related = [] if story.layers.relations is UNSET else [r for r in story.relations if {r.a, r.b} <= names.keys()]
    pairs = dict.fromkeys([frozenset((r.a, r.b)) for r in related] + [p for p in meet if len(p) == 2])
    of_kin = {frozenset((r.a, r.b)) for r in related}
    chosen = sorted(pairs, key=lambda pair: (pair not in of_kin, -len(meet.get(pair, ()))))[:most]
    called = {pair: " · ".join(names[who] for who in names if who in pair) for pair in chosen}
    bars = [
        {
            "pair": called[pair],
            "kind": one.kind,
            "says": f"{names[one.a]} is the {one.kind} of {names[one.b]}",
            "since": one.from_scene or "always",
            "from": numbers.get(one.from_scene or "", 1),
            "until": numbers.get(one.until_scene or "", last) + 1,
            "sure": round(one.confidence, 2),
        }
        for one in related
        if (pair := frozenset((one.a, one.b))) in called
    ]
    dots = [
        {"pair": name, "from": scene + 0.5, "scene": f"s{scene}"}
        for pair, name in called.items()
        for scene in sorted(meet.get(pair, ()))
    ]
    return bars, dots, list(called.values())


def hand_marks(story: Story, most: int) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """From when to when each thing is whose, in story order; the things; and those who have them, nobody last."""
    names, things = names_of(story), {one.id: one.name for one in story.objects}
    told = enumerate(story.scenes, 1)
    ranked = sorted(((scene.order or number, number, scene.id) for number, scene in told))
    ranks = {scene: place for place, (_, _, scene) in enumerate(ranked, 1)}
    held: dict[str, list[Possession]] = {}
    for one in story.possessions:
        if one.from_scene in ranks:
            held.setdefault(one.object, []).append(one)
    best = sorted(held, key=lambda thing: (-len({one.holder for one in held[thing]}), -len(held[thing])))[:most]
    rows = []
    for thing in best:
        ways = sorted(held[thing], key=lambda one: ranks[one.from_scene])
        for one, (begin, end) in zip(ways, _lasting(ways, ranks), strict=True):
            shown = " ".join(story.words(one.evidence[0]).split())[:_SHOWN] if one.evidence else ""
            rows.append(
                {
                    "thing": things.get(thing, thing),
                    "holder": NOBODY if one.holder is None else names.get(one.holder, one.holder),
                    "how": one.how,
                    "scene": one.from_scene,
                    "words": shown,
                    "from": round(begin, 3),
                    "until": round(end, 3),
                }
            )
    holders = list(dict.fromkeys(str(row["holder"]) for row in rows if row["holder"] != NOBODY))
    return rows, [things.get(thing, thing) for thing in best], [*holders, NOBODY]


def _lasting(ways: list[Possession], ranks: dict[str, int]) -> list[tuple[float, float]]:
    """From where to where each lasts, in scenes; those that begin in one scene share it."""
    many = Counter(ranks[one.from_scene] for one in ways)
    seen: Counter[int] = Counter()
    begins = []
    for one in ways:
        rank = ranks[one.from_scene]
        begins.append(rank + seen[rank] / many[rank])
        seen[rank] += 1
    ends = [*begins[1:], float("inf")]
    last = len(ranks) + 1.0
    until = [last if one.until_scene is None else ranks.get(one.until_scene, len(ranks)) + 1.0 for one in ways]
    return [(begin, max(begin + 0.05, min(end, stop))) for begin, end, stop in zip(begins, ends, until, strict=True)]
