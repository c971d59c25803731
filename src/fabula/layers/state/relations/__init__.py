"""Who stands how to whom, since when and until when; one module for each kind of evidence."""

from __future__ import annotations

from fabula.layers.state.relations.gather import find_relations

__all__ = ["find_relations"]
