"""Looking again a little later, once, however often it was asked for meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


class Looks:
    """One look for each name, `delay_s` after it was last asked for."""

    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s
        self._planned: dict[str, asyncio.TimerHandle] = {}
        self._running: set[asyncio.Task[None]] = set()

    def soon(self, name: str, look: Callable[[], Awaitable[None]]) -> None:
        if planned := self._planned.pop(name, None):
            planned.cancel()
        self._planned[name] = asyncio.get_running_loop().call_later(self._delay_s, self._start, name, look)

    def _start(self, name: str, look: Callable[[], Awaitable[None]]) -> None:
        del self._planned[name]
        task = asyncio.get_running_loop().create_task(_quietly(look))
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _quietly(look: Callable[[], Awaitable[None]]) -> None:
    """Nobody waits for the answer: what goes wrong is logged, and the sweep of uploads does it later."""
    try:
        await look()
    except Exception:
        logger.exception("Looking again failed")
