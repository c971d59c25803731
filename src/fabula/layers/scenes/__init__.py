"""Cut a story into its scenes, and say of each where and when it plays and who is there."""

from __future__ import annotations

from fabula.layers.scenes.company import find_company
from fabula.layers.scenes.cut import cut_scenes
from fabula.layers.scenes.tellers import Told, hand_over

__all__ = ["Told", "cut_scenes", "find_company", "hand_over"]
