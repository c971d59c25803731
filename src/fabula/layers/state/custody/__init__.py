"""The things that matter, and from which scene until which each of them is in whose hands."""

from __future__ import annotations

from fabula.layers.state.custody.things import gather_things
from fabula.layers.state.custody.trace import Belongings, trace_custody

__all__ = ["Belongings", "gather_things", "trace_custody"]
