"""Who makes which format of `fabula export`.

Imported when a story is exported, and not before: exports bring their own libraries.
"""

from __future__ import annotations

from collections.abc import Callable

from fabula.exports.booknlp import to_booknlp
from fabula.exports.cast import CastRow, to_cast
from fabula.exports.conll import to_conll
from fabula.exports.corefud import to_corefud
from fabula.exports.docx import to_docx
from fabula.exports.epub import to_epub
from fabula.exports.fountain import to_fountain
from fabula.exports.gexf import to_gexf
from fabula.exports.graphml import to_graphml
from fabula.exports.markdown import to_markdown
from fabula.exports.obsidian import to_obsidian
from fabula.exports.parquet import to_parquet
from fabula.exports.script import to_script_jsonl
from fabula.exports.sml import to_sml
from fabula.exports.spacy_doc import to_spacy_bytes
from fabula.exports.ssml import to_ssml_files
from fabula.exports.table import to_csv, to_csv_network, to_csv_tables
from fabula.exports.tagged import to_tagged
from fabula.exports.tei import to_tei
from fabula.story import Story

__all__ = ["FILES", "FOLDERS", "to_docx"]


def _cast_sheet(story: Story) -> dict[str, bytes]:
    return {"cast.csv": to_csv(to_cast(story), CastRow)}


FILES: dict[str, Callable[[Story], bytes]] = {
    "conll": to_conll,
    "corefud": to_corefud,
    "epub": to_epub,
    "fountain": lambda story: to_fountain(story).encode("utf-8", "replace"),
    "gexf": to_gexf,
    "graphml": to_graphml,
    "jsonl": to_script_jsonl,
    "markdown": lambda story: to_markdown(story).encode("utf-8", "replace"),
    "spacy": to_spacy_bytes,
    "tagged": lambda story: to_tagged(story).encode("utf-8", "replace"),
    "tei": to_tei,
}
FOLDERS: dict[str, Callable[[Story], dict[str, bytes]]] = {
    "booknlp": to_booknlp,
    "csv": to_csv_tables,
    "network": to_csv_network,
    "obsidian": to_obsidian,
    "parquet": to_parquet,
    "sml": lambda story: {**to_sml(story), **_cast_sheet(story)},
    "ssml": lambda story: {**to_ssml_files(story), **_cast_sheet(story)},
}
