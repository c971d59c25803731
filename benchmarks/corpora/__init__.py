"""The works with known answers, each opened as the same `Story` that a reading gives."""

from benchmarks.corpora.place import DataAbsent, data_root

__all__ = ["DataAbsent", "data_root"]
