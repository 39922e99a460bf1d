"""What was heard on each side of a talk becomes one text: in order, nothing twice, nothing that nobody said."""

import pytest

from bothways.media.speech.sides import Side, together
from bothways.media.utterances import Utterance, Word
from tests.media.speech.voices import RATE, as_wav, silence, tone


def said(speaker: str, start_ms: int, text: str) -> Utterance:
    """A word each half second."""
    words = tuple(
        Word(start_ms + 500 * number, start_ms + 500 * number + 500, word, 0.9)
        for number, word in enumerate(text.split())
    )
    return Utterance(start_ms, words[-1].end_ms, text, words, speaker)


@pytest.fixture
def side(tmp_path):
    """A side of ten seconds, loud where it is said: {from_s: amplitude}, two seconds each."""

    def make(*utterances: Utterance, sounds: dict[int, float]) -> Side:
        sound = silence(10)
        for second, loud in sounds.items():
            sound[second * RATE : (second + 2) * RATE] = loud * tone(2) / 0.3
        return Side(as_wav(tmp_path / f"{len(list(tmp_path.iterdir()))}.wav", sound), utterances)

    return make


def test_all_that_is_said_stands_in_its_order_with_its_speaker(side):
    bo = side(said("Bo", 0, "How did you start"), said("Bo", 6000, "And then"), sounds={0: 0.3, 6: 0.3})
    dee = side(said("", 3000, "I rang her first"), sounds={3: 0.05})
    assert [(one.speaker, one.text) for one in together([dee, bo])] == [
        ("Bo", "How did you start"),
        ("", "I rang her first"),
        ("Bo", "And then"),
    ]


def test_what_a_microphone_hears_of_the_others_loudspeaker_is_said_once(side):
    bo = side(said("Bo", 0, "How did you start back then"), sounds={0: 0.3})
    dee = side(
        said("", 200, "How did you start that then"), said("", 4000, "I rang her first"), sounds={0: 0.02, 4: 0.3}
    )
    for sides in ([dee, bo], [bo, dee]):
        assert [(one.speaker, one.text[:8]) for one in together(sides)] == [("Bo", "How did "), ("", "I rang h")]


def test_who_says_the_same_as_loudly_or_something_else_softly_is_kept(side):
    bo = side(said("Bo", 0, "How did you start"), sounds={0: 0.3})
    dee = side(said("", 0, "How did you start"), sounds={0: 0.25})
    assert len(together([bo, dee])) == 2
    soft = side(said("", 0, "I rang her first"), sounds={0: 0.02})
    assert len(together([bo, soft])) == 2


def test_what_an_engine_makes_up_in_silence_belongs_to_nobody(side):
    assert together([side(said("Bo", 2000, "Thank you for watching"), sounds={})]) == []
    mended = side(Utterance(0, 1000, "Yes", (), "Bo"), sounds={0: 0.3})
    assert [one.text for one in together([mended])] == ["Yes"]
