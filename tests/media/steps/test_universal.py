import random
from fractions import Fraction

import av
import pytest

from bothways.media.steps.calls import make_universal
from tests.media import samples
from tests.media.making import decoded_seconds, make_recording


def codecs_of(path):
    with av.open(str(path)) as container:
        return [stream.codec_context.codec.canonical_name for stream in container.streams]


def test_vp8_is_encoded_and_progress_is_told(tmp_path):
    heard = []
    source = make_recording(tmp_path / "source", options={})
    done = make_universal(source, tmp_path, heard.append)
    assert codecs_of(done) == ["h264", "aac"]
    assert decoded_seconds(done) == pytest.approx({"video": 2.95, "audio": 3.0}, abs=0.1)
    assert heard == sorted(heard)
    assert len(heard) > 20
    data = done.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_h264_pictures_are_copied_and_only_the_sound_is_encoded(tmp_path):
    done = make_universal(samples.CHROMIUM_MP4, tmp_path)
    assert codecs_of(done) == ["h264", "aac"]
    with av.open(str(samples.CHROMIUM_MP4)) as before, av.open(str(done)) as after:
        recorded, kept = ([bytes(p) for p in c.demux(video=0) if p.size] for c in (before, after))
    assert kept == recorded


def test_h264_with_aac_is_copied_whole(tmp_path):
    source = make_recording(tmp_path / "source", form="mp4", picture="libx264", sound="aac", rotation=90)
    done = make_universal(source, tmp_path)
    with av.open(str(done)) as container:
        assert next(container.decode(video=0)).rotation == 90
    assert codecs_of(done) == ["h264", "aac"]


def test_large_pictures_become_720p_and_uneven_ones_even(tmp_path):
    source = make_recording(tmp_path / "source", seconds=0.5, size=(1922, 1081), picture="libvpx", sound=None)
    with av.open(str(make_universal(source, tmp_path))) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (1280, 720)


def test_sound_alone_and_picture_alone(tmp_path):
    for making, codecs in (({"picture": None}, ["aac"]), ({"sound": None}, ["h264"])):
        source = make_recording(tmp_path / "source", seconds=1, **making)
        assert codecs_of(make_universal(source, tmp_path)) == codecs


def test_noise_does_not_make_it_larger_than_the_ceiling(tmp_path):
    """A dark room is all noise, which nothing can compress: 1.8 Mbit/s is the most, as it says in X264."""
    source = record_noise(tmp_path / "source", seconds=6)
    assert source.stat().st_size > 6 * 5_000_000 / 8
    done = make_universal(source, tmp_path)
    assert done.stat().st_size < (6 * 1_800_000 + 3_600_000) / 8 * 1.1


def record_noise(path, seconds):
    noise = random.Random(20)
    with av.open(str(path), "w", format="webm", options={"live": "1"}) as out:
        track = out.add_stream("libvpx", rate=20, width=640, height=360, pix_fmt="yuv420p")
        track.options = {"deadline": "realtime", "cpu-used": "16", "crf": "4", "b": "20M"}
        track.codec_context.thread_count = 1
        for number in range(seconds * 20):
            frame = av.VideoFrame(640, 360, "gray")
            frame.planes[0].update(noise.randbytes(frame.planes[0].buffer_size))
            picture = frame.reformat(format="yuv420p", threads=1)
            picture.pts, picture.time_base = number, Fraction(1, 20)
            out.mux(track.encode(picture))
        out.mux(track.encode(None))
    return path


def test_vp9_is_encoded(tmp_path):
    options = {"picture": "libvpx-vp9", "seconds": 1, "size": (160, 90), "rate": 5}
    done = make_universal(make_recording(tmp_path / "source", **options), tmp_path)
    assert codecs_of(done) == ["h264", "aac"]
    assert decoded_seconds(done)["video"] == pytest.approx(0.8, abs=0.05)


def test_damaged_pictures_are_passed_over(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(samples.DAMAGED_WEBM.read_bytes()[:500_000])
    done = make_universal(source, tmp_path)
    assert decoded_seconds(done)["video"] == pytest.approx(3.9, abs=0.3)
