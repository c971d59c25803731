"""Find out in what order the scenes of a story happened, and by which words that shows."""

from __future__ import annotations

from fabula.layers.order.arrange import Ordered, order_scenes

__all__ = ["Ordered", "order_scenes"]
