"""The application for bytes over the product's own store and database, as the settings say."""

from django.conf import settings

from bothways.media.store import get_store

from .app import BytesApp
from .downloads import Downloads
from .gate import DatabaseGate
from .threads import Threads
from .tus import Desk, Limits, Turns, TusServer

DISK_THREADS = 16
DATABASE_THREADS = 6
TURNS_KEPT_S = 7 * 24 * 3600


def bytes_app() -> BytesApp:
    """One for each process. All processes of a machine must share the data folder: there they take turns."""
    disk, database = Threads("disk", DISK_THREADS), Threads("database", DATABASE_THREADS)
    store = get_store()
    limits = Limits(upload_bytes=settings.UPLOAD_MAX_BYTES, part_bytes=settings.UPLOAD_PART_MAX_BYTES)
    turns = Turns(settings.DATA_DIR / "turns", disk, patience_s=limits.patience_s)
    turns.tidy(TURNS_KEPT_S)
    desk = Desk(store=store, gate=DatabaseGate(database), turns=turns, threads=disk, limits=limits)
    downloads = Downloads(store=store, disk=disk, database=database)
    return BytesApp(TusServer(desk), downloads.answer)
