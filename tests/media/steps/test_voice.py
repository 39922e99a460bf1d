"""The voice alone: no picture, no metadata, the sound as it was."""

import av
import pytest

from bothways.media.steps.calls import make_universal, make_voice, make_watchable
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.making import decoded_seconds, make_recording

TOLD = {"title": "Xanthippe Rarebird", "comment": "made in Kestrel Street", "location": "+52.5+13.4/"}
ON_TRACKS = {"handler_name": "Rarebird camera", "language": "deu"}


def told_recording(path, **making):
    """A recording whose file says who, where and with what."""
    making = {"form": "mp4", "picture": "libx264", "sound": "aac", **making}
    plain = make_recording(path.with_name("plain"), seconds=2, **making)
    with av.open(str(plain)) as before, av.open(str(path), "w", format=making["form"]) as after:
        after.metadata.update(TOLD)
        tracks = {}
        for stream in before.streams:
            tracks[stream.index] = after.add_stream_from_template(stream)
            tracks[stream.index].metadata.update(ON_TRACKS)
        for packet in before.demux():
            if packet.size:
                packet.stream = tracks[packet.stream.index]
                after.mux(packet)
    assert b"Rarebird" in path.read_bytes()
    return path


def test_it_holds_sound_and_nothing_else(tmp_path):
    done = make_voice(told_recording(tmp_path / "source"), tmp_path)
    with av.open(str(done)) as container:
        assert [(s.type, s.codec_context.name) for s in container.streams] == [("audio", "aac")]
        assert not set(container.metadata) - {"major_brand", "minor_version", "compatible_brands"}
    assert done.name == "voice.m4a"
    data = done.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


@pytest.mark.parametrize("make", [make_voice, make_universal, lambda s, f: make_watchable(s, f).path])
@pytest.mark.parametrize("making", [{}, {"form": "webm", "picture": "libvpx", "sound": "libopus"}], ids=["mp4", "webm"])
def test_nothing_that_the_file_told_is_left(tmp_path, make, making):
    source = told_recording(tmp_path / "source", **making)
    made = make(source, tmp_path).read_bytes()
    for word in (b"Rarebird", b"Kestrel", b"+52.5", b"camera"):
        assert word not in made, word


def test_aac_is_copied(tmp_path):
    source = make_recording(tmp_path / "source", form="mp4", picture="libx264", sound="aac")
    done = make_voice(source, tmp_path)
    with av.open(str(source)) as before, av.open(str(done)) as after:
        recorded, kept = ([bytes(p) for p in c.demux(audio=0) if p.size] for c in (before, after))
    assert kept == recorded


def test_opus_is_encoded(tmp_path):
    done = make_voice(samples.CHROMIUM_WEBM, tmp_path)
    assert decoded_seconds(done) == pytest.approx({"audio": 10.1}, abs=0.4)


def test_a_picture_without_sound_has_no_voice(tmp_path):
    with pytest.raises(MediaFailure) as failure:
        make_voice(make_recording(tmp_path / "source", seconds=1, sound=None), tmp_path)
    assert failure.value.code == "nothing_playable"
