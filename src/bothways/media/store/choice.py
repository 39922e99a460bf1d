"""The store that this server is set to use."""

from functools import cache
from pathlib import Path

from django.conf import settings

from .contract import Store
from .disk import DiskStore


def get_store() -> Store:
    """The store of the settings in force, one for the whole process."""
    return _disk(settings.STORE_DIR, settings.DISK_RESERVE_BYTES)


@cache
def _disk(root: Path, reserve_bytes: int) -> DiskStore:
    return DiskStore(root, reserve_bytes=reserve_bytes)
