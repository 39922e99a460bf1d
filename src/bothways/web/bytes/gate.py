"""The gate of the upload server that asks the database."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import connections

from bothways.lib.errors import Refused
from bothways.media.actions import uploads
from bothways.media.models import Upload
from bothways.media.queries.uploads import upload_of_token

from .threads import Threads
from .tus import Grant, LengthRefused

T = TypeVar("T")


class DatabaseGate:
    """Asks queries and calls verbs in threads of its own."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    async def authorize(self, token: str, upload_id: str | None) -> Grant | None:
        grant = await in_database(self._threads, _grant_of, token)
        return grant if grant and upload_id in (None, grant.upload_id) else None

    async def declare_length(self, grant: Grant, length: int) -> Grant:
        return await in_database(self._threads, _declare, grant.upload_id, length)

    async def finished(self, grant: Grant, size: int) -> None:
        await in_database(self._threads, _complete, grant.upload_id, size)

    async def terminated(self, grant: Grant) -> None:
        await in_database(self._threads, _terminate, grant.upload_id)


async def in_database(threads: Threads, call: Callable[..., T], *args: object) -> T:
    """Call it in a thread, with a connection that is given back afterwards."""
    return await threads.run(_with_connection, call, *args)


def _with_connection(call: Callable[..., T], *args: object) -> T:
    try:
        return call(*args)
    finally:
        # PostgreSQL's come from a pool. One to SQLite costs more to open than most queries: the thread keeps it.
        for connection in connections.all(initialized_only=True):
            if connection.vendor != "sqlite":
                connection.close()


def _grant_of(token: str) -> Grant | None:
    upload = upload_of_token(token)
    return _grant(upload) if upload else None


def _declare(upload_id: str, length: int) -> Grant:
    try:
        return _grant(uploads.declare_length(upload_id=uuid.UUID(upload_id), length=length))
    except Refused as refused:
        raise LengthRefused from refused


def _complete(upload_id: str, size: int) -> None:
    uploads.complete(upload_id=uuid.UUID(upload_id), size=size)


def _terminate(upload_id: str) -> None:
    uploads.terminate(upload_id=uuid.UUID(upload_id))


def _grant(upload: Upload) -> Grant:
    return Grant(
        upload_id=str(upload.id),
        key=upload.store_key,
        max_bytes=upload.max_bytes,
        length=upload.length,
        expires_at=upload.expires_at,
        completed=upload.completed_at is not None,
    )
