"""Segments become one file: nothing is lost, nothing overlaps, each second stands where it was.

Checked by decoding: the length is the sum, and the sound of each segment is found again where it belongs.
"""

import wave
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.resampler import AudioResampler

from bothways.media.steps.calls import cut_joined, make_joined, make_universal, make_watchable
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.making import decoded_seconds, make_recording

RATE = 8000


def waveform(path: Path) -> np.ndarray:
    """The sound as one array, with silence where the file leaves more than 30 ms out."""
    found = np.zeros(RATE * 60, dtype=np.float32)
    at = 0
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            moment = round(float(frame.pts * frame.time_base) * RATE)
            at = moment if moment > at + 0.03 * RATE else at
            for part in resampler.resample(frame):
                heard = np.frombuffer(bytes(part.planes[0])[: part.samples * 2], dtype=np.int16)
                found[at : at + len(heard)] = heard
                at += len(heard)
    return found[:at]


def likeness(heard: np.ndarray, source: np.ndarray, at_ms: float, slack_ms: int = 60) -> float:
    """The best correlation of `source` with what is heard around `at_ms`."""
    slack, at = round(slack_ms * RATE / 1000), round(at_ms * RATE / 1000)
    part = source[slack : len(source) - 2 * slack]
    best = 0.0
    for start in range(max(0, at), at + 2 * slack):
        window = heard[start : start + len(part)]
        size = float(np.linalg.norm(window) * np.linalg.norm(part[: len(window)]))
        if size:
            best = max(best, float(window @ part[: len(window)]) / size)
    return best


def end_of(path: Path) -> float:
    return max(decoded_seconds(path).values())


def alone(source: Path, folder: Path) -> int:
    folder.mkdir()
    return make_watchable(source, folder).duration_ms


def assert_sum(done, sources: list[Path], folder: Path) -> list[int]:
    """Its length is that of its segments together, in the answer and when it is decoded. Returns where each begins."""
    lengths = [alone(source, folder / f"alone-{number}") for number, source in enumerate(sources)]
    assert done.duration_ms == pytest.approx(sum(lengths), abs=5 * len(sources))
    assert end_of(done.path) * 1000 == pytest.approx(sum(lengths), abs=80)
    return [sum(lengths[:number]) for number in range(len(lengths))]


def packets_of(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(**{kind: 0}) if packet.size]


@pytest.mark.parametrize("sample", [samples.FIREFOX_WEBM, samples.CHROMIUM_WEBM, samples.CHROMIUM_MP4])
def test_segments_of_one_recorder_are_copied_packet_for_packet(tmp_path, sample):
    sources = [sample, sample, sample]
    done = make_joined(sources, tmp_path)
    assert done is not None and not done.salvaged
    assert_sum(done, sources, tmp_path)
    for kind in ("video", "audio"):
        assert packets_of(done.path, kind) == packets_of(sample, kind) * 3


def assert_heard(done, sources: list[Path], begins: list[int], least: float = 0.9) -> None:
    """Each segment's own sound is found where it begins, and not where another one does."""
    heard = waveform(done.path)
    for source, at in zip(sources, begins, strict=True):
        assert likeness(heard, waveform(source), at) > least, f"{source.name} at {at} ms"


def frames_of(path: Path) -> list[tuple[float, int, int, float]]:
    """Moment, width, height and mean brightness of each picture."""
    found = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            gray = frame.reformat(64, 36, "gray", threads=1).to_ndarray()
            found.append((float(frame.pts * frame.time_base), frame.width, frame.height, float(gray.mean())))
    return found


@pytest.mark.parametrize("later", [samples.FIREFOX_WEBM, samples.CHROMIUM_WEBM], ids=["the same", "another browser"])
def test_both_segments_are_heard_where_they_belong(tmp_path, later):
    sources = [samples.FIREFOX_WEBM, later]
    done = make_joined(sources, tmp_path) or cut_joined(sources, tmp_path)
    assert_heard(done, sources, assert_sum(done, sources, tmp_path))


