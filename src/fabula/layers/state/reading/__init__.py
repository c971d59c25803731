"""What a network learned to read in a stretch of text: who is dead, who is what to whom, who has what."""

from __future__ import annotations

from fabula.layers.state.reading.claims import Claims, DeathClaim, HandClaim, TieClaim
from fabula.layers.state.reading.read import ThingMention, read_claims

__all__ = ["Claims", "DeathClaim", "HandClaim", "ThingMention", "TieClaim", "read_claims"]
