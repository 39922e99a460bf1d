"""What becomes of one hostile file: through the steps as the product calls them, and through `settle`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bothways.media.actions.recordings import settle
from bothways.media.models import Recording
from bothways.media.steps.calls import (
    cut_joined,
    make_joined,
    make_measurement,
    make_poster,
    make_sound,
    make_sprites,
    make_universal,
    make_voice,
    make_watchable,
)
from bothways.media.steps.failure import MediaFailure
from tests.media.hostile.corpus import Corpus, Hostile
from tests.media.hostile.targets import Targets


@dataclass(frozen=True, slots=True)
class Outcome:
    """`end` is "ready" or the code of a failure; `complaint` says what must not be, else it is empty."""

    number: int
    name: str
    step: str
    end: str
    detail: str
    seconds: float
    complaint: str = ""


def meet(corpus: Corpus, number: int, targets: Targets) -> list[Outcome]:
    """Every file becomes watchable or fails; every third goes through one of the other steps as it came, too."""
    hostile = corpus[number]
    outcomes = []
    with TemporaryDirectory() as room:
        source = Path(room) / "answer.webm"
        source.write_bytes(hostile.data)
        steps: list[tuple[str, Callable[[Path, Path], object]]] = [("watchable", make_watchable)]
        if number % 3 == 0:
            # Half an hour of sound in a small file takes its minutes to encode, within the limits: not here.
            is_short = len(hostile.data) < _SHORT_BYTES and "an_hour" not in hostile.name
            others = (*_LOOKING, *_ENCODING) if is_short else _LOOKING
            steps.append(others[number // 3 % len(others)])
        for step, run in steps:
            folder = Path(room) / step
            folder.mkdir()
            outcomes.append(_run(number, hostile, step, lambda run=run, to=folder: run(source, to), folder, targets))
    return outcomes


def meet_settling(corpus: Corpus, number: int, receive: Callable[[bytes], Recording], targets: Targets) -> Outcome:
    hostile = corpus[number]
    with TemporaryDirectory() as room:
        recording = receive(hostile.data)

        def settled() -> None:
            settle(recording_id=recording.id)
            recording.refresh_from_db()
            if not recording.is_settled:
                raise AssertionError("not settled")
            if recording.failure_code:
                raise MediaFailure(recording.failure_code, recording.failure_detail)

        return _run(number, hostile, "settle", settled, Path(room), targets)


def _run(
    number: int, hostile: Hostile, step: str, run: Callable[[], object], folder: Path, targets: Targets
) -> Outcome:
    began, end, detail, complaint = time.monotonic(), "ready", "", ""
    try:
        run()
    except MediaFailure as failure:
        end, detail = failure.code, failure.detail
        # A decoder may die: that is what the yard is for. What our own code in it did not foresee is a fault of ours.
        if end == "crashed" and not detail.startswith("SIG"):
            complaint = detail
    except Exception as error:
        end, complaint = "error", repr(error)
    told = detail.encode() + b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    if targets.are_in(told):
        complaint = "a secret came out"
    return Outcome(number, hostile.name, step, end, detail, time.monotonic() - began, complaint)


def _joined_with_itself(source: Path, folder: Path) -> object:
    return make_joined([source, source], folder)


def _cut_with_itself(source: Path, folder: Path) -> object:
    return cut_joined([source, source], folder)


def _sprites(source: Path, folder: Path) -> object:
    return make_sprites(source, folder, duration_ms=10_000)


_LOOKING = (
    ("poster", make_poster),
    ("measurement", make_measurement),
    ("joined", _joined_with_itself),
    ("sprites", _sprites),
    ("voice", make_voice),
    ("sound", make_sound),
)
_ENCODING = (("universal", make_universal), ("cut", _cut_with_itself))
_SHORT_BYTES = 300_000
