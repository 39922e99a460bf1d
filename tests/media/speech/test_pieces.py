"""Where sound is cut for the engine, and where its words stand in the whole."""

import numpy as np
import pytest

from bothways.media.speech.contract import RATE
from bothways.media.speech.pieces import MOST, PADDING, WORTH, Stretch, closed, length, pack, place, spoken
from tests.media.speech.voices import silence, tone


def seconds(*pairs: tuple[float, float]) -> list[Stretch]:
    return [Stretch(round(start * RATE), round(end * RATE)) for start, end in pairs]


def test_pieces_are_as_few_as_there_can_be_and_lose_nothing():
    stretches = seconds((0, 10), (11, 21), (30, 37), (38, 60), (61, 62))
    pieces = pack(stretches)
    assert [len(piece) for piece in pieces] == [3, 2]
    assert [stretch for piece in pieces for stretch in piece] == stretches
    assert all(length(piece) <= MOST for piece in pieces)


@pytest.mark.parametrize(
    ("arrived", "stretches", "pieces", "until"),
    [
        (20.0, [(1, 19.9)], 0, 1.0),  # nobody has paused yet
        (20.5, [(1, 19.9)], 1, 19.9),  # half a second of pause, padding included
        (12.0, [(1, 11)], 0, 1.0),  # too short to be worth it
        (40.0, [], 0, 39.0),  # silence needs no second look, but for its last second
        (31.0, [(1, 12), (13, 25), (26, 30.9)], 1, 26.0),  # the last one may go on
        (60.0, [(1, 20), (22, 41), (45, 59)], 2, 45.0),  # two are full, the third is not worth it yet
    ],
)
def test_of_a_recording_that_goes_on_only_what_is_complete_is_heard(arrived, stretches, pieces, until):
    found, sample = closed(seconds(*stretches), round(arrived * RATE))
    assert (len(found), sample / RATE) == (pieces, pytest.approx(until))
    assert not found or length(found[-1]) >= WORTH or found[-1] != pack(seconds(*stretches))[-1]


def test_words_stand_in_the_stretch_in_which_they_are_said():
    piece = tuple(seconds((5, 7), (20, 23)))
    assert place(piece, 0.5, 1.0) == (0, round(5.5 * RATE), round(6.0 * RATE))
    assert place(piece, 2.5, 3.0) == (1, round(20.5 * RATE), round(21.0 * RATE))


def test_a_word_that_begins_in_the_pause_is_moved_to_where_speech_begins():
    piece = tuple(seconds((5, 7), (20, 23)))
    number, start, end = place(piece, 1.2, 2.35)
    assert (number, start, end) == (1, 20 * RATE + PADDING // 2, round(20.35 * RATE))


def test_a_word_that_ends_in_the_padding_of_the_next_stretch_stays():
    piece = tuple(seconds((5, 7), (20, 23)))
    assert place(piece, 1.7, 2.1) == (0, round(6.7 * RATE), 7 * RATE - PADDING // 2)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((silence(0.5), tone(0.4)), (0.5, 0.9)),
        ((tone(0.2) / 3, tone(0.5) / 9, tone(0.4)), (0.7, 1.1)),  # begun in the word before the pause
        ((tone(0.4), silence(0.5)), (0.0, 0.4)),
        ((tone(0.2), silence(0.15), tone(0.2)), (0.0, 0.55)),  # a double t is no pause
        ((silence(0.15), tone(0.4), silence(0.15)), (0.0, 0.7)),
        ((silence(0.5),), (0.0, 0.5)),
        ((silence(0.01),), (0.0, 0.01)),
        ((), (0.0, 0.0)),
    ],
)
def test_a_pause_is_no_part_of_a_word(parts, said):
    sound = np.concatenate([tone(1), *parts, tone(1)])
    first, last = spoken(sound, RATE, len(sound) - RATE)
    assert ((first - RATE) / RATE, (last - RATE) / RATE) == pytest.approx(said, abs=0.02)
