"""Cut a story into its scenes, and say of each where and when it plays and who is there."""

from __future__ import annotations

from fabula.layers.scenes.cut import cut_scenes
from fabula.layers.scenes.present import find_company

__all__ = ["cut_scenes", "find_company"]
