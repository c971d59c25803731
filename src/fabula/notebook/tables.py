"""A story's tables, each a table of pandas or of Polars, whichever the user has."""

from __future__ import annotations

from typing import Any

import msgspec

from fabula.errors import NotRead
from fabula.exports.cast import CastRow, to_cast
from fabula.exports.custody import CustodyRow, to_hands
from fabula.exports.knowing import KnowingRow, to_all_known
from fabula.exports.quotes import QuoteRow, to_quotes
from fabula.exports.relations import RelationRow, to_relations
from fabula.exports.scenes import SceneRow, to_scenes
from fabula.exports.timeline import TimelineRow, to_timeline
from fabula.forms.tables import tables_of
from fabula.notebook import rows
from fabula.notebook.frames import Backend, frame_of, rows_to_frame
from fabula.story import Layers, Story

__all__ = ["Tables"]


class Tables(msgspec.Struct, frozen=True):
    """What a story holds, as tables: `story.tables.people()`.

    Names stand in the place of ids. Each table is one of the library that the user works with: the one that is
    imported already, or else the one that is installed; `backend="pandas"`, `"polars"` or `"pyarrow"` chooses.

    Every table raises `NotRead` if what it shows was not read, and `NotWritten` if there is no such library.
    """

    story: Story

    def people(self, *, backend: Backend | None = None) -> Any:
        """Who is in it, those the text says most of first: names, counts, share of all that is said."""
        return rows_to_frame(to_cast(self.story), CastRow, backend)

    def quotes(self, *, backend: Backend | None = None) -> Any:
        """What is said, by whom, to whom, and what shows it."""
        return rows_to_frame(to_quotes(self.story), QuoteRow, backend)

    def scenes(self, *, backend: Backend | None = None) -> Any:
        """The scenes as told."""
        return rows_to_frame(to_scenes(self.story), SceneRow, backend)

    def timeline(self, *, backend: Backend | None = None) -> Any:
        """The scenes as they happened, with the words that show it."""
        return rows_to_frame(to_timeline(self.story), TimelineRow, backend)

    def presence(self, *, backend: Backend | None = None) -> Any:
        """A row for each person in each scene: there, heard, or spoken of; what they say in it."""
        return rows_to_frame(rows.presence_of(self.story), rows.PresenceRow, backend)

    def relations(self, *, backend: Backend | None = None) -> Any:
        """How people stand to each other, since which scene."""
        return rows_to_frame(to_relations(self.story), RelationRow, backend)

    def hands(self, *, backend: Backend | None = None) -> Any:
        """Who has which thing from when to when, thing by thing, in story order."""
        return rows_to_frame(to_hands(self.story), CustodyRow, backend)

    def facts(self, *, backend: Backend | None = None) -> Any:
        """What the text asserts."""
        return rows_to_frame(rows.facts_of(self.story), rows.FactRow, backend)

    def knowledge(self, *, backend: Backend | None = None) -> Any:
        """Who knows what, since which scene, and how they came to."""
        return rows_to_frame(to_all_known(self.story), KnowingRow, backend)

    def plans(self, *, backend: Backend | None = None) -> Any:
        """What is ordered, meant, promised or feared, and what becomes of it."""
        return rows_to_frame(rows.plans_of(self.story), rows.PlanRow, backend)

    def deaths(self, *, backend: Backend | None = None) -> Any:
        """Who dies, where, and where one is told."""
        return rows_to_frame(rows.deaths_of(self.story), rows.DeathRow, backend)

    def findings(self, *, backend: Backend | None = None) -> Any:
        """What does not fit."""
        return rows_to_frame(rows.findings_of(self.story), rows.FindingRow, backend)

    def layer(self, name: str, *, backend: Backend | None = None) -> Any:
        """A layer as it was read, ids and places and all: `story.tables.layer("mentions")`."""
        if name not in Layers.__struct_fields__:
            raise NotRead(f"there is no layer {name!r}", hint=f"There are {', '.join(Layers.__struct_fields__)}.")
        found = next((table for table in tables_of(self.story) if table.name == name), None)
        if found is None:
            raise NotRead(
                f"the {name} of this story were not read", where=self.story.text.source.name,
                hint="Read the source again.",
            )  # fmt: skip
        return frame_of(found.columns, found.types, backend)
