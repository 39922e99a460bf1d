"""Whatever arrives under a video's name: no crash, no hang, a clear code, and the healthy beginning is kept."""

import io
import random
import secrets
import zipfile

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.media.steps.calls import make_measurement, make_poster, make_universal, make_watchable
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.hostile import matroska
from tests.media.making import make_recording

UNUSABLE = {"empty", "not_media", "nothing_playable", "picture_too_large", "too_long"}


def outcome_of(source, folder):
    """The milliseconds that were saved, or the code of the failure, which must be one of the file's own faults."""
    try:
        return make_watchable(source, folder).duration_ms
    except MediaFailure as failure:
        assert failure.code in UNUSABLE, failure
        assert failure.permanent
        return failure.code


@pytest.fixture
def sent(tmp_path):
    def send(data: bytes):
        path = tmp_path / "answer.webm"
        path.write_bytes(data)
        return path

    return send


def zip_archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("video.webm", samples.FIREFOX_WEBM.read_bytes()[:1000])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x1a", "not_media"),
        (b"\x1a\x45\xdf\xa3", "nothing_playable"),
        (b"My best answer, in writing.", "not_media"),
        (b"<!doctype html><video src=/etc/passwd></video>", "not_media"),
        (zip_archive(), "not_media"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "not_media"),
        (b"\0\0\0\x20ftypisom" + bytes(4000), "nothing_playable"),
        (b"OggS" + bytes(4000), "nothing_playable"),
        (b"RIFF\xff\xff\xff\xffWAVE" + bytes(4000), "nothing_playable"),
        (samples.CHROMIUM_MP4.read_bytes()[:1200], "nothing_playable"),
        (samples.CHROMIUM_WEBM.read_bytes()[:200], "nothing_playable"),
    ],
    ids=[
        "empty",
        "one byte",
        "magic only",
        "text",
        "html",
        "zip",
        "sdp",
        "mp4",
        "ogg",
        "wav",
        "head of mp4",
        "of webm",
    ],
)
def test_what_is_no_recording_is_named(sent, tmp_path, data, code):
    assert outcome_of(sent(data), tmp_path) == code


@pytest.mark.parametrize("seed", [0, 4])
def test_what_no_container_takes_is_no_crash(sent, tmp_path, seed):
    """Noise that claims to be AAC, FLAC or MP3: the copy refuses its first packet, or each."""
    assert outcome_of(sent(matroska.odd_sound(random.Random(seed))), tmp_path) == "nothing_playable"


@pytest.mark.parametrize("step", [make_watchable, make_measurement, make_universal])
def test_what_opens_into_much_more_than_came_is_refused_by_every_step(sent, tmp_path, step):
    with pytest.raises(MediaFailure) as failure:
        step(sent(matroska.growing(times=12)), tmp_path)
    assert (failure.value.code, failure.value.detail) == ("too_long", "it opens into much more than came")


def test_an_mp4_cut_before_its_index_holds_nothing(sent, tmp_path):
    whole = make_recording(tmp_path / "whole", form="mp4", picture="libx264", options={}).read_bytes()
    assert outcome_of(sent(whole[: len(whole) // 2]), tmp_path) == "nothing_playable"


@pytest.mark.parametrize(
    ("sample", "saved_ms"),
    [
        (samples.CUT_WEBM, 3_971),
        (samples.CUT_MP4, 5_128),
        (samples.DAMAGED_WEBM, 10_271),
        (samples.DAMAGED_METADATA, 231),
    ],
    ids=["cut webm", "cut mp4", "damaged webm", "damaged metadata"],
)
def test_broken_samples_keep_what_is_healthy(tmp_path, sample, saved_ms):
    assert outcome_of(sample, tmp_path) == saved_ms


@pytest.mark.parametrize("percent", range(5, 100, 5))
@pytest.mark.parametrize("sample", [samples.CHROMIUM_WEBM, samples.CHROMIUM_MP4], ids=["webm", "mp4"])
def test_a_recording_cut_anywhere_keeps_every_whole_packet(sent, tmp_path, sample, percent):
    data = sample.read_bytes()
    cut = len(data) * percent // 100
    done = make_watchable(sent(data[:cut]), tmp_path)
    assert done.duration_ms == pytest.approx(end_of_packets_before(sample, cut), abs=40)
    with av.open(str(done.path)) as container:
        assert container.duration / 1000 == pytest.approx(done.duration_ms, abs=40)


def end_of_packets_before(sample, cut):
    """When, in milliseconds, the last packet ends that lies wholly before byte `cut`."""
    with av.open(str(sample)) as container:
        return max(
            1000 * float((packet.pts + (packet.duration or 0)) * packet.time_base)
            for packet in container.demux()
            if packet.size and packet.pos + packet.size <= cut
        )


@pytest.mark.parametrize("one_in", [10_000, 1_000, 100])
@pytest.mark.parametrize("sample", [samples.FIREFOX_WEBM, samples.CUT_MP4], ids=["webm", "mp4"])
def test_random_bytes_changed(sent, tmp_path, sample, one_in):
    seed = secrets.randbits(32)
    print(f"seed {seed}, one byte in {one_in}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    for _ in range(4):
        data = bytearray(sample.read_bytes())
        for place in chance.sample(range(200, len(data)), len(data) // one_in):
            data[place] = chance.randrange(256)
        source = sent(bytes(data))
        outcome_of(source, tmp_path)
        try:
            make_poster(source, tmp_path)
        except MediaFailure as failure:
            assert failure.code in UNUSABLE, failure


HEADS = {"webm": {}, "mp4": {"form": "mp4", "picture": "libx264", "sound": "aac"}}


@pytest.fixture(scope="module")
def small_recordings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return {form: make_recording(folder / form, seconds=1, **how).read_bytes() for form, how in HEADS.items()}


@pytest.mark.parametrize("form", HEADS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(4, 1500), st.integers(0, 255)), min_size=1, max_size=12))
def test_any_header(small_recordings, sent, tmp_path, form, changes):
    data = bytearray(small_recordings[form])
    for place, value in changes:
        data[place] = value
    outcome_of(sent(bytes(data)), tmp_path)
