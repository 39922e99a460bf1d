"""What pages tell one another until they are connected, on its way through a server: how many it hands over a second.

In each room two pages send as many as a room lets through at once, a few under way at a time, as browsers do that look
for their candidates. Beside it, the same texts by the same server program with nothing in it but `bare_relay`.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.processor import cpu_seconds
from tests.product import ROOT, Product, free_port

EACH = 250
"""Signals of one page at once. A page that sends more than 300 is put out (`web/live/limits.py`)."""
UNDER_WAY = 10
ROUNDS = 5
REFILL_S = 5.5
"""By then a page may send as many again."""
CANDIDATE = {
    "candidate": "candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 192.168.1.17 rport 46154 "
    "generation 0 ufrag EsAw network-cost 999",
    "sdpMid": "0",
    "sdpMLineIndex": 0,
    "usernameFragment": "EsAw",
}


class Page:
    """One of the two. `partner` is the other."""

    partner: "Page"

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.text = socket, ""
        self._free = asyncio.Semaphore(UNDER_WAY)

    def signals_to(self, seat: str) -> None:
        names = {"mine": str(uuid.uuid4()), "yours": str(uuid.uuid4())}
        self.text = json.dumps({"type": "signal", "to": seat, **names, "candidate": CANDIDATE})

    async def send(self) -> None:
        for _ in range(EACH):
            await self._free.acquire()
            await self.socket.send(self.text)

    async def receive(self) -> None:
        left = EACH
        while left:
            if '"signal"' in str(await self.socket.recv()):
                left -= 1
                self.partner._free.release()


def of_product(product: Product, filled: dict[str, Any]) -> dict[str, float]:
    """Two hosts in each room."""
    [pid] = product.pids("web")
    return asyncio.run(_measured(_in_rooms(product, filled), pid))


def of_bare_relay(rooms: int) -> dict[str, float]:
    with _relaying() as (port, pid):
        return asyncio.run(_measured(_at_relay(port, rooms), pid))


async def _measured(coming: Any, pid: int) -> dict[str, float]:
    pages: Sequence[Page] = await coming
    taken = spent = 0.0
    for _ in range(ROUNDS):
        await asyncio.sleep(REFILL_S)
        began, before = time.perf_counter(), cpu_seconds(pid)
        await asyncio.gather(*(work for page in pages for work in (page.send(), page.receive())))
        taken, spent = taken + time.perf_counter() - began, spent + cpu_seconds(pid) - before
    for page in pages:
        await page.socket.close()
    signals = len(pages) * EACH * ROUNDS
    return {"signals": signals, "per_s": round(signals / taken), "per_cpu_s": round(signals / spent)}


async def _in_rooms(product: Product, filled: dict[str, Any]) -> list[Page]:
    pages = []
    for room in filled["talks"]:
        both = []
        for session in filled["hosts"][:2]:
            url = product.base_url.replace("http", "ws") + f"/live/{room['room']}/socket"
            cookie = {"Cookie": f"sessionid={session}"}
            page = Page(await connect(url, origin=product.base_url, additional_headers=cookie, ping_interval=None))
            await page.socket.send(json.dumps({"type": "hello", "epoch": str(uuid.uuid4())}))
            both.append((page, await _heard(page, "welcome")))
        (first, told_first), (second, told_second) = both
        first.signals_to(told_second["you"]["id"])
        second.signals_to(told_first["you"]["id"])
        pages += _partners(first, second)
    return pages


async def _at_relay(port: int, rooms: int) -> list[Page]:
    pages = []
    for room in range(rooms):
        both = [Page(await connect(f"ws://127.0.0.1:{port}/{room}/{seat}", ping_interval=None)) for seat in (0, 1)]
        for page in both:
            page.signals_to(str(uuid.uuid4()))
        pages += _partners(*both)
    return pages


def _partners(first: Page, second: Page) -> tuple[Page, Page]:
    first.partner, second.partner = second, first
    return first, second


async def _heard(page: Page, kind: str) -> dict[str, Any]:
    while (message := json.loads(await page.socket.recv()))["type"] != kind:
        pass
    return message


@contextlib.contextmanager
def _relaying() -> Iterator[tuple[int, int]]:
    """The port and the process of a server that runs as the product's own does."""
    port = free_port()
    options = ["--loop", "uvloop", "--http", "httptools", "--ws", "websockets-sansio", "--lifespan", "off"]
    command = [sys.executable, "-m", "uvicorn", "benchmarks.live.bare_relay:application", "--port", str(port)]
    server = subprocess.Popen([*command, *options, "--log-level", "warning"], cwd=ROOT)
    try:
        asyncio.run(_until_it_answers(port))
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


async def _until_it_answers(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            async with connect(f"ws://127.0.0.1:{port}/start/0"):
                return
        await asyncio.sleep(0.1)
    raise TimeoutError("the bare relay does not answer")
