"""Which mentions may mean the same, and whose mentions tell who speaks: each pair compared once, near ones only."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encode import Encoding, Links, Network, encode, hear_voices, link_mentions, open_network
from fabula.encode.link import link_places
from fabula.encode.pairs import Places, link_features, place_mentions, voice_features
from fabula.encode.voices import weigh_voices
from fabula.models import ModelPack
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Mention, Text
from tests.encode.tiny import INNER, Counting, blank_encoding, tiny_pack

NONE = -np.inf


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ModelPack:
    return tiny_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def network(pack: ModelPack) -> Network:
    return open_network(pack)


def read(content: str, pack: ModelPack) -> tuple[Wording, Encoding]:
    wording = lay_out(segment(Text.of(content)))
    return wording, encode(wording, pack)


def chance_encoding(words: int) -> Encoding:
    chance = np.random.default_rng(3)
    halves = (chance.integers(-9, 9, (words, INNER)) for _ in range(2))
    return blank_encoding(words, begin=next(halves), close=next(halves))


def people(wording: Wording, *names: str, type: str = "PER") -> list[Mention]:
    """Every word of the text that is one of these."""
    spots = [at for at, form in enumerate(wording.forms) if form in names]
    return [Mention(wording.starts[at], wording.ends[at], form="name", type=type) for at in spots]


def laid(words: int, *, every: int, speech: int = -1) -> Places:
    forms = [f"w{at % 11}" for at in range(words)]
    return place_mentions(forms, [(at, at) for at in range(0, words, every)], [speech] * words, [0] * words)


def test_the_likeliest_earlier_mention_is_the_best() -> None:
    links = Links(np.array([[NONE, NONE], [1, NONE], [-1, 0.5], [2, 3], [-2, -3]], np.float32))
    assert links.best().tolist() == [-1, 0, 0, 1, -1]
    assert links.clusters().tolist() == [0, 0, 0, 0, 1]


def test_a_mention_joins_those_that_together_are_likeliest() -> None:
    odds = [[NONE] * 3, [-4, NONE, NONE], [-4, 4, NONE], [0.5, 0.8, 0.4]]
    links = Links(np.array(odds, np.float32))
    assert links.best().tolist() == [-1, -1, 0, 1]
    assert links.clusters().tolist() == [0, 1, 0, 0]


def test_even_odds_mean_somebody_new() -> None:
    assert Links(np.array([[NONE], [0]], np.float32)).best().tolist() == [-1, -1]


@pytest.mark.parametrize("many", [0, 1])
def test_where_there_is_no_pair_nothing_is_asked(many: int, network: Network) -> None:
    asked = Counting(network)
    links = link_places(chance_encoding(9), laid(many, every=1), asked)
    assert (asked.linked, links.best().tolist(), links.clusters().tolist()) == (0, [-1] * many, list(range(many)))


@pytest.mark.parametrize("reach", [1, 7, 60, 500])
def test_each_mention_is_compared_with_those_before_it(network: Network, reach: int) -> None:
    encoding, mentions = chance_encoding(300), laid(300, every=2)
    links = link_places(encoding, mentions, network, reach=reach)
    many = len(mentions.first)
    assert links.odds.shape == (many, min(reach, many - 1))
    vectors = encoding.vectors(mentions.first, mentions.last)
    for m in (0, 1, 5, 63, 64, 65, 128, 149):
        for k in range(links.odds.shape[1]):
            earlier = m - k - 1
            if earlier < 0:
                assert links.odds[m, k] == NONE
                continue
            one, other = mentions.some(slice(m, m + 1)), mentions.some(slice(earlier, earlier + 1))
            pair = network.link(vectors[m : m + 1], vectors[earlier : earlier + 1], link_features(one, other))
            assert links.odds[m, k] == pytest.approx(pair[0, 0], abs=1e-4)


def test_links_go_back_no_further_than_they_reach(pack: ModelPack, network: Network) -> None:
    wording, encoding = read("Anne met Phil. Anne saw Phil, and Phil saw Anne.\n\n" * 9, pack)
    mentions = people(wording, "Anne", "Phil")
    links = link_mentions(wording, encoding, network, mentions, reach=5)
    best, here = links.best(), np.arange(len(mentions))
    linked = best >= 0
    assert linked.any()
    assert ((best < here) & (here - best <= 5))[linked].all()


def test_each_speech_is_weighed_beside_those_mentioned_near_it(network: Network) -> None:
    encoding = chance_encoding(4_000)
    mentions = laid(4_000, every=9)
    spans = [(at, at + 7) for at in range(5, 3_990, 60)]
    speeches = place_mentions([f"w{at}" for at in range(4_000)], spans, [-1] * 4_000, [0] * 4_000)
    speeches = speeches._replace(speech=np.arange(len(spans)))
    voices = weigh_voices(encoding, speeches, mentions, network)
    assert len(voices) == len(spans)
    own, others = encoding.vectors(speeches.first, speeches.last), encoding.vectors(mentions.first, mentions.last)
    for number in (0, 1, 15, 16, 17, 40, len(spans) - 1):
        voice, (begin, end) = voices[number], spans[number]
        places = mentions.first[voice.mentions]
        assert places.tolist() == [at for at in mentions.first.tolist() if begin - 180 <= at <= end + 60]
        features = voice_features(speeches.some(slice(number, number + 1)), mentions.some(voice.mentions))
        odds, mode = network.voice(own[number : number + 1], others[voice.mentions], features)
        assert voice.odds == pytest.approx(odds[0], abs=1e-4)
        assert voice.mode == pytest.approx(np.exp(mode[0]) / np.exp(mode[0]).sum(), abs=1e-4)


TOLD = "Anne came in. “Phil, I am late,” she said. Phil laughed: “You are ‘never’ late, Anne.” London slept."


def test_every_outermost_quotation_has_a_voice(pack: ModelPack, network: Network) -> None:
    wording, encoding = read(TOLD, pack)
    mentions = people(wording, "Anne", "Phil", "she", "I", "You")
    voices = hear_voices(wording, encoding, network, mentions)
    assert [wording.segments.quotations[i].depth for i in voices] == [0, 0]
    for voice in voices.values():
        assert len(voice.mentions) == len(voice.odds)
        assert voice.mode.sum() == pytest.approx(1, abs=1e-5)
        assert len(voice.mode) == 2


def test_pronouns_in_speech_tell_nothing_of_who_speaks(pack: ModelPack, network: Network) -> None:
    wording, encoding = read(TOLD, pack)
    mentions = people(wording, "Anne", "Phil", "she", "I", "You")
    for voice in hear_voices(wording, encoding, network, mentions).values():
        heard = [wording.forms[wording.at(mentions[n].start)] for n in voice.mentions]
        assert heard == ["Anne", "Phil", "she", "Phil", "Anne"]


def test_only_people_speak_and_in_whatever_order_they_are_given(pack: ModelPack, network: Network) -> None:
    wording, encoding = read(TOLD, pack)
    mentions = people(wording, "Anne", "Phil", "she")
    shuffled = [*people(wording, "London", type="GPE"), *reversed(mentions)]
    known = hear_voices(wording, encoding, network, mentions)
    for number, voice in hear_voices(wording, encoding, network, shuffled).items():
        assert [shuffled[n] for n in voice.mentions] == [mentions[n] for n in known[number].mentions]
        assert voice.odds == pytest.approx(known[number].odds, abs=1e-6)


@pytest.mark.parametrize("content", ["", "Anne came in.", "“Go.”", "“…”", "??", "🙂"])
def test_texts_without_speech_or_people(content: str, pack: ModelPack, network: Network) -> None:
    wording, encoding = read(content, pack)
    voices = hear_voices(wording, encoding, network, [])
    assert len(voices) <= len(wording.segments.quotations)
    assert all(not len(voice.mentions) for voice in voices.values())
    assert link_mentions(wording, encoding, network, people(wording, "Anne")).best().tolist() in ([], [-1])


def test_members_that_speak_against_it_keep_a_mention_from_a_cluster() -> None:
    """Two of one cluster pull a little; the third pushes far away."""
    odds = [[NONE] * 3, [4, NONE, NONE], [4, 4, NONE], [0.3, -9, -20]]
    pulled = [[NONE] * 3, [4, NONE, NONE], [4, 4, NONE], [0.3, 0, 0]]
    assert Links(np.array(odds, np.float32)).clusters().tolist() == [0, 0, 0, 1]
    assert Links(np.array(pulled, np.float32)).clusters().tolist() == [0, 0, 0, 0]
