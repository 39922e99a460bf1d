"""A recording becomes a file with a length and an index, packet for packet what the browser wrote."""

import wave

import av
import pytest

from bothways.media.steps.calls import make_watchable
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.making import decoded_seconds, make_recording


def packets_of(path, kind):
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(**{kind: 0}) if packet.size]


@pytest.mark.parametrize(
    ("sample", "mime", "codecs", "duration_ms"),
    [
        (samples.CHROMIUM_WEBM, "video/webm", ("vp8", "opus"), 10_271),
        (samples.CHROMIUM_MP4, "video/mp4", ("h264", "opus"), 10_061),
        (samples.FIREFOX_WEBM, "video/webm", ("vp8", "opus"), 8_059),
        (samples.WEBKIT_SOUND, "audio/mp4", ("", "aac"), 5_317),
    ],
    ids=["chromium webm", "chromium mp4", "firefox webm", "webkit sound"],
)
def test_what_browsers_record_becomes_watchable(tmp_path, sample, mime, codecs, duration_ms):
    done = make_watchable(sample, tmp_path)
    assert (done.mime, (done.video_codec, done.audio_codec)) == (mime, codecs)
    assert done.duration_ms == duration_ms
    with av.open(str(done.path)) as container:
        assert abs(container.duration / av.time_base - duration_ms / 1000) < 0.05


@pytest.mark.parametrize("sample", [samples.CHROMIUM_WEBM, samples.CHROMIUM_MP4], ids=["webm", "mp4"])
def test_every_packet_is_the_one_that_was_recorded(tmp_path, sample):
    done = make_watchable(sample, tmp_path)
    for kind in ("video", "audio"):
        assert packets_of(done.path, kind) == packets_of(sample, kind)
    assert not done.salvaged
    assert (done.width, done.height) == (1280, 720)


def test_the_index_stands_in_front(tmp_path):
    webm = make_watchable(samples.CHROMIUM_WEBM, tmp_path).path.read_bytes()
    assert 0 < webm.find(b"\x1c\x53\xbb\x6b") < webm.find(b"\x1f\x43\xb6\x75"), "Cues after the first Cluster"
    mp4 = make_watchable(samples.CHROMIUM_MP4, tmp_path).path.read_bytes()
    assert 0 < mp4.find(b"moov") < mp4.find(b"mdat")


def test_the_same_bytes_give_the_same_file(tmp_path):
    (tmp_path / "again").mkdir()
    first = make_watchable(samples.FIREFOX_WEBM, tmp_path).path.read_bytes()
    assert make_watchable(samples.FIREFOX_WEBM, tmp_path / "again").path.read_bytes() == first


def test_h264_in_matroska_moves_to_mp4(tmp_path):
    source = make_recording(tmp_path / "source", form="matroska", picture="libx264")
    done = make_watchable(source, tmp_path)
    assert (done.container, done.video_codec) == ("mp4", "h264")
    assert decoded_seconds(done.path) == pytest.approx({"video": 2.95, "audio": 3.0}, abs=0.1)


@pytest.mark.parametrize(
    ("making", "mime"),
    [
        ({"picture": None}, "audio/webm"),
        ({"picture": None, "form": "ogg"}, "audio/webm"),
        ({"picture": None, "form": "mp4", "sound": "aac"}, "audio/mp4"),
        ({"picture": None, "form": "wav", "sound": "pcm_s16le"}, "audio/wav"),
        ({"sound": None}, "video/webm"),
        ({"sound": None, "form": "mp4", "picture": "libx264"}, "video/mp4"),
    ],
    ids=["webm sound", "ogg sound", "mp4 sound", "wav sound", "webm picture", "mp4 picture"],
)
def test_sound_alone_and_picture_alone(tmp_path, making, mime):
    done = make_watchable(make_recording(tmp_path / "source", **making), tmp_path)
    assert done.mime == mime
    assert done.duration_ms == pytest.approx(3000, abs=60)
    assert list(decoded_seconds(done.path)) == [mime.split("/")[0]]


def test_a_phone_held_upright_is_shown_upright(tmp_path):
    source = make_recording(tmp_path / "source", form="mp4", picture="libx264", sound="aac", rotation=90)
    done = make_watchable(source, tmp_path)
    assert (done.width, done.height) == (180, 320)
    with av.open(str(done.path)) as container:
        assert next(container.decode(video=0)).rotation == 90


def test_a_portrait_picture_stays_portrait(tmp_path):
    done = make_watchable(make_recording(tmp_path / "source", size=(180, 320)), tmp_path)
    assert (done.width, done.height) == (180, 320)


def test_the_length_is_counted_from_packets_not_read_from_the_header(tmp_path):
    source = make_recording(tmp_path / "source", form="mp4", picture="libx264", sound=None)
    data = source.read_bytes()
    place = data.index(b"mvhd") + 20
    source.write_bytes(data[:place] + (90_000_000).to_bytes(4, "big") + data[place + 4 :])
    assert make_watchable(source, tmp_path).duration_ms == pytest.approx(3000, abs=60)


def test_clocks_that_begin_late_are_set_to_zero(tmp_path):
    done = make_watchable(make_recording(tmp_path / "source", starts_at=400.0), tmp_path)
    assert done.duration_ms == pytest.approx(3000, abs=60)
    assert decoded_seconds(done.path)["video"] == pytest.approx(2.95, abs=0.06)


def test_longer_than_the_longest_answer_is_refused(tmp_path):
    source = tmp_path / "source"
    with wave.open(str(source), "wb") as file:
        file.setparams((1, 1, 1000, 0, "NONE", ""))
        file.writeframes(bytes(36 * 60 * 1000))
    with pytest.raises(MediaFailure) as failure:
        make_watchable(source, tmp_path)
    assert (failure.value.code, failure.value.permanent) == ("too_long", True)
