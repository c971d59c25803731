"""A story saved and opened again: nothing lost, nothing read that is not a story, and a schema that says it all."""

from __future__ import annotations

import json
import types
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.errors import StoryFileError
from fabula.story import Character, Layers, Quote, Source, Span, Story, Text, codec, from_json, json_schema, to_json

STORY = Story(
    Text.of('"Hi," said Ann.\r\n“Là 😀.”', name="hi.txt"),
    Layers(
        characters=(Character(id="c1", name="Ann", evidence=(Span(11, 14),)),),
        quotes=(Quote(0, 5, id="q1", speaker="c1", cue="tag", confidence=0.99), Quote(17, 24, id="q2")),
        findings=(),
    ),
)

words = st.text(st.characters(codec="utf-8"), max_size=8)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that a record may have, without its being read by anybody before."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (types.UnionType, Union):
        return st.one_of([st.just(msgspec.UNSET) if i is msgspec.UnsetType else values(i) for i in inside])
    if origin is tuple:
        return st.lists(values(inside[0]), max_size=2).map(tuple)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return records(kind)
    plain = {str: words, int: st.integers(-9, 10**6), bool: st.booleans(), type(None): st.none()}
    return plain.get(kind, st.floats(0, 1))


def records(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Any record of a kind, every property of it."""
    hints = msgspec.structs.fields(kind)
    fields = {field.name: values(field.type) for field in hints if field.name not in ("start", "end")}
    if not issubclass(kind, Span):
        return st.builds(kind, **fields)
    ends = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted)
    return st.builds(lambda ends, **known: kind(*ends, **known), ends, **fields)


def long_enough(text: Text) -> Text:
    return msgspec.structs.replace(text, content=text.content + "x" * 99)


stories = st.builds(Story, records(Text).map(long_enough), records(Layers))


def test_the_strategy_makes_every_kind_of_record() -> None:
    kinds = {get_args(get_args(field.type)[0])[0] for field in msgspec.structs.fields(Layers)}
    assert {"Quote", "Mention", "Scene", "Fact", "Death", "Relation", "Finding"} <= {kind.__name__ for kind in kinds}


@settings(max_examples=60, deadline=None)
@given(stories, st.sampled_from([0, 2]))
def test_every_save_opens_equal(story: Story, indent: int) -> None:
    saved = to_json(story, indent=indent)
    opened = from_json(saved)
    assert opened == story
    assert hash(opened) == hash(story)
    assert to_json(opened, indent=indent) == saved


@settings(max_examples=30, deadline=None)
@given(stories)
def test_what_is_written_is_what_the_schema_describes(story: Story) -> None:
    schema = json_schema()
    assert list(faults(json.loads(to_json(story)), schema, schema)) == []


def test_the_same_story_gives_the_same_bytes() -> None:
    again = Story(Text.of(str(STORY.text), name="hi.txt"), STORY.layers)
    assert to_json(again) == to_json(STORY)


def test_a_layer_not_read_stays_not_read() -> None:
    written = json.loads(to_json(STORY))
    assert written["findings"] == []
    assert "scenes" not in written
    assert from_json(to_json(STORY)).layers == STORY.layers


def test_what_is_unknown_is_written_as_null() -> None:
    quote = json.loads(to_json(STORY))["quotes"][1]
    assert quote["speaker"] is None
    assert quote["cue"] is None


def test_places_in_the_file_are_characters_of_its_text() -> None:
    written = json.loads(to_json(STORY))
    assert [written["text"][q["start"] : q["end"]] for q in written["quotes"]] == ['"Hi,"', "“Là 😀.”"]


def test_the_file_begins_with_its_number_and_is_utf_8() -> None:
    saved = to_json(STORY)
    assert saved.startswith(b'{"')
    assert json.loads(saved)["schema"] == codec.SCHEMA
    assert "“Là 😀.”".encode() in saved


def changed(**parts: Any) -> bytes:
    return json.dumps({**json.loads(to_json(STORY)), **parts}).encode()


DAMAGED = {
    "nothing": b"",
    "no JSON": b"Once upon a time",
    "half a file": to_json(STORY)[:-20],
    "bytes that are no text": b'{"schema": 1, "text": "\xff\xfe"}',
    "a list": b"[1, 2]",
    "some other JSON": b'{"name": "fabula"}',
    "no number": b'{"text": "One."}',
    "a number in words": b'{"schema": "1", "text": "One."}',
    "a truth for a number": b'{"schema": true, "text": "One.", "source": {}}',
    "a number before the first": b'{"schema": 0, "text": "One.", "source": {}}',
    "a number below nought": b'{"schema": -1, "text": "One.", "source": {}}',
    "a text that is none": changed(text=7),
    "a place that cannot be": changed(quotes=[{"start": 5, "end": 2, "id": "q1"}]),
    "brackets without end": b"[" * 200_000,
    "a place behind the text": changed(quotes=[{"start": 0, "end": 999, "id": "q1"}]),
    "a place before the text": changed(quotes=[{"start": -5, "end": 2, "id": "q1"}]),
    "a mode nobody knows": changed(quotes=[{"start": 0, "end": 2, "id": "q1", "mode": "sung"}]),
    "a record without its id": changed(quotes=[{"start": 0, "end": 2}]),
    "a layer of another shape": changed(characters={"c1": "Ann"}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_story_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(StoryFileError) as caught:
        from_json(DAMAGED[name], name="hi.json")
    assert str(caught.value).startswith("hi.json: ")
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_newer_story_is_refused_with_what_to_do() -> None:
    with pytest.raises(StoryFileError, match=rf"^hi\.json: schema {codec.SCHEMA + 1} is newer .* Update Fabula\.$"):
        from_json(changed(schema=codec.SCHEMA + 1), name="hi.json")


def test_old_stories_are_brought_up_to_date_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def name_the_title(raw: dict[str, Any]) -> dict[str, Any]:
        return {**raw, "schema": 2, "heading": raw["title"]}

    def move_it_to_the_source(raw: dict[str, Any]) -> dict[str, Any]:
        return {**raw, "schema": 3, "source": {"title": raw["heading"].upper()}}

    monkeypatch.setattr(codec, "SCHEMA", 3)
    monkeypatch.setattr(codec, "MIGRATIONS", {2: move_it_to_the_source, 1: name_the_title})
    opened = from_json(b'{"schema": 1, "text": "One.", "title": "Emma"}')
    assert opened == Story(Text("One.", Source(title="EMMA")))
    assert json.loads(to_json(opened))["schema"] == 3


def test_every_number_below_todays_has_its_step() -> None:
    assert sorted(codec.MIGRATIONS) == list(range(1, codec.SCHEMA))


PROMISED = {
    "scenes": "id start end order thread frame place time present confidence evidence",
    "characters": "id name aliases kind pronouns narrator confidence evidence",
    "mentions": "start end form type character confidence",
    "quotes": "id start end speaker addressees mode cue confidence evidence",
    "events": "start end confidence",
    "findings": "kind severity message confidence evidence",
    "chapters": "id start end title",
}
"""The properties that other programs were promised; more may come, none may go."""
CHOICES = {
    ("scenes", "frame"): "main memory dream letter told imagined vision",
    ("mentions", "form"): "name nominal pronoun",
    ("quotes", "mode"): "spoken thought written remembered imagined term",
    ("findings", "severity"): "error warning hint",
    ("characters", "kind"): "person group animal thing",
}


def described(layer: str) -> dict[str, Any]:
    schema = json_schema()
    kind: dict[str, Any] = resolved(schema["properties"][layer]["items"], schema)
    return kind


@pytest.mark.parametrize("layer", PROMISED)
def test_the_schema_keeps_its_promises(layer: str) -> None:
    kind = described(layer)
    assert set(PROMISED[layer].split()) <= set(kind["properties"])
    assert kind["description"]


@pytest.mark.parametrize(("layer", "name"), CHOICES)
def test_the_schema_lists_what_may_be_chosen(layer: str, name: str) -> None:
    assert set(described(layer)["properties"][name]["enum"]) == set(CHOICES[layer, name].split())


def test_the_schema_needs_the_text_and_the_number_alone() -> None:
    schema = json_schema()
    assert {"schema", "text"} <= set(schema["required"])
    assert not set(schema["required"]) & set(Layers.__struct_fields__)
    assert schema["properties"]["schema"] == {"const": codec.SCHEMA}
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_finds_a_fault() -> None:
    schema = json_schema()
    wrong = json.loads(changed(quotes=[{"start": 0, "end": "2", "mode": "sung"}]))
    assert len(list(faults(wrong, schema, schema))) == 3


def resolved(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    return root["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def faults(value: Any, node: dict[str, Any], root: dict[str, Any], at: str = "$") -> Any:
    """What a JSON Schema has against a value: the few keywords that Fabula's schema uses."""
    node = resolved(node, root)
    if "anyOf" in node:
        if all(list(faults(value, one, root, at)) for one in node["anyOf"]):
            yield f"{at}: {value!r} fits none"
        return
    if "const" in node and value != node["const"]:
        yield f"{at}: {value!r} is not {node['const']!r}"
    if "enum" in node and value not in node["enum"]:
        yield f"{at}: {value!r} is none of {node['enum']}"
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None)}
    kinds["boolean"] = bool
    if "type" in node and not isinstance(value, kinds[node["type"]]):
        yield f"{at}: {value!r} is no {node['type']}"
        return
    if isinstance(value, dict):
        yield from (f"{at}: no {name}" for name in node.get("required", ()) if name not in value)
        yield from (f"{at}: {name} is not described" for name in value if name not in node["properties"])
        for name, own in value.items():
            yield from faults(own, node["properties"].get(name, {}), root, f"{at}.{name}")
    if isinstance(value, list):
        for number, own in enumerate(value):
            yield from faults(own, node["items"], root, f"{at}[{number}]")