def test_pictures_in_vp8_may_change_their_size(tmp_path):
    small = make_recording(tmp_path / "small", seconds=2, size=(320, 180))
    large = make_recording(tmp_path / "large", seconds=2, size=(640, 360))
    done = make_joined([small, large, small], tmp_path)
    assert done is not None and (done.width, done.height) == (640, 360)
    assert_sum(done, [small, large, small], tmp_path)
    sizes = [width for _, width, _, _ in frames_of(done.path)]
    assert [sizes[10], sizes[50], sizes[-10]] == [320, 640, 320]


def test_each_segment_begins_with_a_keyframe_and_clocks_never_run_back(tmp_path):
    sources = [samples.CHROMIUM_WEBM, samples.CUT_WEBM, samples.CHROMIUM_WEBM]
    done = make_joined(sources, tmp_path)
    begins = assert_sum(done, sources, tmp_path)
    with av.open(str(done.path)) as container:
        found = [(p.stream.type, float(p.dts * p.time_base), p.is_keyframe) for p in container.demux() if p.size]
    for kind in ("video", "audio"):
        moments = [moment for kind_, moment, _ in found if kind_ == kind]
        assert moments == sorted(set(moments))
    keys = [moment * 1000 for kind, moment, is_keyframe in found if kind == "video" and is_keyframe]
    for begin in begins:
        assert min(abs(key - begin) for key in keys) < 120


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"form": "mp4", "picture": "libx264", "sound": "aac"}),
        ({"picture": None}, {}),
        ({}, {"sound": None}),
        (
            {"form": "mp4", "picture": "libx264", "sound": "aac"},
            {"form": "mp4", "picture": "libx264", "sound": "aac", "size": (640, 360)},
        ),
        (
            {"form": "mp4", "picture": "libx264", "sound": "aac"},
            {"form": "mp4", "picture": "libx264", "sound": "aac", "rotation": 90},
        ),
        ({"picture": None}, {"picture": None, "form": "mp4", "sound": "aac"}),
    ],
    ids=[
        "webm and mp4",
        "a voice, then a picture",
        "no sound",
        "h264 of another size",
        "a turned phone",
        "opus and aac",
    ],
)
def test_what_a_player_cannot_go_on_with_is_not_copied(tmp_path, first, second):
    sources = [make_recording(tmp_path / "1", seconds=2, **first), make_recording(tmp_path / "2", seconds=2, **second)]
    assert make_joined(sources, tmp_path) is None
    done = cut_joined(sources, tmp_path)
    assert_sum(done, sources, tmp_path)
    assert not done.salvaged


@pytest.mark.parametrize("form", [{}, {"form": "mp4", "picture": "libx264", "sound": "aac"}], ids=["webm", "mp4"])
def test_a_voice_after_a_picture_is_copied_and_the_last_picture_stays(tmp_path, form):
    """The recorder lets the picture go where the line is too weak for it, and takes it up again."""
    seen = make_recording(tmp_path / "seen", seconds=3, **form)
    heard = make_recording(tmp_path / "heard", seconds=2, **{**form, "picture": None})
    done = make_joined([seen, heard, seen], tmp_path)
    assert done is not None and (done.width, done.video_codec != "") == (320, True)
    begins = assert_sum(done, [seen, heard, seen], tmp_path)
    moments = [moment * 1000 for moment, *_ in frames_of(done.path)]
    assert not [moment for moment in moments if begins[1] + 50 < moment < begins[2] - 5]
    assert [moment for moment in moments if moment >= begins[2] - 5]
    sound = packets_of(done.path, "audio")
    assert sound == packets_of(seen, "audio") + packets_of(heard, "audio") + packets_of(seen, "audio")
    everywhere = make_universal(done.path, tmp_path)
    assert end_of(everywhere) * 1000 == pytest.approx(done.duration_ms, abs=150)


def test_webm_and_mp4_are_encoded_anew_and_both_are_heard_and_seen(tmp_path):
    sources = [samples.FIREFOX_WEBM, samples.CHROMIUM_MP4]
    assert make_joined(sources, tmp_path) is None
    done = cut_joined(sources, tmp_path)
    assert (done.mime, done.video_codec, done.audio_codec) == ("video/mp4", "h264", "aac")
    assert (done.width, done.height) == (1280, 720)
    begins = assert_sum(done, sources, tmp_path)
    assert_heard(done, sources, begins)
    frames = frames_of(done.path)
    assert {(width, height) for _, width, height, _ in frames} == {(1280, 720)}
    recorded = sum(len(packets_of(source, "video")) for source in sources)
    assert len(frames) == pytest.approx(recorded, abs=3), "no picture is lost or doubled"


