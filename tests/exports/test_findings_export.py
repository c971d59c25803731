"""Findings for other programs, and verdicts that outlive edits elsewhere."""

from __future__ import annotations

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from tale import laws, stories

from fabula.errors import NotInStory
from fabula.exports.findings import to_annotations, to_finding_rows, to_sarif
from fabula.story import Finding, Layers, Source, Span, Story, Text, read_corrections
from fabula.story.corrections.entries import VerdictEntry
from fabula.story.corrections.file import write_entry
from fabula.story.verdicts import finding_key, judge, pick, quoted_words

TALE = "It was Monday.\nJohn came in, 100% sure.\nThen Jon left.\n"


def story_of(content: str = TALE) -> Story:
    john, jon = content.index("John"), content.index("Jon left")
    finding = Finding(
        kind="name-drift",
        severity="warning",
        message="100% one\nname?",
        confidence=0.7,
        evidence=(Span(jon, jon + 3), Span(john, john + 4)),
    )
    source = Source(name="my tale.txt", format="txt")
    return Story(Text(content, source), Layers(findings=(finding,)))


def verdict(story: Story, what: str = "ignore") -> VerdictEntry:
    words = quoted_words(story, story.findings[0])
    return msgspec.convert(
        {"kind": "name-drift", "words": words, "verdict": what, "reason": "a pet name"}, VerdictEntry
    )


@cache
def schema() -> Draft4Validator:
    """The standard's own schema; where it comes from is said in data/README.md."""
    packed = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json.xz"
    known = json.loads(lzma.decompress(packed.read_bytes()))
    Draft4Validator.check_schema(known)
    return Draft4Validator(known, format_checker=Draft4Validator.FORMAT_CHECKER)


def check_sarif(log: dict[str, Any]) -> None:
    """Valid by the schema of SARIF 2.1.0, and by what the standard says and its schema cannot (3.27, 3.30)."""
    assert [f"{list(error.path)}: {error.message}" for error in schema().iter_errors(log)] == []
    for run in log["runs"]:
        ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(ids) == len(set(ids))
        for result in run["results"]:
            assert ids[result["ruleIndex"]] == result["ruleId"]
            for place in (*result["locations"], *result.get("relatedLocations", ())):
                if region := place.get("physicalLocation", {}).get("region"):
                    assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])


def test_the_schema_refuses_what_is_no_sarif() -> None:
    story = story_of()
    log = json.loads(to_sarif(story, judge(story)))
    for spoilt in ({"level": "hint"}, {"rank": 101}, {"message": {}}, {"locations": [{"line": 3}]}):
        (result,) = log["runs"][0]["results"]
        worse = {**log, "runs": [{**log["runs"][0], "results": [{**result, **spoilt}]}]}
        assert list(schema().iter_errors(worse)), spoilt


def test_sarif_is_as_the_standard_has_it() -> None:
    story = story_of()
    log = json.loads(to_sarif(story, judge(story, [verdict(story)])))
    check_sarif(log)
    (result,) = log["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 6, 9)
    assert result["suppressions"][0]["justification"] == "ignore: a pet name"


def test_a_story_without_findings_is_sound_sarif() -> None:
    story = Story(Text.of(TALE), Layers(findings=()))
    check_sarif(json.loads(to_sarif(story, ())))


@laws
@given(stories(), st.data())
def test_findings_anywhere_in_any_text_are_sound_sarif(story: Story, data: st.DataObject) -> None:
    size = len(story.text.content)
    places = st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda pair: Span(*sorted(pair)))
    findings = st.lists(
        st.builds(
            Finding,
            kind=st.sampled_from(["name-drift", "two-places", "a kind of tomorrow"]),
            severity=st.sampled_from(["error", "warning", "hint"]),
            message=st.text(min_size=1),
            confidence=st.floats(0, 1),
            evidence=st.lists(places, max_size=3).map(tuple),
        ),
        max_size=3,
    )
    found = Story(story.text, msgspec.structs.replace(story.layers, findings=tuple(data.draw(findings))))
    schema().validate(json.loads(to_sarif(found, judge(found), uri=data.draw(st.sampled_from(["", "a b/ü.txt"])))))


def test_github_gets_one_escaped_line_for_each_open_finding() -> None:
    story = story_of()
    line = to_annotations(story, judge(story)).decode()
    assert line == "::warning file=my tale.txt,line=3,title=name-drift::100%25 one%0Aname?\n"
    assert to_annotations(story, judge(story, [verdict(story)])) == b""


def test_rows_tell_places_and_verdicts() -> None:
    story = story_of()
    (row,) = to_finding_rows(story, judge(story, [verdict(story, "intended")]))
    assert (row.verdict, row.reason) == ("intended", "a pet name")
    assert [(place.line, place.words) for place in row.places] == [(3, "Jon"), (2, "John")]


def test_a_verdict_outlives_edits_elsewhere_and_no_edit_there() -> None:
    decided = [verdict(story_of())]
    moved = story_of("A new beginning.\n\n" + TALE + "And more.")
    assert [one.is_open for one in judge(moved, decided)] == [False]
    other = story_of(TALE.replace("Jon left", "Jon left"))
    respelt = Story(other.text, Layers(findings=(msgspec.structs.replace(other.findings[0], evidence=(Span(0, 2),)),)))
    assert [one.is_open for one in judge(respelt, decided)] == [True]


def test_of_two_verdicts_the_last_holds() -> None:
    story = story_of()
    (one,) = judge(story, [verdict(story, "ignore"), verdict(story, "fixed")])
    assert one.verdict is not None
    assert one.verdict.verdict == "fixed"


def test_a_verdict_is_written_and_read_again() -> None:
    entry = verdict(story_of())
    corrections, notes = read_corrections(write_entry(entry))
    assert notes == ()
    assert [msgspec.structs.replace(read, line=0) for read in corrections.verdict] == [entry]


def test_an_unknown_key_names_those_there_are() -> None:
    story = story_of()
    assert pick(story, finding_key(story, story.findings[0])) == story.findings[0]
    with pytest.raises(NotInStory, match=finding_key(story, story.findings[0])):
        pick(story, "zzz")
