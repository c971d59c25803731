"""What the text asserts of people and things, each with its place."""

from __future__ import annotations

from fabula.layers.state.facts.gather import find_facts

__all__ = ["find_facts"]
