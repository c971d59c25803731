"""M4: to whom each quotation is said."""

from __future__ import annotations

import msgspec

from benchmarks.metrics.mapping import CastMap, map_cast
from benchmarks.metrics.matching import Places, is_found
from benchmarks.metrics.shares import Share
from fabula.story import Quote, Story

__all__ = ["AddresseeResult", "measure_addressees"]


class AddresseeResult(msgspec.Struct, frozen=True):
    """`hit`: the first predicted addressee is among the known. `exact`: the same people. Over quotations with a known
    addressee; those not found are misses."""

    hit: Share
    exact: Share


def measure_addressees(predicted: Story, gold: Story) -> AddresseeResult:
    """M4. A predicted addressee who is nobody on the list counts as a wrong one; known addressees whose name begins
    with `_` are left out, and a quotation that has no others is not counted."""
    cast, places = map_cast(predicted, gold), Places(predicted.quotes)
    hidden = {character.id for character in gold.characters if character.name.startswith("_")}
    pairs = []
    for quote in gold.quotes:
        known = set(quote.addressees) - hidden
        if known:
            pairs.append((known, _addressees(quote, places, cast)))
    return AddresseeResult(
        hit=Share.of(bool(said) and said[0] in known for known, said in pairs),
        exact=Share.of(set(said) == known for known, said in pairs),
    )


def _addressees(quote: Quote, places: Places[Quote], cast: CastMap) -> list[str | None]:
    guess = places.best(quote)
    return [cast.find(name) for name in guess.addressees] if guess is not None and is_found(quote, guess) else []
