"""Which function does which job, and which ones run by the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bothways.work.models import Lane


@dataclass(frozen=True, slots=True)
class Handler:
    """`attempts` is how often the job is tried before it counts as failed.

    `before_retry` gets the payload, too, when a person wants a failed one done again: where the data says meanwhile
    that it failed, it says afterwards that it waits.
    """

    run: Callable[..., Any]
    lane: str
    attempts: int
    before_retry: Callable[..., Any] | None = None


@dataclass(frozen=True, slots=True)
class Periodic:
    run: Callable[[], Any]
    minutes: int


HANDLERS: dict[str, Handler] = {}
PERIODIC: dict[str, Periodic] = {}


def job(
    name: str, *, lane: str = Lane.SHORT, attempts: int = 5, before_retry: Callable[..., Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function the handler of a job. It gets the payload as keyword arguments and must be idempotent."""

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        if name in HANDLERS and HANDLERS[name].run is not run:
            raise ValueError(f"Two handlers for the job {name}")
        HANDLERS[name] = Handler(run, lane, attempts, before_retry)
        return run

    return register


def periodic(name: str, *, minutes: int) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Run a function every so many minutes on one of the workers: a sweep that finds what is due."""

    def register(run: Callable[[], Any]) -> Callable[[], Any]:
        PERIODIC[name] = Periodic(run, minutes)
        return run

    return register
