"""The processes of the real product die by kill -9, again and again, while candidates upload and jobs run."""

import hashlib
import os
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.journeys.rooms import room, run
from tests.journeys.uploading import Device
from tests.product import ROOT, Product

pytestmark = pytest.mark.alone

SAMPLES = ROOT / "tests" / "samples"
WEBM = SAMPLES / "chromium-10s-vp8-opus.webm"
MP4 = SAMPLES / "chromium-10s-h264-opus-fragmented.mp4"
SOUND = SAMPLES / "webkitgtk-4s-audio-aac.mp4"
FILES = [[WEBM, MP4, SOUND, MP4, MP4, MP4, MP4, MP4], [MP4, SOUND], [MP4, SOUND], [SOUND, MP4]]
"""What each candidate sends, one after the other. Few WebM, because they are encoded anew: that takes seconds each."""

KILLS = {"web": 4, "short": 4, "media": 4}
"""Four times at most may a worker die in one job: the fifth attempt is the last one."""

LONGEST_S = 90
SETTLED_WITHIN_S = 60
ENCODED_WITHIN_S = 60


def test_whatever_dies_nothing_acknowledged_is_lost_and_everything_settles(product: Product) -> None:
    seed = int(os.environ.get("BOTHWAYS_TEST_SEED", 0)) or random.randrange(1, 2**32)
    sys.stdout.write(f"BOTHWAYS_TEST_SEED={seed} does these kills again\n")
    begun = time.monotonic()
    links = room(product, "fill")
    devices = [Device(product.port, *of_one, begun + LONGEST_S) for of_one in zip(links, FILES, strict=True)]
    over = threading.Event()
    with ThreadPoolExecutor(len(devices)) as threads:
        recording = [threads.submit(device.record_while, lambda: not over.is_set()) for device in devices]
        try:
            kills = kill_at_random(product, random.Random(seed), begun + LONGEST_S)
        finally:
            over.set()
        settled_by = time.monotonic() + SETTLED_WITHIN_S
        for done in recording:
            done.result()
        for done in [threads.submit(device.wait_until_settled, settled_by) for device in devices]:
            done.result()
    found = wait_for_the_end_of_jobs(product, settled_by + ENCODED_WITHIN_S)

    assert kills == sum(KILLS.values())
    assert sum(device.broken_lines for device in devices) > 0, "no kill has hit an upload"
    assert [loss for device in devices for loss in device.lost] == []
    assert [error for device in devices for error in device.errors] == []
    sent = {take.client_key: take for device in devices for take in device.takes}
    assert found["jobs"] == []
    assert found["doubled"] == []
    assert found["takes"].keys() == sent.keys()
    assert found["rows"] == [len(sent), len(sent)]
    for key, take in sent.items():
        kept = found["takes"][key]
        assert take.state == kept["state"] == "ready", f"{take} {kept}"
        assert kept["sha256"] == hashlib.sha256(take.file.read_bytes()).hexdigest()
        assert kept["whole"]
        seen = [] if take.file == SOUND else ["poster", "sprites"]
        assert kept["renditions"] == sorted(["peaks", "playable", "universal", "voice", *seen])
    verified = run(product, "bothways.config.commands", "audit", "verify", "--data", str(product.data))
    assert verified.returncode == 0, verified.stdout


def kill_at_random(product: Product, chance: random.Random, until: float) -> int:
    """kill -9 to one part after the other, each while it is up. Returns how many died."""
    left = [part for part, times in KILLS.items() for _ in range(times)]
    chance.shuffle(left)
    while left and time.monotonic() < until:
        time.sleep(chance.uniform(0.3, 2.5))
        part = next((part for part in left if product.pids(part)), None)
        if part:
            left.remove(part)
            product.kill(part)
    return sum(KILLS.values()) - len(left)


def wait_for_the_end_of_jobs(product: Product, until: float) -> dict[str, Any]:
    """What the product has once no job is left, or when the time is over."""
    while True:
        found = room(product, "tell")
        if not found["jobs"] or time.monotonic() > until:
            return found
        time.sleep(1)
