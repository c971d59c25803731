"""Decide whom "she", "you" and "the old man" mean."""

from __future__ import annotations

from fabula.layers.resolve.resolve import resolve_mentions

__all__ = ["resolve_mentions"]
