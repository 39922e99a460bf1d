"""Sending, and reading what it cost from the operating system."""

import os
import socket
import threading
import time
from dataclasses import asdict, dataclass
from typing import Protocol

from benchmarks.processor import cpu_seconds


class Sender(Protocol):
    """Knows how one server wants its bytes."""

    port: int
    pid: int

    def requests(self, connection: int, parts: int, part: bytes) -> list[bytes]:
        """The head of each request that sends one part, in order. Called before the clock runs."""
        ...


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_s_per_gb: float
    mb_per_s: float
    p50_ms: float
    p99_ms: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in asdict(self).items()}


def measure(sender: Sender, *, connections: int, parts: int, part_bytes: int) -> Cost:
    """Send `parts` on each of the connections at once, and what the server's processes spent on it.

    A few parts of other uploads go before, so that what a server does once is not counted.
    """
    part = os.urandom(part_bytes)
    for connection in range(connections, 2 * connections):
        _send(sender.port, sender.requests(connection, 5, part), part, [])
    heads = [sender.requests(connection, parts, part) for connection in range(connections)]
    times: list[float] = []
    senders = [threading.Thread(target=_send, args=(sender.port, head, part, times)) for head in heads]
    cpu, start = cpu_seconds(sender.pid), time.perf_counter()
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()
    seconds, cpu = time.perf_counter() - start, cpu_seconds(sender.pid) - cpu
    total = connections * parts * part_bytes
    if len(times) != connections * parts:
        raise RuntimeError(f"only {len(times)} of {connections * parts} parts were accepted")
    times.sort()
    return Cost(
        cpu_s_per_gb=cpu / (total / 1e9),
        mb_per_s=total / 1e6 / seconds,
        p50_ms=times[len(times) // 2] * 1000,
        p99_ms=times[int(len(times) * 0.99)] * 1000,
    )


def _send(port: int, heads: list[bytes], part: bytes, times: list[float]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for head in heads:
            start = time.perf_counter()
            line.sendall(head)
            line.sendall(part)
            status = read_answer(line)
            if status not in (201, 204):
                raise RuntimeError(f"answered {status}")
            times.append(time.perf_counter() - start)


def read_answer(line: socket.socket) -> int:
    """The status of an answer, which is read to its end."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        piece = line.recv(65536)
        if not piece:
            raise RuntimeError("the server hung up")
        answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    lengths = [row.split(b":")[1] for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    missing = (int(lengths[0]) if lengths else 0) - len(body)
    while missing > 0:
        missing -= len(line.recv(65536))
    return int(head.split()[1])
