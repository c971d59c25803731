"""One pass of the small encoder over a text: what its heads say of every word, and which mentions may mean the same."""

from __future__ import annotations

from fabula.encode.encode import encode
from fabula.encode.encoding import Encoding
from fabula.encode.pieces import Pieces
from fabula.encode.session import Network, Reading, open_network
from fabula.encode.windows import Window, cut_windows

__all__ = ["Encoding", "Network", "Pieces", "Reading", "Window", "cut_windows", "encode", "open_network"]
