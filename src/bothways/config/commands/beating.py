"""A web process says each minute that it runs."""

import logging
import threading

from django.db import DatabaseError, connections

from bothways.media.store import StoreError, get_store
from bothways.work.actions.beats import EVERY, beat
from bothways.work.models import ServerPart

logger = logging.getLogger(__name__)


def keep_beating() -> None:
    """Begin, in a thread that ends with the process.

    Where the database is away nothing is said, and nothing where the store has no room: who records then finds nobody
    who takes it.
    """
    threading.Thread(target=_beat_for_ever, name="bothways-beat", daemon=True).start()


def _beat_for_ever() -> None:
    pause = threading.Event()
    while True:
        try:
            if takes_bytes():
                beat(ServerPart.WEB)
        except DatabaseError:
            logger.warning("The database does not answer, so nobody learns that this web process runs.")
        finally:
            connections.close_all()
        pause.wait(EVERY.total_seconds())


def takes_bytes() -> bool:
    """Whether the store has room for more."""
    try:
        free = get_store().free_bytes()
    except (OSError, StoreError):
        return False
    return free is None or free > 0
