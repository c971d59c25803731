"""The picture of reliability shows what was measured."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from benchmarks.metrics.shares import Share
from benchmarks.metrics.speakers import Bin, SpeakerResult
from benchmarks.records import make_result
from benchmarks.reliability import draw_reliability, keep_reliability, reliability_picture


def measured(*bins: Bin) -> SpeakerResult:
    empty = (Bin(),) * (10 - len(bins))
    return SpeakerResult(all=Share(0, 0), by_type={}, outcomes={}, bins=(*empty, *bins))


def circles(picture: str) -> list[tuple[float, float, float]]:
    found = [re.findall(r'(?:cx|cy|r)="([\d.]+)"', line) for line in picture.splitlines() if "<circle" in line]
    return [(float(x), float(y), float(r)) for x, y, r in found]


def test_a_dot_stands_for_each_bin_that_has_answers() -> None:
    picture = draw_reliability(measured(Bin(5, 10, 6.0), Bin(90, 100, 95.0)))
    ET.fromstring(picture)
    assert len(circles(picture)) == 4  # two in each panel


def test_more_right_stands_higher_and_more_answers_are_larger() -> None:
    few, many, *_ = circles(draw_reliability(measured(Bin(5, 10, 6.0), Bin(90, 100, 95.0))))
    assert many[1] < few[1]
    assert many[2] > few[2]


def test_one_who_is_as_right_as_he_claims_stands_on_the_line() -> None:
    picture = draw_reliability(measured(Bin(50, 100, 50.0)))
    (x, y, _), *_ = circles(picture)
    line = next(part for part in picture.splitlines() if "dasharray" in part)
    x0, y0, x1, y1 = map(float, re.findall(r"[\d.]+", line.split('"')[1]))
    assert abs((y - y0) / (x - x0) - (y1 - y0) / (x1 - x0)) < 0.01


def test_a_result_without_speakers_has_no_picture() -> None:
    result = make_result("pdnc", digest="abc")
    assert keep_reliability(result) == ""
    assert reliability_picture(result).endswith("-pdnc-reliability.svg")
