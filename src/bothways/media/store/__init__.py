"""Where the bytes are: a handful of blocking calls over keys that only the server makes.

A store is chosen by settings (`get_store`). Every store passes tests/contracts/test_store.py.
"""

from .choice import get_store
from .contract import NoSuchObject, OffsetBeyondEnd, Store, StoreError, StoreFull, Writer
from .disk import DiskStore
from .keys import UnsafeKey, check_key, closed_key

__all__ = [
    "DiskStore",
    "NoSuchObject",
    "OffsetBeyondEnd",
    "Store",
    "StoreError",
    "StoreFull",
    "UnsafeKey",
    "Writer",
    "check_key",
    "closed_key",
    "get_store",
]
