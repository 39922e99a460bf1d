"""Write one picture as a JPEG."""

from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame


def write_jpeg(picture: VideoFrame, target: Path) -> None:
    """`picture` must be in yuvj420p. Nothing but the picture is in the file."""
    with av.open(str(target), "w", format="mjpeg") as outgoing:
        encoder = outgoing.add_stream("mjpeg", rate=1, width=picture.width, height=picture.height, pix_fmt="yuvj420p")
        encoder.options = {"qscale": "4"}
        encoder.codec_context.thread_count = 1
        picture.pts, picture.time_base = 0, Fraction(1)
        outgoing.mux([*encoder.encode(picture), *encoder.encode(None)])
