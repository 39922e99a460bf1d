"""A three-minute answer, made of ten seconds that Chromium really recorded, again and again."""

from pathlib import Path

import av

SECONDS = 180
SAMPLE_SECONDS = 10.32  # one sample and a frame, so that clocks never run back
SAMPLES = Path(__file__).parents[2] / "tests" / "samples"
FORMS = {
    "webm": (SAMPLES / "chromium-10s-vp8-opus.webm", {"live": "1"}),
    "mp4": (
        SAMPLES / "chromium-10s-h264-opus-fragmented.mp4",
        {"movflags": "frag_keyframe+empty_moov+default_base_moof"},
    ),
}


def make_answer(folder: Path, form: str, seconds: int = SECONDS) -> Path:
    """Write `folder`/answer.webm or .mp4 the way a recorder does: no index, no length in the header."""
    sample, options = FORMS[form]
    target = folder / f"answer.{form}"
    with av.open(str(sample)) as template, av.open(str(target), "w", format=form, options=options) as out:
        tracks = [out.add_stream_from_template(stream, opaque=True) for stream in template.streams]
        for round_number in range(round(seconds / SAMPLE_SECONDS)):
            _append(sample, round_number * SAMPLE_SECONDS, tracks, out)
    return target


def _append(sample: Path, at_seconds: float, tracks: list[av.stream.Stream], out: av.container.OutputContainer) -> None:
    with av.open(str(sample)) as source:
        for packet in source.demux():
            if packet.dts is None:
                continue
            shift = round(at_seconds / packet.time_base)
            packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
            packet.stream = tracks[packet.stream_index]
            out.mux(packet)
