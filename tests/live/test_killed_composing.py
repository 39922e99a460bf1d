"""A worker killed with -9 while it puts a talk together: it is made once in the end, and nothing lies about twice."""

import json
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.media.conftest import own_data

KILLS = 3
START = "import django; django.setup(); from tests.live.killed_composing import main; main()"

__all__ = ["own_data"]


def start(environment, *words):
    return subprocess.Popen([sys.executable, "-c", START, *words], env=environment, stdout=subprocess.PIPE, text=True)


def run(environment, *words):
    process = start(environment, *words)
    output, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return json.loads(output.splitlines()[-1])


@pytest.mark.timeout(600)
def test_killed_at_any_moment_it_is_put_together_once(own_data):
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    run(own_data, "fill")
    for _ in range(KILLS):
        worker = start(own_data, "work")
        assert worker.stdout.readline() == "working\n"
        time.sleep(chance.uniform(0, 1.5))
        worker.kill()
        worker.wait()
    run(own_data, "work")
    told = run(own_data, "tell")
    size = told.pop("size")
    assert told == {"state": "ready", "logged": 1, "recordings": 1, "takes": 1, "job": "done"}
    assert size
    left = list((Path(own_data["BOTHWAYS_DATA_DIR"]) / "scratch").iterdir())
    assert len(left) <= KILLS, "each killed worker leaves at most its own folder, which is cleared away"
