"""Bring decoded pictures into one upright shape, whatever the camera does in the middle of the recording."""

from fractions import Fraction

from av.filter import Graph
from av.video.frame import VideoFrame

from bothways.media.steps.rotation import angle_of, turning_filter


def fitting_size(frame: VideoFrame, long_side: int, short_side: int) -> tuple[int, int]:
    """The largest even width and height, upright and never enlarged, within long_side × short_side either way round."""
    return fitting(*upright_size(frame), long_side, short_side)


def upright_size(frame: VideoFrame) -> tuple[int, int]:
    """Width and height as shown."""
    return (frame.height, frame.width) if angle_of(frame) in (90, 270) else (frame.width, frame.height)


def fitting(width: int, height: int, long_side: int, short_side: int) -> tuple[int, int]:
    """The largest even size of the same proportions, never enlarged, within long_side × short_side either way round."""
    scale = min(1.0, long_side / max(width, height), short_side / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class Shaper:
    """Turns frames upright and fits them into width × height, with bars where the proportions differ."""

    def __init__(self, width: int, height: int, pixels: str, time_base: Fraction) -> None:
        self._width, self._height, self._pixels, self._time_base = width, height, pixels, time_base
        self._graph: Graph | None = None
        self._fits: tuple[int, int, str, int] | None = None

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        frame_is = (frame.width, frame.height, frame.format.name, angle_of(frame))
        # A phone that is turned changes the pictures in the middle of the file.
        if self._graph is None or frame_is != self._fits:
            self._graph, self._fits = self._build(frame), frame_is
        self._graph.push(frame)
        return self._graph.pull()

    def _build(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        graph.threads = 1
        chain = [
            graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format.name, time_base=self._time_base
            )
        ]
        turning = turning_filter(frame)
        for name in turning.split(",") if turning else ():
            chain.append(graph.add(*name.split("=")))
        box = f"{self._width}:{self._height}"
        chain.append(graph.add("scale", f"{box}:force_original_aspect_ratio=decrease"))
        chain.append(graph.add("pad", f"{box}:-1:-1"))
        chain.append(graph.add("setsar", "1"))
        chain.append(graph.add("format", self._pixels))
        chain.append(graph.add("buffersink"))
        graph.link_nodes(*chain).configure()
        return graph
