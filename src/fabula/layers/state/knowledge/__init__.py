"""Who comes to know what, and what some keep from others."""

from __future__ import annotations

from fabula.layers.state.knowledge.learning import trace_knowledge
from fabula.layers.state.knowledge.secrets import find_secrets

__all__ = ["find_secrets", "trace_knowledge"]
