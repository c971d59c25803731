"""Fabula reads a work of fiction and implements the world it describes."""

from __future__ import annotations

__all__ = ["read"]


def __getattr__(name: str):  # noqa: ANN202
    if name == "read":
        from fabula.reader import read

        return read
    raise AttributeError(name)
