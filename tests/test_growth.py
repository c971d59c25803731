"""How the time of a reading grows: four times the story takes about four times as long, in every layer."""

from __future__ import annotations

import time
from itertools import pairwise

from fabula.encode import MemoryShelf
from fabula.reader import read_text
from fabula.story import Text

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NAMES = "Anne Karen Mary Phil James Owen Ruth Edith Hugh Walter".split()


def told(days: int) -> str:
    """A story of so many days, with talk, things that change hands, deaths spoken of, and breaks."""
    return "".join(_day(day) for day in range(days))


def _day(day: int) -> str:
    one, other = NAMES[day % 10], NAMES[(day * 7 + 3) % 10]
    return (
        f"It was {DAYS[day % 7]}. {one} gave {other} the bell at the mill, and {other} put the bell in a drawer.\n\n"
        f"“I have it with me,” said {one}. “{other}’s brother is dead, and she knows that we killed him.”\n\n"
        f"“I will not tell {one},” {other} said, and laughed.\n\n“Give it back to me tomorrow.”\n\n* * *\n\n"
    )


def stages(text: Text, shelf: MemoryShelf) -> dict[str, float]:
    """Seconds of the processor for each stage of a reading."""
    at: list[tuple[str, float]] = []
    read_text(text, shelf=shelf, progress=lambda stage, done, whole: at.append((stage, time.process_time())))
    at.append(("", time.process_time()))
    spent: dict[str, float] = {}
    for (stage, begun), (_, ended) in pairwise(at):
        spent[stage] = spent.get(stage, 0.0) + ended - begun
    return spent


def test_four_times_the_story_takes_no_layer_much_more_than_four_times_as_long() -> None:
    shelf = MemoryShelf()
    read_text(Text.of(told(140)), shelf=shelf)  # days and people come round again: hardly a window is new after these
    short, long = (stages(Text.of(told(days)), shelf) for days in (300, 1_200))
    for stage, seconds in long.items():
        assert seconds < 8 * short[stage] + 0.3, f"{stage}: {short[stage]:.2f} s, four times the story {seconds:.2f} s"
