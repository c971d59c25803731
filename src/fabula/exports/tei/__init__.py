"""The story as TEI P5, the format of scholarly editions."""

from fabula.exports.tei.document import to_tei

__all__ = ["to_tei"]
