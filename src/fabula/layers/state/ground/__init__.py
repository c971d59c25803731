"""What every reading of the state stands on: how words hang together, who is meant at each, in which scene."""

from __future__ import annotations

from fabula.layers.state.ground.grammar import Grammar, inflected, parse, verbs
from fabula.layers.state.ground.ground import Ground, lay_ground
from fabula.layers.state.ground.meant import NAMED, Meant, Who, look_up

__all__ = ["NAMED", "Grammar", "Ground", "Meant", "Who", "inflected", "lay_ground", "look_up", "parse", "verbs"]
