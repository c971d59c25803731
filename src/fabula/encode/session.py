"""The one door to ONNX Runtime, opened only when a text is encoded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from fabula.encode.windows import Feed
from fabula.errors import PackError
from fabula.models import ModelPack
from fabula.models.pack import ENCODER, LINK

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["HEADS", "Network", "Reading", "open_network"]

Floats = NDArray[np.float32]


class Reading(NamedTuple):
    """What the heads say of B windows of W words; mentions are up to K words wide."""

    mention: Floats
    """B×W×K×(1 + types): the stretch that begins at this word and is k + 1 words long; column 0 is "no mention"."""
    form: Floats
    """B×W×K×forms."""
    event: Floats
    """B×W, log odds."""
    word_class: Floats
    """B×W×classes."""
    head: NDArray[np.int64]
    """B×W: the word in the window that governs this one; the word itself for the root of a sentence."""
    relation: Floats
    """B×W×relations, to that governor."""
    begin: Floats
    """B×W×D: a word's half of the vector of a mention that begins here."""
    close: Floats
    """B×W×D: and of one that ends here."""


HEADS = Reading._fields


class Network(Protocol):
    """What can read windows and compare mentions: an ONNX session, or a stand-in with the same answers."""

    def read(self, feed: Feed) -> Reading:
        """Read a batch of windows."""

    def compare(self, later: Floats, earlier: Floats, features: Floats) -> Floats:
        """P log odds that pairs of mentions (P×D, P×D and their P×F features) mean the same."""


class _Sessions:
    def __init__(self, encoder: InferenceSession, link: InferenceSession) -> None:
        self._encoder, self._link = encoder, link

    def read(self, feed: Feed) -> Reading:
        found: Any = self._encoder.run(list(HEADS), feed._asdict())
        return Reading(*found)

    def compare(self, later: Floats, earlier: Floats, features: Floats) -> Floats:
        scores: Floats = self._link.run(["score"], {"later": later, "earlier": earlier, "features": features})[0]
        return scores


def open_network(pack: ModelPack, *, threads: int | None = None) -> Network:
    """Make a pack ready to read with.

    Args:
        pack: a proved pack.
        threads: how many cores to use; all by default.

    Raises:
        PackError: if a file of the pack is not a network ONNX Runtime can open.
    """
    return _Sessions(_session(pack, ENCODER, threads), _session(pack, LINK, threads))


def _session(pack: ModelPack, name: str, threads: int | None) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or _cores()
    options.inter_op_num_threads = 1
    # The arena keeps the largest batch's memory for good; batches differ in size, so it would grow and never shrink.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(pack.path(name)), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise PackError("ONNX Runtime cannot open this network", where=str(pack.path(name))) from error


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine has; 0: let ONNX Runtime see."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
