"""A step never outlives its limits, and says which one it met."""

import contextlib
import dataclasses
import os
import signal
import threading
from pathlib import Path

import pytest

from bothways.media.steps import remux
from bothways.media.steps.child import translate
from bothways.media.steps.failure import MediaFailure
from bothways.media.steps.limits import MIB, Limits
from bothways.media.steps.process import run_step
from tests.media import samples
from tests.media.making import make_recording

ROOMY = Limits()


def failure_of(step, source, folder, **tighter):
    with pytest.raises(MediaFailure) as failure:
        run_step(step, source, folder, dataclasses.replace(ROOMY, **tighter))
    return failure.value.code, failure.value.permanent


@pytest.fixture
def endless(tmp_path):
    """A source that never gives a byte: whoever opens it waits."""
    path = tmp_path / "endless"
    os.mkfifo(path)
    return path


def test_a_step_that_hangs_is_ended_and_may_be_tried_again(endless, tmp_path):
    before = children()
    assert failure_of("watchable", endless, tmp_path, wall_seconds=1) == ("too_slow", False)
    assert children() <= before


def test_processor_time_is_bounded(tmp_path):
    source = make_recording(tmp_path / "source", seconds=8, size=(1280, 720), sound=None, rate=30)
    assert failure_of("universal", source, tmp_path, cpu_seconds=1) == ("too_slow", True)


def test_memory_is_bounded(tmp_path):
    source = make_recording(tmp_path / "source", seconds=1, size=(3840, 2160), sound=None)
    assert failure_of("universal", source, tmp_path, memory_bytes=160 * MIB) == ("out_of_memory", True)


def test_an_output_that_grows_without_end_is_stopped(tmp_path):
    assert failure_of("watchable", samples.CHROMIUM_WEBM, tmp_path, file_bytes=100_000) == ("too_long", True)


@pytest.mark.parametrize("sample", [samples.CHROMIUM_WEBM, samples.CHROMIUM_MP4], ids=["webm", "mp4"])
def test_a_full_disk_is_a_passing_failure(tmp_path, sample):
    for name in ("playable.webm", "playable.mp4"):
        (tmp_path / name).symlink_to("/dev/full")
    # In this process: a confined one is not shown /dev/full.
    with pytest.raises(OSError, match="No space left") as full:
        remux.make_watchable(sample, tmp_path)
    failure = translate(full.value)
    assert (failure.code, failure.permanent) == ("disk_full", False)


@pytest.mark.parametrize(
    ("sent", "permanent"),
    [(signal.SIGKILL, False), (signal.SIGTERM, False), (signal.SIGSEGV, True), (signal.SIGRTMIN + 3, True)],
    ids=lambda x: str(x),
)
def test_a_step_that_dies_is_told_from_one_that_was_killed(endless, tmp_path, sent, permanent):
    outcome = []

    def run():
        outcome.append(failure_of("watchable", endless, tmp_path))

    before = children()
    thread = threading.Thread(target=run)
    thread.start()
    while not (born := children() - before):
        pass
    (child,) = born
    os.kill(child, sent)
    thread.join()
    assert outcome == [("crashed", permanent)]


def test_a_step_sees_no_environment_and_no_input(endless, tmp_path):
    before = children()
    thread = threading.Thread(target=failure_of, args=("watchable", endless, tmp_path))
    thread.start()
    while not (born := children() - before):
        pass
    (child,) = born
    with endless.open("wb"):  # returns only when the child has come so far as to open it
        about = Path(f"/proc/{child}")
        seen = (about / "environ").read_bytes(), (about / "fd/0").readlink(), os.getpgid(child)
        dies_first = (about / "oom_score_adj").read_text().strip()
    thread.join()
    assert seen == (b"", Path("/dev/null"), child)
    assert dies_first == "1000", "a machine short of memory ends a step, never the service"


def children():
    """The living children of this process."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found
