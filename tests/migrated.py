"""A database with every migration behind it, made once for each state of the migrations and copied for each run.

Going through all migrations takes longer than most test files. Run as a program, it makes the one for SQLite.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".data" / "test" / "migrated"
MOST_KEPT = 8
"""One for each branch that is worked on."""


@contextmanager
def from_migrated() -> Iterator[None]:
    """While the test database of this process is set up: it begins as a copy where one is kept, and is kept where none
    is. Processes that find none wait for the first.
    """
    is_sqlite = connection.vendor == "sqlite"
    begin, keep = (_begin_sqlite, _keep_sqlite) if is_sqlite else (_begin_postgresql, _keep_postgresql)
    with _locked() as lock:
        name = _name()
        is_there = begin(name)
        if is_there:
            fcntl.flock(lock, fcntl.LOCK_UN)
        yield
        if not is_there:
            keep(name)


def begin_migrated(database: Path) -> None:
    """Put a copy where a product of its own will look for its SQLite database, unless it has one.

    Whoever opens it migrates all the same, which then finds nothing to do.
    """
    # A benchmark has no Django of its own.
    if not apps.ready or database.exists():
        return
    kept = KEPT / f"{_name()}.sqlite3"
    with _locked():
        if not kept.exists():
            _make_sqlite()
    database.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, database)


def migrate() -> None:
    """Prepare the database of this process, which is a product of its own."""
    if connection.vendor == "sqlite":
        begin_migrated(Path(connection.settings_dict["NAME"]))
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


@contextmanager
def _locked() -> Iterator[TextIO]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def _make_sqlite() -> None:
    """By another process, because this one's database is another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    with tempfile.TemporaryDirectory(prefix="bothways-migrated-") as folder:
        own = {"BOTHWAYS_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "bothways.config.settings"}
        path = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        subprocess.run([sys.executable, "-m", "tests.migrated"], cwd=ROOT, env=kept | own | path, check=True)


def _name() -> str:
    return f"bothways_migrated_{_digest()}"


def _digest() -> str:
    """Over all that decides what the migrations make of an empty database."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for migration in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(app.label.encode() + migration.name.encode() + migration.read_bytes())
    return digest.hexdigest()[:16]


def _begin_sqlite(name: str) -> bool:
    kept = KEPT / f"{name}.sqlite3"
    if not kept.exists():
        return False
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    return True


def _keep_sqlite(name: str) -> None:
    newest_first = sorted(KEPT.glob("*.sqlite3"), key=lambda kept: kept.stat().st_mtime, reverse=True)
    for outdated in newest_first[MOST_KEPT - 1 :]:
        outdated.unlink()
    making = KEPT / f"{name}.making"
    making.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(making)])
    making.rename(KEPT / f"{name}.sqlite3")


def _begin_postgresql(name: str) -> bool:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            return False
    connection.settings_dict["TEST"]["TEMPLATE"] = name
    return True


def _keep_postgresql(name: str) -> None:
    test_database = connection.settings_dict["NAME"]
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bothways_migrated_%' ORDER BY oid DESC")
        for (outdated,) in cursor.fetchall()[MOST_KEPT - 1 :]:
            cursor.execute(f'DROP DATABASE "{outdated}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{test_database}"')


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _keep_sqlite(_name())
