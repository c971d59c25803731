"""What holds in the story's world: who is whose kin or superior, and who has died."""

from __future__ import annotations

from fabula.layers.state.trace import State, trace_state

__all__ = ["State", "trace_state"]
