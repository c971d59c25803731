"""One pass of the small encoder over a text: what its heads say of every word, and which mentions may mean the same."""

from __future__ import annotations

from fabula.encode.claims import Answer, Question, lay_question
from fabula.encode.clauses import Clauses, Part, find_deeds, is_aside, lay_clauses, part_of
from fabula.encode.encode import encode, encode_words, network_of
from fabula.encode.encoding import Encoding
from fabula.encode.lemmas import lemma_of
from fabula.encode.link import Links, link_mentions
from fabula.encode.pieces import Pieces
from fabula.encode.session import Network, Reading, open_network
from fabula.encode.shelf import FileShelf, MemoryShelf, Shelf
from fabula.encode.voices import Voice, hear_voices
from fabula.encode.windows import Window, cut_windows

__all__ = [
    "Answer",
    "Clauses",
    "Encoding",
    "FileShelf",
    "Links",
    "MemoryShelf",
    "Network",
    "Part",
    "Pieces",
    "Question",
    "Reading",
    "Shelf",
    "Voice",
    "Window",
    "cut_windows",
    "encode",
    "encode_words",
    "find_deeds",
    "hear_voices",
    "is_aside",
    "lay_clauses",
    "lay_question",
    "lemma_of",
    "link_mentions",
    "network_of",
    "open_network",
    "part_of",
]
