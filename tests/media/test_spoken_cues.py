"""Captions made from what a machine heard."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bothways.lib.reading import GAP_MS, LINE, LINES, LONGEST_MS, SHORTEST_MS, width
from bothways.lib.webvtt import Cue
from bothways.media.spoken_cues import PAUSE_MS, spoken_cues
from bothways.media.utterances import Utterance, Word

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said(text: str, start_ms: int = 0, each_ms: int = 300, pauses: dict[str, int] | None = None) -> Utterance:
    """One word after the other, with a pause after those that are named."""
    words, at = [], start_ms
    for word in text.split():
        words.append(Word(at, at + each_ms, word, 0.9))
        at += each_ms + (pauses or {}).get(word, 0)
    return Utterance(start_ms, words[-1].end_ms, text, tuple(words))


def test_a_cue_ends_with_its_sentence() -> None:
    cues = spoken_cues([said("Tell us about yourself. What did you do first?")], 10_000)
    assert [cue.text for cue in cues] == ["Tell us about yourself.", "What did you do first?"]
    assert cues[0] == Cue(0, 1_200 - GAP_MS, "Tell us about yourself.")
    assert cues[1].start_ms == 1_200 and cues[1].end_ms == 2_700


def test_a_pause_ends_it_too_and_it_stays_until_it_can_be_read() -> None:
    cues = spoken_cues([said("so then we went on", 500, 100, {"then": PAUSE_MS + 400})], 10_000)
    assert cues == [Cue(500, 1_500, "so then"), Cue(1_800, 2_800, "we went on")]


def by(speaker: str | None, text: str, start_ms: int) -> Utterance:
    return replace(said(text, start_ms), speaker=speaker)


def test_of_a_talk_every_cue_has_its_voice_and_shows_the_name_when_somebody_else_speaks() -> None:
    talk = [by("Bo", "How did it start? Who was there?", 0), by("", "I rang her.", 4_000), by("Bo", "Yes.", 4_950)]
    cues = spoken_cues(talk, 10_000, "Pine 7")
    assert [(cue.voice, cue.text) for cue in cues] == [
        ("Bo", "Bo: How did it start?"),
        ("Bo", "Who was there?"),
        ("Pine 7", "Pine 7: I rang her."),
        ("Bo", "Bo: Yes."),
    ]


def test_a_name_takes_its_room_and_a_long_one_is_shortened() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff the Elder"
    cues = spoken_cues([by(name, "so then we went on to the next house " * 6, 0)], 60_000)
    assert all(cue.voice == name for cue in cues)
    assert cues[0].text.startswith("Wolfeschle…: so then")
    assert all(len(line) <= LINE for cue in cues for line in cue.text.split("\n"))
    assert all(cue.text.count("\n") < LINES for cue in cues)


def test_what_would_flash_by_is_shown_with_its_neighbor() -> None:
    cues = spoken_cues([said("Yes. I did that."), said("Later on.", 5_000)], 10_000)
    assert [cue.text for cue in cues] == ["Yes. I did that.", "Later on."]


def test_a_long_sentence_is_parted_after_a_comma_into_two_lines_each() -> None:
    text = (
        "You inherit code that works but that nobody understands any more, and your manager asks you to change it "
        "within the next week, what do you do?"
    )
    cues = spoken_cues([said(text, each_ms=250)], 20_000)
    assert [cue.text.count("\n") for cue in cues] == [1, 1]
    assert cues[0].text.endswith("any more,")
    assert " ".join(cue.text for cue in cues).replace("\n", " ") == text


def test_slow_speech_is_parted_by_time() -> None:
    cues = spoken_cues([said("one two three four five six", each_ms=2_000)], 12_000)
    assert all(cue.end_ms - cue.start_ms <= LONGEST_MS for cue in cues) and len(cues) >= 2


def test_words_that_nobody_timed_are_spread() -> None:
    cues = spoken_cues([Utterance(1_000, 5_000, "I rang her first. Then I asked about the rent.")], 10_000)
    assert [cue.text for cue in cues] == ["I rang her first.", "Then I asked about the rent."]
    assert cues[0].start_ms == 1_000 and 2_300 < cues[1].start_ms < 2_700


def test_languages_without_spaces_get_none() -> None:
    words = tuple(
        Word(at * 300, at * 300 + 300, text, 0.9) for at, text in enumerate(["これ", "は", "何", "です", "か。"])
    )
    assert spoken_cues([Utterance(0, 1_500, "これは何ですか。", words)], 3_000) == [Cue(0, 1_500, "これは何ですか。")]


@pytest.mark.parametrize("utterances", [[], [Utterance(0, 100, "")], [Utterance(0, 100, " ", (Word(0, 9, " ", 1.0),))]])
def test_of_nothing_comes_nothing(utterances: list[Utterance]) -> None:
    assert spoken_cues(utterances, 1_000) == []


@st.composite
def speech(draw: st.DrawFn) -> list[Utterance]:
    """As engines give it: in order, words of up to two seconds, pauses of any length."""
    at, utterances = 0, []
    for _ in range(draw(st.integers(0, 4))):
        words = []
        for _ in range(draw(st.integers(1, 30))):
            at += draw(st.sampled_from([0, 20, 100, 900, 4_000]))
            end = at + draw(st.integers(60, 2_000))
            words.append(
                Word(at, end, draw(st.sampled_from(["yes", "and,", "so.", "understandable", "Wort؟", "漢字"])), 0.9)
            )
            at = end
        utterances.append(Utterance(words[0].start_ms, at, " ".join(word.text for word in words), tuple(words)))
    return utterances


@UNTIMED
@given(speech())
@example([Utterance(0, 300, "a b. c", tuple(Word(0, 0, text, 0.5) for text in ("a", "b.", "c")))])
def test_every_cue_can_be_read_and_no_word_is_lost(utterances: list[Utterance]) -> None:
    duration_ms = max((one.end_ms for one in utterances), default=0) + 500
    cues = spoken_cues(utterances, duration_ms)
    assert "".join("".join(cue.text.split()) for cue in cues) == "".join(
        word.text for one in utterances for word in one.words
    )
    for cue in cues:
        lines = cue.text.split("\n")
        assert len(lines) <= LINES and all(width(line) <= LINE for line in lines)
        assert 0 <= cue.start_ms < cue.end_ms <= duration_ms and cue.end_ms - cue.start_ms <= LONGEST_MS
    for cue, following in pairwise(cues):
        assert cue.end_ms + GAP_MS <= following.start_ms
        crowded = following.start_ms - cue.start_ms < SHORTEST_MS + GAP_MS
        assert crowded or cue.end_ms - cue.start_ms >= SHORTEST_MS


@UNTIMED
@given(
    st.lists(
        st.builds(
            lambda start, length, text, words: Utterance(start, start + length, text, tuple(words)),
            st.integers(0, 9_000),
            st.integers(0, 9_000),
            st.text(max_size=60),
            st.lists(
                st.builds(Word, st.integers(0, 9_000), st.integers(0, 9_000), st.text(max_size=60), st.just(0.1)),
                max_size=6,
            ),
        ),
        max_size=4,
    ),
    st.integers(1, 12_000),
)
def test_odd_times_give_cues_that_can_be_kept(utterances: list[Utterance], duration_ms: int) -> None:
    cues = spoken_cues(utterances, duration_ms)
    assert all(0 <= cue.start_ms < cue.end_ms <= duration_ms and cue.text for cue in cues)
    assert all(first.end_ms <= second.start_ms for first, second in pairwise(cues))
