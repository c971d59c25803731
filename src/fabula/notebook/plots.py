"""A story's plots, as Altair's charts: the two orders, scenes and people, shares of speech, relations, hands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from fabula.errors import NotWritten
from fabula.notebook import marks
from fabula.story import Story

if TYPE_CHECKING:
    import altair

__all__ = ["Plots"]

_WIDE = 640
"""Pixels: what a notebook's cell has beside the names."""

_FRAMES = ("main", "memory", "dream", "letter", "told", "imagined", "vision")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")


class Plots(msgspec.Struct, frozen=True):
    """What a story looks like, as Altair's charts: `story.plots.orders()`. They take its size, its themes and its
    `save`; their data stands in them.

    Every plot raises `NotRead` if what it shows was not read, and `NotWritten` if Altair is not installed.
    """

    story: Story

    def orders(self) -> altair.LayerChart:
        """The two orders: scenes as told from left to right, as they happened from top to bottom; a line for each
        thread. A scene whose time is not known is hollow and stands below the others."""
        alt = _altair()
        x = alt.X("told:Q", title="as told", axis=_whole(alt))
        y = alt.Y("at:Q", title="as it happened", axis=_whole(alt), scale=alt.Scale(reverse=True, zero=False))
        rows = marks.scene_marks(self.story)
        threads = sorted({row["thread"] for row in rows}, key=int)
        colour = alt.Color("thread:N", title="thread", sort=threads)
        scenes = _chart(alt, rows).encode(x=x, y=y, color=colour)
        shape = alt.Shape("frame:N", scale=alt.Scale(domain=list(_FRAMES), range=list(_SHAPES)), legend=None)
        points = scenes.mark_point(size=110, strokeWidth=1.5).encode(
            shape=shape,
            fillOpacity=alt.condition("datum.known", alt.value(0.85), alt.value(0)),
            fill=alt.Fill("thread:N", legend=None, sort=threads),
            tooltip=_tips(alt, "scene", "opening", "frame", "time", "place", "people"),
        )
        lines = scenes.transform_filter("datum.known").mark_line(opacity=0.45).encode(order="told:Q")
        return (lines + points).properties(width=_WIDE, height=360, title="The two orders")

    def presence(self, *, most: int = 30) -> altair.Chart:
        """Scenes and people: who is there, who is heard or spoken of, and how much each says. `most`: people shown."""
        alt = _altair()
        rows, people = marks.presence_marks(self.story, most)
        domain = ["there", "heard", "spoken of"]
        return (
            _chart(alt, rows)
            .mark_point(filled=True)
            .encode(
                x=alt.X("told:O", title="scene, as told", axis=alt.Axis(labelOverlap=True, labelAngle=0)),
                y=alt.Y("person:N", title=None, sort=people, axis=_names(alt)),
                color=alt.Color("how:N", title=None, scale=alt.Scale(domain=domain, range=list(_HOW))),
                size=alt.Size("words:Q", title="words said", scale=alt.Scale(range=[24, 260])),
                tooltip=_tips(alt, "person", "scene", "how", "lines", "words"),
            )
            .properties(width=_WIDE, height=alt.Step(18), title="Scenes and people")
        )

    def shares(self, *, most: int = 20) -> altair.Chart:
        """How much of what is said each says, and how much nobody knows who says. `most`: people shown alone."""
        alt = _altair()
        rows = marks.share_marks(self.story, most)
        return (
            _chart(alt, rows)
            .mark_bar()
            .encode(
                x=alt.X("share:Q", title="share of the words said", axis=alt.Axis(format="%")),
                y=alt.Y("person:N", title=None, sort=[row["person"] for row in rows], axis=_names(alt)),
                color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=["one", "rest"], range=list(_ONE_REST))),
                tooltip=_tips(alt, "person", "lines", "words"),
            )
            .properties(width=_WIDE, height=alt.Step(18), title="Shares of speech")
        )

    def relations(self, *, most: int = 30) -> altair.LayerChart:
        """Pairs of people over the scenes as told: a bar while one is somebody of the other, a dot where they speak
        with each other. `most`: pairs shown, those that meet most often first."""
        alt = _altair()
        bars, dots, pairs = marks.relation_marks(self.story, most)
        x = alt.X("from:Q", title="scene, as told", axis=_whole(alt), scale=_scenes(alt, self.story))
        y = alt.Y("pair:N", title=None, sort=pairs, axis=_names(alt))
        related = (
            _chart(alt, bars)
            .mark_bar(height=11, opacity=0.7)
            .encode(x=x, x2="until:Q", y=y, color=alt.Color("kind:N", title="who is the other’s"),
                    tooltip=_tips(alt, "says", "since", "sure"))
        )  # fmt: skip
        speak = _chart(alt, dots).mark_point(filled=True, color="black", size=16)
        speak = speak.encode(x=x, y=y, tooltip=_tips(alt, "pair", "scene"))
        return (related + speak).properties(width=_WIDE, height=alt.Step(18), title="Relations over time")

    def hands(self, *, most: int = 12) -> altair.Chart:
        """Each thing's way from hand to hand, the scenes as they happened. `most`: things shown, those that go through
        most hands first."""
        alt = _altair()
        rows, things, holders = marks.hand_marks(self.story, most)
        return (
            _chart(alt, rows)
            .mark_bar(height=14)
            .encode(
                x=alt.X("from:Q", title="scenes, as they happened", axis=_whole(alt), scale=_scenes(alt, self.story)),
                x2="until:Q",
                y=alt.Y("thing:N", title=None, sort=things, axis=_names(alt)),
                color=alt.Color("holder:N", title="who has it", scale=_holders(alt, holders)),
                tooltip=_tips(alt, "thing", "holder", "how", "scene", "words"),
            )
            .properties(width=_WIDE, height=alt.Step(22), title="From hand to hand")
        )


_HOW = ("#2f5d8a", "#b3652b", "#c9c9c9")
_ONE_REST = ("#2f5d8a", "#c9c9c9")
_NOBODY = "#d9d9d9"


def _altair() -> Any:
    try:
        import altair
    except ImportError as error:
        raise NotWritten("Altair is not installed", hint='Install it: pip install "fabula[notebook]".') from error
    return altair


def _chart(alt: Any, rows: Sequence[dict[str, Any]]) -> Any:
    """A chart with its data in it: no library of tables is needed, and no limit of rows is met."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def _tips(alt: Any, *fields: str) -> list[Any]:
    return [alt.Tooltip(f"{field}:N") for field in fields]


def _whole(alt: Any) -> Any:
    return alt.Axis(format="d", tickMinStep=1)


def _names(alt: Any) -> Any:
    """Names stand in full: two that begin alike are told apart by their ends."""
    return alt.Axis(labelLimit=260)


def _scenes(alt: Any, story: Story) -> Any:
    """From the beginning of the first scene to the end of the last."""
    return alt.Scale(domain=[1, len(story.scenes) + 1], nice=False)


def _holders(alt: Any, holders: Sequence[str]) -> Any:
    """A colour for each who has something; grey for nobody."""
    scheme = ("#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#b279a2", "#ff9da6", "#9d755d", "#eeca3b")
    colours = [_NOBODY if who == marks.NOBODY else scheme[place % len(scheme)] for place, who in enumerate(holders)]
    return alt.Scale(domain=list(holders), range=colours)
