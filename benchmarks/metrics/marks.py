"""M6 on one document of LitBank: the mentions and events a pack finds, and which mentions it takes for the same."""

from __future__ import annotations

import numpy as np

from benchmarks.corpora.marked import MarkedText
from benchmarks.metrics.coreference import grouped, measure_groups
from benchmarks.metrics.tallies import Tally
from fabula.encode import Encoding, Network
from fabula.encode.link import link_places
from fabula.encode.pairs import place_mentions
from fabula.story import EntityType, Form

__all__ = ["REACH", "measure_marks"]

REACH = 200
"""Mentions back that one is compared with: about a third of a document."""
_TYPES: tuple[EntityType, ...] = ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")
_FORMS: dict[Form, str] = {"name": "names", "nominal": "nominals", "pronoun": "pronouns"}


def measure_marks(encoding: Encoding, network: Network, known: MarkedText, *, reach: int = REACH) -> dict[str, Tally]:
    """M6, in the corpus's own words.

    "mentions" are right by first word, last word and type; so are those of one type ("PER"). "names", "nominals" and
    "pronouns" by place and form. "events" by word. "muc", "b3" and "ceafe" over the mentions found, each linked to the
    likeliest of the `reach` before it.
    """
    found = list(encoding.mentions())
    said = {(m.first, m.last, m.type) for m in found}
    gold = {(m.first, m.last, m.type) for m in known.mentions}
    tallies = {"mentions": Tally.of(said, gold)}
    for form, name in _FORMS.items():
        ours = {(m.first, m.last) for m in found if m.form == form}
        tallies[name] = Tally.of(ours, {(m.first, m.last) for m in known.mentions if m.form == form})
    for kind in _TYPES:
        tallies[kind] = Tally.of({m for m in said if m[2] == kind}, {m for m in gold if m[2] == kind})
    tallies["events"] = Tally.of(set(np.flatnonzero(encoding.event > 0).tolist()), known.events)
    return tallies | _measure_links(encoding, network, known, reach)


def _measure_links(encoding: Encoding, network: Network, known: MarkedText, reach: int) -> dict[str, Tally]:
    places = sorted({(m.first, m.last) for m in encoding.mentions()})
    placed = place_mentions(known.forms, places, known.speech, [0] * len(known.forms))
    numbers = link_places(encoding, placed, network, reach=reach).clusters().tolist()
    return measure_groups(
        grouped(zip(places, numbers, strict=True)), grouped(((m.first, m.last), m.who) for m in known.mentions)
    )
