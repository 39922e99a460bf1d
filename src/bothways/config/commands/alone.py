"""How many web processes there may be. In memory a room knows the people of one process only: then there is one.

A process holds a lock as long as it lives, which ends with it, however it ends: with others where Redis connects them,
else alone. On PostgreSQL the database keeps the lock, for processes on several machines; beside SQLite a file does.
"""

import fcntl
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, connections

LOCK = 0x626F7468
"""Any number that nobody else uses in this database."""

PATIENCE_S = 5.0
"""One that was just killed lets go a moment later."""

WORDS = (
    "Another web process already serves this data, and people in one live interview could be on both without seeing "
    "each other. Nothing was started. Set BOTHWAYS_REDIS_URL for all of them, or end the other one."
)

_held: list[Any] = []
"""What holds the lock, kept open until the process ends."""


def take_place() -> None:
    """Be one of the web processes of this data.

    Raises:
        SystemExit: another one is there, and one of the two has no Redis.
    """
    attempt = _in_database if connection.vendor == "postgresql" else _in_folder
    until = time.monotonic() + PATIENCE_S
    while not attempt():
        if time.monotonic() > until:
            raise SystemExit(WORDS)
        time.sleep(0.2)


def _in_database() -> bool:
    call = "pg_try_advisory_lock_shared" if settings.REDIS_URL else "pg_try_advisory_lock"
    held = connections["default"].copy()
    with held.cursor() as cursor:
        cursor.execute(f"SELECT {call}(%s)", [LOCK])
        is_mine = cursor.fetchone()[0]
    return _keep_or_close(held, is_mine, held.close)


def _in_folder() -> bool:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    held = (settings.DATA_DIR / "web.lock").open("a")
    try:
        fcntl.flock(held, (fcntl.LOCK_SH if settings.REDIS_URL else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        is_mine = True
    except BlockingIOError:
        is_mine = False
    return _keep_or_close(held, is_mine, held.close)


def _keep_or_close(held: Any, is_mine: bool, close: Callable[[], None]) -> bool:
    if is_mine:
        _held.append(held)
    else:
        close()
    return is_mine
