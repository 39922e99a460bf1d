"""Somebody who opens one page after another, and notes how long each takes."""

import http.client
import threading
import time
from typing import Self

PAGE_EVERY_S = 0.2
"""Each page is due at its moment; one that has to wait for a slow one before it has waited, too."""


class Pages:
    """Asks while the context is open. `port` is the server's on this machine."""

    def __init__(self, port: int, addresses: list[str], session: str) -> None:
        self._port = port
        self._addresses = addresses
        self._headers = {"Cookie": f"sessionid={session}"}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._ask_for_ever)
        self._taken: list[tuple[float, float]] = []
        self._failure: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def warm_up(self) -> None:
        """Each page a few times, unmeasured; then begin."""
        connection = self._connect()
        for address in self._addresses * 3:
            self._ask(connection, address)
        connection.close()
        self._thread.start()

    def times(self, start: float, end: float) -> list[float]:
        """Milliseconds of the pages that were due between two moments."""
        if self._failure:
            raise self._failure
        return [took * 1000 for due, took in self._taken if start <= due < end]

    def _ask_for_ever(self) -> None:
        connection, due, number = self._connect(), time.time(), 0
        try:
            while not self._ended.wait(max(0.0, due - time.time())):
                self._ask(connection, self._addresses[number % len(self._addresses)])
                self._taken.append((due, time.time() - due))
                due, number = due + PAGE_EVERY_S, number + 1
        except Exception as failure:  # told to whoever asks for the times
            self._failure = failure

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("localhost", self._port, timeout=60)

    def _ask(self, connection: http.client.HTTPConnection, address: str) -> None:
        connection.request("GET", address, headers=self._headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
