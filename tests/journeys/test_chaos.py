"""A candidate records while everything breaks, again and again. Nothing that was safe is lost.

BOTHWAYS_TEST_FAULTS=100 BOTHWAYS_TEST_SEED=7 pytest tests/journeys/test_chaos.py
"""

import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.journeys.line import GOOD, WEAK, Line
from tests.journeys.nervous import Candidate
from tests.journeys.rooms import room
from tests.journeys.small_disk import SmallDisk, small_disk
from tests.product import Product, database_of_its_own, running

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.needs_root, pytest.mark.timeout(3600)]

FAULTS = int(os.environ.get("BOTHWAYS_TEST_FAULTS", 16))
FAULTS_A_TAKE = (4, 10)
SETTLED_WITHIN_S = 180


class Trouble:
    """What can go wrong, and how it ends."""

    def __init__(self, candidate: Candidate, product: Product, line: Line, disk: SmallDisk) -> None:
        nothing = lambda: None  # noqa: E731
        self.kinds: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            "page reloaded": (candidate.reload, nothing),
            "tab closed": (candidate.close_tab, nothing),
            "tab crashed": (candidate.crash_tab, nothing),
            "browser killed": (candidate.kill_browser, nothing),
            "line cut": (line.cut, line.mend),
            "line weak": (lambda: setattr(line, "condition", WEAK), lambda: setattr(line, "condition", GOOD)),
            "web killed": (lambda: product.kill("web"), nothing),
            "worker killed": (lambda: product.kill("short"), nothing),
            "disk full": (disk.fill, disk.clear),
            "device full": (candidate.fill_device, candidate.clear_device),
        }


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", megabytes=600) as disk:
        yield disk
        for log in disk.folder.glob("*.log"):
            shutil.copy(log, tmp_path)


@pytest.fixture
def product(disk: SmallDisk) -> Iterator[Product]:
    with (
        database_of_its_own() as environment,
        running(Product(disk.folder / "data", environment=environment)) as product,
    ):
        yield product


def test_nothing_that_was_safe_is_lost(
    playwright: Playwright, product: Product, disk: SmallDisk, devices_folder: Path, tmp_path: Path
) -> None:
    seed = int(os.environ.get("BOTHWAYS_TEST_SEED", 0)) or random.randrange(1, 2**32)
    sys.stdout.write(f"BOTHWAYS_TEST_SEED={seed} chooses these faults again\n")
    chance = random.Random(seed)
    link = room(product, "fill")[0]
    with Line(product.port, chance) as line:
        address = f"http://localhost:{line.port}/i/{link}/questions"
        with Candidate(playwright, address, tmp_path / "profile", devices_folder) as candidate:
            happened = break_at_random(candidate, Trouble(candidate, product, line, disk), chance)
            candidate.bring_all_home()
            wait_until_settled(product)
    found = room(product, "tell")
    sys.stdout.write(f"{sum(happened.values())} faults: {dict(happened)}; {candidate.account()}\n")

    assert sum(happened.values()) >= FAULTS
    assert candidate.losses(found["segments"], found["takes"], product.data / "store" / "objects") == []
    assert candidate.kept_bytes > 0


def break_at_random(candidate: Candidate, trouble: Trouble, chance: random.Random) -> Counter[str]:
    """Fault after fault while the candidate records, sometimes two at once. Returns how often each happened."""
    happened: Counter[str] = Counter()
    until_the_take_ends = 0
    while sum(happened.values()) < FAULTS:
        candidate.bring_to_recording()
        candidate.talk(chance.uniform(0.5, 2.0))
        names = chance.sample(list(trouble.kinds), 2 if chance.random() < 0.25 else 1)
        for name in names:
            trouble.kinds[name][0]()
            happened[name] += 1
            candidate.talk(chance.uniform(0.3, 2.5))
        for name in names:
            trouble.kinds[name][1]()
        until_the_take_ends -= len(names)
        if until_the_take_ends <= 0:
            until_the_take_ends = chance.randint(*FAULTS_A_TAKE)
            candidate.end_take()
    return happened


def wait_until_settled(product: Product) -> None:
    end = time.monotonic() + SETTLED_WITHIN_S
    while open_takes := [take for take in room(product, "tell")["takes"].values() if not take["settled"]]:
        assert time.monotonic() < end, f"never settled: {open_takes}"
        time.sleep(1)
