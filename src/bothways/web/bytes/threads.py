"""Blocking calls beside the event loop."""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_Work = tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[[], Any]]


class Threads:
    """A pool for one kind of waiting, so that a slow disk never holds up the database, nor the other way round.

    Like the standard executor, for one use: a call costs half as much, which at two calls for each part of an upload is
    a tenth of all that taking it in costs.
    """

    def __init__(self, name: str, count: int) -> None:
        self._name = name
        self._count = count
        self._work: SimpleQueue[_Work] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The call's result, waited for without holding up the loop."""
        if not self._threads:
            self._start()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._work.put((loop, answer, lambda: call(*args, **kwargs)))
        return await answer

    def _start(self) -> None:
        for number in range(self._count):
            name = f"bothways-{self._name}-{number}"
            self._threads.append(threading.Thread(target=_do, args=(self._work,), name=name, daemon=True))
        for thread in self._threads:
            thread.start()


def _do(work: "SimpleQueue[_Work]") -> None:
    while True:
        loop, answer, call = work.get()
        try:
            result, error = call(), None
        except BaseException as raised:
            result, error = None, raised
        try:
            loop.call_soon_threadsafe(_tell, answer, result, error)
        except RuntimeError:
            # The loop is closed: the server ended, and nobody waits any more.
            return
        del answer, call, result, error


def _tell(answer: "asyncio.Future[Any]", result: object, error: BaseException | None) -> None:
    if answer.cancelled():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)
