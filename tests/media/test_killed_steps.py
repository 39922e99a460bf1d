"""A worker killed with -9 while a step runs: the step ends with it, and what it left lying is cleared away."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from bothways.media.actions.scratch import clear_left_over, scratch_folder
from bothways.media.steps.limits import Limits
from bothways.media.steps.orphans import ENTRY, end_steps_in
from tests.media import samples

ROOT = Path(__file__).parents[2]
WORKER = """
import sys
from pathlib import Path
import django
django.setup()
from bothways.media.actions.scratch import scratch_folder
from bothways.media.steps.limits import Limits
from bothways.media.steps.process import run_step
with scratch_folder() as folder:
    print(folder, flush=True)
    run_step("watchable", Path(sys.argv[1]), folder, Limits())
"""


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    """Scratch room of its own."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.fixture
def endless(tmp_path):
    """A source that never gives a byte. Whoever opens it to write waits until a step has opened it to read."""
    path = tmp_path / "endless"
    os.mkfifo(path)
    return path


def grow_old(folder):
    an_hour_ago = time.time() - 3600
    os.utime(folder, (an_hour_ago, an_hour_ago))


def begin_step(source, folder, parent):
    """The process of a step, without the worker that watches it."""
    order = {
        "step": "watchable",
        "sources": [str(source)],
        "folder": str(folder),
        "options": {},
        "limits": asdict(Limits()),
        "parent": parent,
    }
    paths = ":".join(path for path in sys.path if path)
    words = [sys.executable, "-I", "-S", "-c", ENTRY, paths, json.dumps(order)]
    return subprocess.Popen(words, env={}, stdout=subprocess.PIPE)


def test_a_step_ends_with_its_worker_and_its_folder_is_cleared(endless, data):
    environment = os.environ | {
        "BOTHWAYS_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "bothways.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, endless], env=environment, stdout=subprocess.PIPE, text=True
    )
    folder = Path(worker.stdout.readline().strip())
    with endless.open("wb"):
        (step,) = map(int, Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split())
        handle = os.pidfd_open(step)
        worker.kill()
        worker.communicate()
        ended, _, _ = select.select([handle], [], [], 30)
        os.close(handle)
    assert ended
    assert folder.is_dir()
    grow_old(folder)
    assert clear_left_over() == 1
    assert not folder.exists()


def test_a_step_whose_worker_died_before_it_could_ask_to_end_with_it(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    step = begin_step(samples.CHROMIUM_WEBM, tmp_path, gone.pid)
    said, _ = step.communicate()
    assert (step.returncode, said) == (1, b"")
    assert not (tmp_path / "playable.webm").exists()


def test_the_sweep_ends_a_step_that_is_left_and_no_other(endless, data):
    left = data / "scratch" / "left"
    left.mkdir(parents=True)
    with scratch_folder() as held:
        step, other = (begin_step(endless, folder, os.getpid()) for folder in (left, held))
        with endless.open("wb"):
            grow_old(left)
            grow_old(held)
            assert clear_left_over() == 1
            assert step.wait() == -signal.SIGKILL
            assert other.poll() is None
            assert held.is_dir()
            assert not left.exists()
            assert end_steps_in(held) == 1
            assert other.wait() == -signal.SIGKILL
    for process in (step, other):
        process.stdout.close()
    assert not held.exists()


def test_a_folder_that_was_made_just_now_is_left_alone(data):
    fresh = data / "scratch" / "fresh"
    fresh.mkdir(parents=True)
    assert clear_left_over() == 0
    assert fresh.exists()
