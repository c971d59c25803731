"""Find the words that say that something really happened."""

from __future__ import annotations

from fabula.layers.events.find import find_events

__all__ = ["find_events"]
