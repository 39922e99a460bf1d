"""What must be in place before the server starts, with progress: database and static files."""

import hashlib
import sys
from collections.abc import Callable
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def tell(words: str) -> None:
    """Progress goes to standard error: standard output belongs to what was asked for."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def prepare(tell: Callable[[str], None] = tell) -> None:
    """Bring everything up to date. Quick when nothing has changed."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    _migrate(tell)
    collect_static(tell)


def _migrate(tell: Callable[[str], None]) -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        tell(f"Preparing the database, {len(plan)} steps")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def collect_static(tell: Callable[[str], None] = tell) -> None:
    """Collect, hash and compress the static files when one of ours has changed since the last time."""
    if settings.DEBUG:
        return
    source, target = settings.PACKAGE / "static", settings.STATIC_ROOT
    print_of_files = hashlib.sha256(sys.version.encode())
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        print_of_files.update(f"{path.relative_to(source)}\0".encode() + path.read_bytes())
    stamp = target / ".collected"
    if stamp.exists() and stamp.read_text() == print_of_files.hexdigest():
        return
    tell("Preparing styles and scripts")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=StringIO())
    stamp.write_text(print_of_files.hexdigest())
