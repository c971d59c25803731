"""Gather the people of a book from all the names it has for them."""

from __future__ import annotations

from fabula.layers.cast.gather import Cast, gather_cast
from fabula.layers.cast.passers import SHORT
from fabula.layers.cast.pronouns_heard import hear_pronouns
from fabula.layers.cast.together import Together

__all__ = ["SHORT", "Cast", "Together", "gather_cast", "hear_pronouns"]