def test_voice_alone_is_dark_before_and_after_a_picture(tmp_path):
    sources = [samples.WEBKIT_SOUND, samples.FIREFOX_WEBM, samples.WEBKIT_SOUND]
    assert make_joined(sources, tmp_path) is None
    done = cut_joined(sources, tmp_path)
    begins = assert_sum(done, sources, tmp_path)
    frames = frames_of(done.path)
    dark = [moment * 1000 for moment, _, _, light in frames if light < 20]
    assert min(dark) == 0
    assert any(moment > begins[2] for moment in dark)
    assert not [moment for moment in dark if begins[1] + 50 < moment < begins[2] - 50]
    gaps = [after - before for (before, *_), (after, *_) in pairwise(frames)]
    assert max(gaps) < 1.1
    assert_heard(done, sources[1:2], begins[1:2])


def test_a_picture_without_sound_is_silent_and_keeps_the_rest_in_its_place(tmp_path):
    mute = make_recording(tmp_path / "mute", seconds=3, sound=None)
    sources = [samples.FIREFOX_WEBM, mute, samples.FIREFOX_WEBM]
    done = cut_joined(sources, tmp_path)
    begins = assert_sum(done, sources, tmp_path)
    assert_heard(done, [sources[0], sources[2]], [begins[0], begins[2]])
    heard = waveform(done.path)
    middle = heard[round((begins[1] + 200) * RATE / 1000) : round((begins[2] - 100) * RATE / 1000)]
    assert np.abs(middle).max() < 60


def test_the_same_clip_is_not_found_where_another_one_stands(tmp_path):
    """The measure of these tests can fail."""
    done = make_joined([samples.FIREFOX_WEBM, samples.FIREFOX_WEBM], tmp_path)
    assert likeness(waveform(done.path), waveform(samples.FIREFOX_WEBM), 500) < 0.5
    assert likeness(waveform(done.path), waveform(samples.CHROMIUM_WEBM), 0) < 0.5


def test_a_damaged_segment_gives_its_healthy_beginning(tmp_path):
    cut = tmp_path / "cut"
    data = samples.FIREFOX_WEBM.read_bytes()
    cut.write_bytes(data[: len(data) // 2] + b"\x00" * 1000)
    sources = [samples.FIREFOX_WEBM, cut, samples.FIREFOX_WEBM]
    done = make_joined(sources, tmp_path)
    begins = assert_sum(done, sources, tmp_path)
    assert 2000 < begins[2] - begins[1] < 6000
    assert_heard(done, sources, begins)


@pytest.mark.parametrize("step", [make_joined, cut_joined])
@pytest.mark.parametrize("bad", [b"", b"words", b"\x1a\x45\xdf\xa3", b"\x00\x00\x00\x18ftypisom"], ids=repr)
def test_a_segment_without_anything_playable_is_left_out(tmp_path, step, bad):
    broken = tmp_path / "broken"
    broken.write_bytes(bad)
    done = step([broken, samples.FIREFOX_WEBM], tmp_path)
    assert done.salvaged
    assert done.duration_ms == pytest.approx(8059, abs=5)


def test_nothing_playable_at_all(tmp_path):
    broken = tmp_path / "broken"
    broken.write_bytes(b"words")
    for step in (make_joined, cut_joined):
        with pytest.raises(MediaFailure) as failure:
            step([broken, broken], tmp_path)
        assert (failure.value.code, failure.value.permanent) == ("not_media", True)


def test_together_they_may_not_be_longer_than_the_longest_answer(tmp_path):
    source = tmp_path / "source"
    with wave.open(str(source), "wb") as file:
        file.setparams((1, 1, 1000, 0, "NONE", ""))
        file.writeframes(bytes(12 * 60 * 1000))
    assert make_joined([source, source], tmp_path).duration_ms == 24 * 60 * 1000
    with pytest.raises(MediaFailure) as failure:
        make_joined([source] * 3, tmp_path)
    assert failure.value.code == "too_long"
