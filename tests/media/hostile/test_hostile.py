"""Two thousand ways to hurt the server with a file, and not one that does.

A share of them runs with the other tests, always the same. The whole corpus, or another one:

    BOTHWAYS_TEST_HOSTILE=2500 BOTHWAYS_TEST_SEED=… python -m pytest -s tests/media/hostile
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from bothways.media.queries.recordings import failure_words
from bothways.media.steps.failure import CODES
from tests.media.hostile.corpus import Corpus
from tests.media.hostile.meeting import meet, meet_settling
from tests.media.hostile.targets import planted
from tests.media.steps.test_limits import children

FILES = int(os.environ.get("BOTHWAYS_TEST_HOSTILE", "60"))
SEED = int(os.environ.get("BOTHWAYS_TEST_SEED", "20261129"))
SETTLED_ONE_IN = 10


@pytest.fixture
def targets(tmp_path, monkeypatch):
    with planted(tmp_path) as targets:
        monkeypatch.setenv("BOTHWAYS_SECRET_KEY", targets.marks[0].decode())
        yield targets


@pytest.mark.timeout(120 + 5 * FILES)
def test_no_hostile_file_leaves_the_yard(tmp_path, targets, received):
    corpus = Corpus(SEED, tmp_path, targets)
    before = children()
    with ThreadPoolExecutor(max_workers=2) as two_at_once:
        met = two_at_once.map(partial(meet, corpus, targets=targets), range(FILES))
        outcomes = [outcome for outcomes in met for outcome in outcomes]
    outcomes += [meet_settling(corpus, number, received, targets) for number in range(0, FILES, SETTLED_ONE_IN)]
    report(outcomes)
    assert not [outcome for outcome in outcomes if outcome.complaint]
    assert not targets.were_touched()
    assert children() <= before
    ends = {outcome.end for outcome in outcomes}
    assert ends <= {"ready", *CODES}
    assert all(failure_words(code) for code in ends - {"ready"})


def test_the_corpus_is_the_same_for_the_same_seed(tmp_path, targets):
    folder = tmp_path / "again"
    folder.mkdir()
    one, other = Corpus(SEED, tmp_path, targets), Corpus(SEED, folder, targets)
    for number in range(40):
        # Not compared by the assertion itself, which would print megabytes.
        is_same = one[number] == other[number]
        assert is_same, f"{number}: {one[number].name} and {other[number].name}"


def report(outcomes):
    lines = [f"seed {SEED}, {FILES} files, {len(outcomes)} runs"]
    lines += [
        f"{count:6} {step} {end}" for (step, end), count in sorted(Counter((o.step, o.end) for o in outcomes).items())
    ]
    lines.append("slowest")
    lines += [
        f"{o.seconds:6.1f} s  {o.number} {o.step} {o.end} {o.name}"
        for o in sorted(outcomes, key=lambda o: -o.seconds)[:8]
    ]
    faults = [o for o in outcomes if o.complaint or o.end in ("crashed", "out_of_memory", "too_slow")]
    lines += [f"{o.number} {o.step} {o.end} {o.name}: {o.detail[:200]} {o.complaint}" for o in faults]
    print("\n".join(lines))  # noqa: T201 - shown when it fails, and with -s
