"""A line between a browser and the product that can be slow, far, lossy or down: a TCP proxy in a thread of its own."""

import asyncio
import contextlib
import random
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

PACKET_BYTES = 1448
"""What one packet carries on an ordinary line."""

PACKETS_IN_FLIGHT = 64


@dataclass(frozen=True)
class Condition:
    """How a line is, in each direction. A lost packet comes one round trip later, and holds up what follows it."""

    bits_per_s: int | None = None
    delay_s: float = 0.0
    loss: float = 0.0


GOOD = Condition()
WEAK = Condition(bits_per_s=250_000, delay_s=0.15, loss=0.02)
"""250 kbit/s, 300 ms there and back, 2 % loss."""


class Line:
    """Use as a context; `port` is where the browser goes."""

    def __init__(self, target_port: int, chance: random.Random | None = None) -> None:
        self.condition = GOOD
        self.carried = 0
        """Bytes that went towards the product."""
        self._target_port = target_port
        self._chance = chance or random.Random()
        self._is_down = False
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._free_at = {"up": 0.0, "down": 0.0}
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "Line":
        self._thread.start()
        server = self._wait_for(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port: int = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._wait_for(self._end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def cut(self) -> None:
        """Every connection breaks at once, and no new one comes about until `mend`."""
        self._is_down = True
        self._wait_for(self._abort_all())

    def mend(self) -> None:
        self._is_down = False

    async def _abort_all(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    @staticmethod
    async def _end_all() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _wait_for(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_down:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, far_writer}
        self._writers |= ends
        try:
            await asyncio.gather(self._pump("up", reader, far_writer), self._pump("down", far_reader, writer))
        except (OSError, asyncio.CancelledError):
            for end in ends:
                end.transport.abort()
        finally:
            self._writers -= ends

    async def _pump(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carries packets in their order, each at its time."""
        underway: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(PACKETS_IN_FLIGHT)
        delivering = asyncio.create_task(self._deliver(underway, writer))
        arrives_at = 0.0
        try:
            while packet := await reader.read(PACKET_BYTES):
                condition = self.condition
                if condition.bits_per_s:
                    sent_at = max(time.monotonic(), self._free_at[way]) + len(packet) * 8 / condition.bits_per_s
                    self._free_at[way] = sent_at
                    await asyncio.sleep(sent_at - time.monotonic())
                again_s = 2 * condition.delay_s if self._chance.random() < condition.loss else 0.0
                arrives_at = max(arrives_at, time.monotonic() + condition.delay_s + again_s)
                self.carried += len(packet) if way == "up" else 0
                await underway.put((arrives_at, packet))
            await underway.put((arrives_at, b""))
            await delivering
        finally:
            delivering.cancel()

    @staticmethod
    async def _deliver(underway: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        while True:
            arrives_at, packet = await underway.get()
            await asyncio.sleep(max(0.0, arrives_at - time.monotonic()))
            if not packet:
                with contextlib.suppress(OSError):
                    writer.write_eof()
                return
            # What is for somebody who has gone is thrown away.
            if not writer.is_closing():
                with contextlib.suppress(OSError):
                    writer.write(packet)
                    await writer.drain()
