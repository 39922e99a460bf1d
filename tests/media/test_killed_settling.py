"""A worker killed with -9 in the middle of settling: it is done once more, without help and without double effects."""

import json
import random
import secrets
import subprocess
import sys
import time

from tests.media import samples

KILLS = 4
START = "import django; django.setup(); from tests.media.killed_worker import main; main()"


def start(environment, *words):
    return subprocess.Popen([sys.executable, "-c", START, *words], env=environment, stdout=subprocess.PIPE, text=True)


def run(environment, *words):
    process = start(environment, *words)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(output.splitlines()[-1])


def test_killed_at_any_moment_it_is_settled_once(own_data, tmp_path):
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    run(own_data, "fill", str(samples.CHROMIUM_WEBM))
    for _ in range(KILLS):
        worker = start(own_data, "work")
        assert worker.stdout.readline() == "working\n"
        time.sleep(chance.uniform(0, 0.3))
        worker.kill()
        worker.wait()
    run(own_data, "work")
    told = run(own_data, "tell")
    assert (told["state"], told["logged"]) == ("ready", ["recording.ready"])
    # A worker whose job was done by the one before takes the next in the lane.
    assert "playable" in told["renditions"]
    assert len(told["renditions"]) == len(set(told["renditions"]))
    assert told["original"] == samples.CHROMIUM_WEBM.stat().st_size
    assert all(told["sizes"])
    assert [name for name, _ in told["jobs"]] == [
        "media.measurement",
        "media.poster",
        "media.settle",
        "media.sprites",
        "media.universal",
    ]
