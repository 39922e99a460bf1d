"""Measures a scenario on one database, in a process of its own, because settings are read once.

    python -m benchmarks.one_database MODULE [SERVER]

prints what `figures()` of the module gives as JSON. Ends with 2 where the database cannot be reached.
"""

import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

TURNS = 15
_LOOP = compile("added = 0\nfor number in range(200_000):\n    added += number", "<loop>", "exec")
"""Names in a dictionary, as in a module, because that is how it was timed on the machine of the other figures."""
POSTGRESQL = os.environ.get("BOTHWAYS_BENCH_POSTGRESQL", "postgres://root@127.0.0.1:5432")
"""A server on which a database for this run may be made and dropped."""


def main() -> None:
    with _database(sys.argv[2] if len(sys.argv) > 2 else ""):
        os.environ["DJANGO_SETTINGS_MODULE"] = "bothways.config.settings"
        os.environ.setdefault("BOTHWAYS_DEBUG", "0")
        import django  # noqa: PLC0415

        django.setup()
        json.dump(importlib.import_module(sys.argv[1]).figures(), sys.stdout)


def measured(database: str, module: str) -> dict[str, Any] | None:
    """The figures of a module on "sqlite" or "postgresql"; None where it cannot be reached."""
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        surroundings = os.environ | {"BOTHWAYS_DATA_DIR": folder, "PYTHONPATH": os.pathsep.join(sys.path)}
        surroundings.pop("BOTHWAYS_DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.one_database", module]
        if database == "postgresql":
            command.append(POSTGRESQL)
        done = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, check=False)
    if done.returncode == 2:
        return None
    done.check_returncode()
    return json.loads(done.stdout)


def fixed_loop() -> None:
    """What a plain loop of Python takes says how fast the machine is at this moment."""
    exec(_LOOP, {})


def times(what: Callable[[], Any], turns: int = TURNS) -> tuple[list[float], list[float]]:
    """Milliseconds of each turn by the clock and of this process's processor time, both sorted.

    One turn before them does not count. Processor time leaves out PostgreSQL, and on a busy machine the waiting.
    """
    return times_in_turns(what, turns=turns)[0]


def times_in_turns(*all_of_them: Callable[[], Any], turns: int = TURNS) -> list[tuple[list[float], list[float]]]:
    """The same for several things that take turns, so that what the machine does besides meets them alike."""
    for what in all_of_them:
        what()
    measured: list[tuple[list[float], list[float]]] = [([], []) for _ in all_of_them]
    for _ in range(turns):
        for what, (taken, busy) in zip(all_of_them, measured, strict=True):
            start, start_busy = time.perf_counter(), time.process_time()
            what()
            taken.append((time.perf_counter() - start) * 1000)
            busy.append((time.process_time() - start_busy) * 1000)
    return [(sorted(taken), sorted(busy)) for taken, busy in measured]


def median(taken: list[float]) -> float:
    return round(statistics.median(taken), 2)


@contextmanager
def _database(server: str) -> Iterator[None]:
    """SQLite in the data folder, or a database of its own on a PostgreSQL server."""
    if not server:
        yield
        return
    name = f"bothways_bench_{uuid.uuid4().hex[:8]}"
    try:
        admin = psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        sys.exit(2)
    with admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        os.environ["BOTHWAYS_DATABASE_URL"] = f"{server}/{name}"
        try:
            yield
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
