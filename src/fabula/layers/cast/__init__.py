"""Gather the people of a book from all the names it has for them."""

from __future__ import annotations

from fabula.layers.cast.called import hear_pronouns
from fabula.layers.cast.gather import Cast, gather_cast

__all__ = ["Cast", "gather_cast", "hear_pronouns"]
