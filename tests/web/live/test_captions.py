"""Captions in the room: who reads, whose words are heard, what is left out, and that nothing stays."""

import time
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from bothways.live.models import Participant
from bothways.media.actions.captions import can_caption
from bothways.web.live import captions as piecewise
from bothways.web.live.captions import LARGEST_SOUND, LONGEST, MOST_WAITING, SECOND, SHORTEST, Cutter
from tests.factories.live import make_booked_room
from tests.media.speech.voices import CITIES, plain, speech, words_said
from tests.parts import MODEL
from tests.web.live.talking import PATIENCE_S, Peer, Talk

LOUD = (np.sin(np.arange(SECOND // 2) / 20) * 9000).astype(np.int16).tobytes()
PAUSE = b""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """An ear that says how many tenths of a second it got, in the place of the engine; here is what it was given."""
    given: list[tuple[int, str]] = []

    def caption(*, sound: bytes, language: str) -> str:
        if any(sound):  # else it is woken
            given.append((len(sound), language))
        return f"{len(sound) * 10 // SECOND} tenths"

    monkeypatch.setattr(piecewise, "caption", caption)
    monkeypatch.setattr("bothways.live.actions.captions.can_caption", lambda language: True)
    return given


def say(peer: Peer, *sounds: bytes) -> None:
    for sound in sounds:
        peer.socket.send(sound)


def reads(peer: Peer, *others: Peer, on: bool = True) -> None:
    peer.say("captions", on=on)
    for one in (peer, *others):
        assert one.hear("captions")["reads"] is on


def test_who_reads_along_gets_the_words_and_everybody_is_told_who_it_is(talk: Talk, cast, heard) -> None:
    bo, ines, dee = talk.together(cast.bo, cast.ines)
    reads(dee, bo, ines)
    assert ines.seen[-1]["from"] == str(Participant.objects.get(kind="candidate").id)
    say(bo, LOUD, PAUSE)
    said = dee.hear("said")
    assert said["text"] == "10 tenths" and said["from"] == str(Participant.objects.get(member=cast.bo).id)
    assert heard == [(SECOND, "en")]
    # Those who do not read along get no words.
    assert "said" not in ines.heard_until_now() + bo.heard_until_now()
    # Who comes later is told, too.
    late = talk.candidate(epoch="second")
    assert late.hear("welcome")["you"]["reads"] is True


def test_nobody_is_heard_while_nobody_reads(talk: Talk, cast, heard) -> None:
    bo, dee = talk.together(cast.bo)
    say(bo, LOUD, PAUSE)
    reads(dee, bo)
    say(bo, LOUD, PAUSE)
    assert dee.hear("said")["text"] == "10 tenths"
    reads(dee, bo, on=False)
    say(bo, LOUD, PAUSE)
    bo.heard_until_now()
    # Who has gone reads no more either.
    reads(dee, bo)
    dee.say("bye")
    bo.hear("leave")
    say(bo, LOUD, PAUSE)
    bo.heard_until_now()
    assert len(heard) == 1


def test_who_wants_no_captions_of_their_words_has_none(talk: Talk, cast, heard) -> None:
    bo, dee = talk.together(cast.bo)
    reads(bo, dee)
    dee.say("captioned", yes=False)
    told = bo.hear("captions")
    assert (told["captioned"], told["reads"]) == (False, False)
    dee.hear("captions")
    say(dee, LOUD, PAUSE)
    assert "said" not in dee.heard_until_now() and heard == []
    say(dee, LOUD)
    dee.say("captioned", yes=True)
    dee.hear("captions")
    say(dee, LOUD, PAUSE)
    assert bo.hear("said")["text"] == "10 tenths"


def test_words_taken_back_while_they_are_heard_are_not_said(talk: Talk, cast, heard, monkeypatch) -> None:
    bo, dee = talk.together(cast.bo)
    reads(bo, dee)
    began: list[float] = []

    def slow(*, sound: bytes, language: str) -> str:
        began.append(time.monotonic())
        while not Participant.objects.filter(kind="candidate", is_captioned=False).exists():
            time.sleep(0.02)
        return "Never mind."

    monkeypatch.setattr(piecewise, "caption", slow)
    say(dee, LOUD, PAUSE)
    dee.say("captioned", yes=False)
    dee.hear("captions")
    bo.hear("captions")
    say(bo, LOUD, PAUSE)
    assert bo.hear("said")["from"] == str(Participant.objects.get(member=cast.bo).id)


def test_what_is_too_much_is_left_out_and_that_is_said(talk: Talk, cast, heard, monkeypatch) -> None:
    bo, dee = talk.together(cast.bo)
    reads(dee, bo)
    hold = True

    def slow(*, sound: bytes, language: str) -> str:
        while hold:
            time.sleep(0.01)
        return "late"

    monkeypatch.setattr(piecewise, "caption", slow)
    for _ in range(MOST_WAITING + 1):
        say(bo, LOUD, PAUSE)
    missing = dee.hear("said")
    hold = False
    assert missing["text"] is None
    assert [dee.hear("said")["text"] for _ in range(MOST_WAITING)] == ["late"] * MOST_WAITING


def test_of_more_than_anybody_can_say_the_rest_is_not_kept(talk: Talk, cast, heard, monkeypatch) -> None:
    monkeypatch.setattr(piecewise, "MOST_WAITING", 100)
    bo, dee = talk.together(cast.bo)
    reads(dee, bo)
    began = time.monotonic()
    for _ in range(40):
        say(bo, LOUD, PAUSE)
    bo.heard_until_now()
    lasted_s = time.monotonic() - began
    until = began + PATIENCE_S
    while sum(length for length, _ in heard) < 15 * SECOND and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.2)  # for what should not come
    assert 15 <= sum(length for length, _ in heard) / SECOND <= 16 + 1.25 * lasted_s


def test_outsiders_and_those_who_wait_are_not_heard(talk: Talk, cast, heard) -> None:
    bo, dee = talk.together(cast.bo)
    reads(dee, bo)
    other = Talk(talk.port, make_booked_room(cast, "Sam Somebody"))
    sam = other.candidate()
    sam.hear("waiting")
    say(sam, LOUD, PAUSE)
    sam.say("captions", on=True)
    assert sam.hear("refused")["code"] == "not_in"
    stranger = talk.line(ticket="no-ticket")
    stranger.send(LOUD)
    assert Peer(stranger).close_code() == 4003
    foreign = talk.candidate(origin="https://elsewhere.example")
    assert foreign.close_code() == 4003
    other.close()
    bo.say("end")
    assert dee.close_code() == 4004
    assert heard == []


@pytest.mark.parametrize(("sound", "code"), [(b"\0" * (LARGEST_SOUND + 2), 4009), (b"\0" * LARGEST_SOUND * 100, 4009)])
def test_what_is_too_large_at_once_ends_the_line(talk: Talk, cast, heard, sound, code) -> None:
    bo, dee = talk.together(cast.bo)
    reads(dee, bo)
    say(bo, sound)
    assert bo.close_code() in (code, 1009)
    assert heard == []


def test_a_server_without_an_engine_of_its_own_says_so(talk: Talk, cast, monkeypatch) -> None:
    bo, _dee = talk.together(cast.bo)
    for engine in ("none", "endpoint"):
        monkeypatch.setattr(settings, "SPEECH_ENGINE", engine)
        assert not can_caption("en")
        bo.say("captions", on=True)
        assert bo.hear("refused")["code"] == "no_captions"


def test_where_this_process_has_no_engine_words_are_missing_and_not_silent(talk: Talk, cast, monkeypatch) -> None:
    monkeypatch.setattr("bothways.live.actions.captions.can_caption", lambda language: True)
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "none")
    bo, dee = talk.together(cast.bo)
    reads(dee, bo)
    say(bo, LOUD, PAUSE)
    assert dee.hear("said")["text"] is None


def test_a_pause_ends_a_piece_and_so_do_five_seconds() -> None:
    cutter, quiet = Cutter(), np.zeros(SECOND // 20, np.int16).tobytes()
    assert cutter.take(LOUD) is None
    assert cutter.take(PAUSE) == LOUD
    assert cutter.take(PAUSE) is None
    assert cutter.take(LOUD[: SHORTEST - 2]) is None and cutter.take(PAUSE) is None
    pieces = [piece for _ in range(4) if (piece := cutter.take(LOUD))]
    assert pieces == []
    # Half a second before the end nobody speaks: there it is cut.
    assert cutter.take(LOUD[: SECOND // 2] + quiet) is None
    piece = cutter.take(LOUD[: SECOND // 2])
    assert piece is not None and abs(len(piece) - 4.55 * SECOND) < SECOND / 10 and len(piece) % 2 == 0
    assert len(piece) < LONGEST


@pytest.mark.needs_speech
def test_real_speech_becomes_its_words_within_seconds_and_no_file_is_left(
    talk: Talk, cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(MODEL))
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    assert can_caption("en-GB") and not can_caption("de")
    bo, dee = talk.together(cast.bo)
    reads(dee, bo)
    sound = (np.clip(speech(CITIES), -1, 1) * 32767).astype(np.int16)[: 16_000 * 12].tobytes()
    # A busy machine may take longer than anybody would read along; here it is given the time, and the figures tell.
    monkeypatch.setattr(piecewise, "TOO_OLD_S", 600)
    monkeypatch.setattr(piecewise, "MOST_WAITING", 100)
    texts, behind, began = list[str](), 0.0, time.monotonic()
    for at in range(0, len(sound), SECOND // 4):
        # As a microphone does: a quarter of a second takes one.
        time.sleep(max(0.0, began + at / SECOND - time.monotonic()))
        say(bo, sound[at : at + SECOND // 4])
    say(bo, PAUSE)
    ended, wanted = time.monotonic(), words_said(CITIES)
    while len(plain(" ".join(texts))) < 22:
        texts.append(dee.hear("said")["text"])
        behind = time.monotonic() - ended
    said = plain(" ".join(texts))
    right = len(set(said) & set(wanted[: len(said) + 3])) / len(set(said))
    print(f"12 s: {len(texts)} captions, the last {behind:.1f} s after the end, {right:.0%} right")  # noqa: T201
    assert right > 0.8
    # The rest of it has arrived, and is heard before the engine is left alone.
    bo.heard_until_now()
    piecewise.ear._thread.submit(bool).result(PATIENCE_S)
    assert (tmp_path / "scratch").is_dir() and not [path for path in tmp_path.rglob("*") if path.is_file()]
