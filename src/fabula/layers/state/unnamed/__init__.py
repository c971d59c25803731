"""People whom nobody names, and who are somebody all the same: the dead, and kin."""

from __future__ import annotations

from fabula.layers.state.unnamed.departed import bring_in_departed
from fabula.layers.state.unnamed.kinsfolk import bring_in_kin

__all__ = ["bring_in_departed", "bring_in_kin"]
