"""Points and the line through them as a small picture (SVG), readable on any background."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import floor, log10

import msgspec

__all__ = ["Panel", "draw"]

WIDTH, HEIGHT = 460, 330
LEFT, RIGHT, TOP, FOOT = 62, 18, 40, 52
"""Room around a panel's axes for its numbers and words."""


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """One set of axes, both from 0: points, and a line given by its height at 0 and its slope.

    `sizes` are the radii of the points, where they differ; `whole`: where both axes end, if not at the furthest point.
    """

    title: str
    across: str
    up: str
    points: Sequence[tuple[float, float]]
    start: float
    slope: float
    sizes: Sequence[float] = ()
    whole: float = 0.0


def draw(panels: Sequence[Panel]) -> str:
    """The panels side by side."""
    wide = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{HEIGHT}" viewBox="0 0 {wide} {HEIGHT}"'
        ' font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">',
        f'<rect width="{wide}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        parts += [f'<g transform="translate({number * WIDTH} 0)">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel) -> list[str]:
    across, up = (
        _ticks(panel.whole or max(x for x, _ in panel.points)),
        _ticks(panel.whole or max(y for _, y in panel.points)),
    )
    right, bottom = WIDTH - RIGHT, HEIGHT - FOOT

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(LEFT + (right - LEFT) * x / across[-1], 1),
            round(bottom - (bottom - TOP) * y / up[-1], 1),
        )

    parts = [f'<text x="{LEFT}" y="22" font-size="14" font-weight="bold">{escape(panel.title)}</text>']
    for y in up:
        at = place(0, y)[1]
        parts.append(f'<path d="M{LEFT} {at}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4}" text-anchor="end">{_short(y)}</text>')
    for x in across:
        parts.append(f'<text x="{place(x, 0)[0]}" y="{bottom + 17}" text-anchor="middle">{_short(x)}</text>')
    parts.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" stroke="#222" fill="none"/>')
    parts.append(
        f'<text x="{(LEFT + right) / 2}" y="{bottom + 38}" text-anchor="middle">{escape(panel.across)}</text>'
        f'<text transform="translate(14 {(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">'
        f"{escape(panel.up)}</text>"
    )
    far = min(across[-1], (up[-1] - panel.start) / panel.slope) if panel.slope > 0 else across[-1]
    begin, end = place(0, max(0.0, panel.start)), place(far, panel.start + panel.slope * far)
    parts.append(f'<path d="M{begin[0]} {begin[1]}L{end[0]} {end[1]}" stroke="#c33" stroke-dasharray="5 4"/>')
    for (x, y), size in zip(panel.points, panel.sizes or [3.5] * len(panel.points), strict=True):
        at_x, at_y = place(x, y)
        parts.append(f'<circle cx="{at_x}" cy="{at_y}" r="{size:.1f}" fill="#1565c0" fill-opacity="0.85"/>')
    return parts


def _ticks(most: float) -> list[float]:
    """From 0 in round steps, four to nine of them, to the first that is not below `most`."""
    if most <= 0:
        return [0.0, 1.0]
    unit = 10.0 ** floor(log10(most))
    step = next(part * unit for part in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if most / (part * unit) <= 8)
    count = 1
    while count * step < most * (1 - 1e-9):
        count += 1
    return [round(number * step, 10) for number in range(count + 1)]


def _short(value: float) -> str:
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
