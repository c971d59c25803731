"""The desk: a story to look at in a browser on this computer, and to correct by a click."""

from fabula.web.run import serve

__all__ = ["serve"]
