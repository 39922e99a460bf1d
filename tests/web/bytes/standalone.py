"""The upload server by itself, in a process that can be killed: `python -m tests.web.bytes.standalone FOLDER PORT`.

Its gate is a folder of small files, so that what it was told outlives a kill.
"""

import datetime as dt
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import django
import uvicorn
from django.conf import settings

from bothways.media.store import DiskStore
from bothways.web.bytes.app import BytesApp
from bothways.web.bytes.threads import Threads
from bothways.web.bytes.tus import Desk, Grant, LengthRefused, Limits, Turns, TusServer


class FolderGate:
    """`<token>.json` is a grant. Lengths and endings are noted beside it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def issue(self, token: str, grant: Grant) -> None:
        self._write(f"{token}.json", json.dumps({**asdict(grant), "expires_at": grant.expires_at.isoformat()}))

    def is_finished(self, upload_id: str) -> bool:
        return (self._folder / f"{upload_id}.finished").exists()

    async def authorize(self, token: str, upload_id: str | None) -> Grant | None:
        path = self._folder / f"{token}.json"
        if not path.exists():
            return None
        fields = json.loads(path.read_text())
        fields["expires_at"] = dt.datetime.fromisoformat(fields["expires_at"])
        grant = Grant(**fields)
        if upload_id not in (None, grant.upload_id) or (self._folder / f"{grant.upload_id}.terminated").exists():
            return None
        length = self._folder / f"{grant.upload_id}.length"
        known = int(length.read_text()) if length.exists() else grant.length
        return replace(grant, length=known, completed=self.is_finished(grant.upload_id))

    async def declare_length(self, grant: Grant, length: int) -> Grant:
        if grant.length not in (None, length):
            raise LengthRefused
        self._write(f"{grant.upload_id}.length", str(length))
        return replace(grant, length=length)

    async def finished(self, grant: Grant, size: int) -> None:
        self._write(f"{grant.upload_id}.finished", str(size))

    async def terminated(self, grant: Grant) -> None:
        self._write(f"{grant.upload_id}.terminated", "")

    def _write(self, name: str, text: str) -> None:
        new = self._folder / f"{name}.new"
        new.write_text(text)
        new.replace(self._folder / name)


def assemble(
    folder: Path, limits: Limits | None = None, *, reserve_bytes: int = 0
) -> tuple[BytesApp, DiskStore, FolderGate]:
    """The application over a folder, as config/asgi.py puts it together over the product's store and database."""
    limits = limits or Limits()
    disk = Threads("disk", 8)
    store = DiskStore(folder / "store", reserve_bytes=reserve_bytes)
    gate = FolderGate(folder / "gate")
    turns = Turns(folder / "turns", disk, patience_s=limits.patience_s)
    desk = Desk(store=store, gate=gate, turns=turns, threads=disk, limits=limits)
    return BytesApp(TusServer(desk)), store, gate


if __name__ == "__main__":
    settings.configure(LANGUAGES=[("en", "English")])
    django.setup()
    app, _, _ = assemble(Path(sys.argv[1]))
    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False)
