"""Lists of cues: the first draft and what an editor does."""

import itertools

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bothways.kits.cues import LONGEST_CUE, TWO_LINES, add_cue, begun_cues, join_cues, remove_cue, split_cue
from bothways.lib.webvtt import Cue, clean_text

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUESTION = (
    "Tell us about a time you had to give somebody bad news. What did you say, and how did you know it was understood?"
)
THREE = [Cue(0, 1000, "one two"), Cue(1000, 3000, "three"), Cue(4000, 5000, "four")]


def test_a_question_is_spread_over_its_recording_sentence_by_sentence() -> None:
    cues = begun_cues(QUESTION, 12_000)
    assert [cue.text for cue in cues] == [
        "Tell us about a time you had\nto give somebody bad news.",
        "What did you say,\nand how did you know it was understood?",
    ]
    assert (cues[0].start_ms, cues[0].end_ms) == (0, cues[1].start_ms)
    assert 5_000 < cues[0].end_ms < 7_000 and cues[1].end_ms == 12_000


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ما الذي شدّك؟ أخبرنا.", 2),
        ("それは何ですか。もう一度。", 2),
        ("आपने क्या सीखा। कैसे?", 2),
        ("Dr. Who", 2),
        ("No end", 1),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_sentences_end_in_many_scripts(text: str, pieces: int) -> None:
    assert len(begun_cues(text, 10_000)) == pieces


@UNTIMED
@given(st.text(max_size=2000) | st.text("ab ,.", max_size=2000), st.integers(0, 300_000))
@example("x" * 2000, 60_000)
@example("a. " * 600, 1_000)
def test_a_first_draft_can_always_be_kept(text: str, duration_ms: int) -> None:
    cues = begun_cues(text, duration_ms)
    for cue in cues:
        assert 0 <= cue.start_ms < cue.end_ms <= duration_ms
        assert cue.text == clean_text(cue.text) and 0 < len(cue.text) <= LONGEST_CUE
    assert all(first.end_ms == second.start_ms for first, second in itertools.pairwise(cues))


def test_a_long_sentence_is_parted_where_one_breathes() -> None:
    long = "You inherit code that works, but that nobody understands, and you must change it next week."
    cues = begun_cues(long, 9_000)
    assert [cue.text for cue in cues] == [
        "You inherit code that works,\nbut that nobody understands,",
        "and you must change it next week.",
    ]
    assert all(len(cue.text) <= TWO_LINES for cue in cues)


def test_splitting_parts_words_and_time() -> None:
    assert split_cue(THREE, 0)[:2] == [Cue(0, 429, "one"), Cue(429, 1000, "two")]
    assert split_cue(THREE, 1) == THREE
    assert split_cue([Cue(0, 1, "a b")], 0) == [Cue(0, 1, "a b")]
    assert split_cue([Cue(0, 1, "")], 0) == [Cue(0, 1, "")]


def test_joining_takes_the_next_one_in() -> None:
    assert join_cues(THREE, 1) == [THREE[0], Cue(1000, 5000, "three four")]
    assert join_cues(THREE, 2) == THREE
    assert join_cues([Cue(0, 9, ""), Cue(1, 5, "b")], 0) == [Cue(0, 9, "b")]
    assert remove_cue(THREE, 1) == [THREE[0], THREE[2]]


@pytest.mark.parametrize(
    ("at_ms", "place", "added"),
    [
        (3200, 2, Cue(3200, 4000, "")),
        (2000, 2, Cue(2000, 3000, "")),
        (1100, 2, Cue(3000, 4000, "")),
        (5000, 3, Cue(5000, 7000, "")),
        (99_000, 3, Cue(9_800, 10_000, "")),
        (-5, 0, None),
    ],
)
def test_adding_makes_room_at_the_moment(at_ms: int, place: int, added: Cue | None) -> None:
    cues, found = add_cue(THREE, at_ms, 10_000)
    assert found == place
    if added is None:
        assert cues == THREE
    else:
        assert cues[place] == added and len(cues) == 4
        assert all(first.end_ms <= second.start_ms for first, second in itertools.pairwise(cues))


def test_the_first_cue_of_all_is_added() -> None:
    assert add_cue([], 0, 1_000) == ([Cue(0, 1_000, "")], 0)
