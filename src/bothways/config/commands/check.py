"""Says in plain words what is configured, what is missing and what that costs."""

import argparse
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import av
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ
from django_q.status import Stat
from rich.console import Console
from rich.table import Table

from bothways.config.addresses import recording_words
from bothways.config.commands import early
from bothways.config.commands.models import language_words
from bothways.config.speech_speed import measure_speed
from bothways.media.actions.scratch import scratch_folder
from bothways.media.queries.failures import ADMINISTRATOR_WORDS, FAULTS_OF_THE_SERVER, failures_since
from bothways.media.speech import shelf
from bothways.media.speech.choice import get_engine, missing_words
from bothways.media.speech.contract import SpeechFailure
from bothways.media.steps.calls import try_fences
from bothways.media.store import get_store

FEW_BYTES = 5 * 1024**3

LOOKED_BACK = dt.timedelta(days=30)
FENCE_WORDS = {
    "files": "read other files (Landlock: Linux 5.13 or later)",
    "tcp": "open connections (seccomp, or Landlock of Linux 6.7 or later)",
    "sockets": "send over the network (seccomp)",
    "programs": "start programs (seccomp)",
    "signals": "end other processes (seccomp, or Landlock of Linux 6.12 or later)",
    "memory": "take all memory (a limit on address space: Linux)",
}

add_arguments = early.add_data


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    state: str
    words: str


def run(_: argparse.Namespace) -> int:
    """Prints a table. Returns 1 when something is broken, 0 when all works, even with parts missing."""
    findings = [_ask(check) for check in CHECKS]
    table = Table(show_header=True, header_style="bold")
    for column in ("Part", "State", "What it means"):
        table.add_column(column)
    for finding in findings:
        table.add_row(finding.part, finding.state, finding.words)
    Console().print(table)
    return 1 if any(finding.state == "broken" for finding in findings) else 0


def _ask(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:
        return Finding(check.__name__.capitalize(), "broken", f"{error} Has ./bothways up or migrate run once?")


def database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        return Finding(
            "Database", "ready", "SQLite. Good for one machine; PostgreSQL by BOTHWAYS_DATABASE_URL for more."
        )
    return Finding("Database", "ready", "PostgreSQL. Several machines may share it.")


def store() -> Finding:
    free = get_store().free_bytes()
    if free is None:
        return Finding("Store", "ready", "The store does not say how much is free.")
    words = f"{free / 1024**3:.0f} GB free in {settings.STORE_DIR}, about {free / 1024**2 / 9 / 60:.0f} hours of video."
    return Finding("Store", "few" if free < FEW_BYTES else "ready", words)


def mail() -> Finding:
    if settings.SENDS_MAIL:
        return Finding("Mail", "ready", f"Sent through {settings.EMAIL_HOST} as {settings.DEFAULT_FROM_EMAIL}.")
    return Finding(
        "Mail", "missing", "Kept on the outbox page, where owners read it. Set BOTHWAYS_EMAIL_URL to send it."
    )


def codecs() -> Finding:
    missing = {"libx264", "aac", "libopus", "libvpx"} - av.codecs_available
    if missing:
        return Finding(
            "Codecs", "few", f"{', '.join(sorted(missing))} are missing: some recordings play in fewer browsers."
        )
    return Finding("Codecs", "ready", "All recordings can be made to play in every browser.")


def speech() -> Finding:
    """Hears half a minute that the demo brings along, so that the speed is that of this machine."""
    if settings.SPEECH_ENGINE == "none":
        return Finding("Speech", "missing", "Switched off by BOTHWAYS_SPEECH_ENGINE. Captions are typed by hand.")
    engine = get_engine()
    if engine is None:
        return Finding("Speech", "missing", missing_words())
    languages = "its languages are not known"
    if (model := shelf.used()) is not None and settings.SPEECH_ENGINE == "local":
        languages = language_words(model)
    try:
        seconds, took_s = measure_speed(engine)
    except SpeechFailure as failure:
        return Finding("Speech", "broken", str(failure))
    speed = f"{seconds:.0f} s of speech took {took_s:.1f} s here, loading included"
    return Finding("Speech", "ready", f"{engine.name}, {languages}. {speed}.")


def workers() -> Finding:
    running = {stat.cluster_id for stat in Stat.get_all()}
    waiting = OrmQ.objects.count()
    if running:
        return Finding("Workers", "ready", f"{len(running)} clusters run, {waiting} jobs wait.")
    return Finding("Workers", "missing", f"None run here now; {waiting} jobs wait. ./bothways up or work starts them.")


def cameras() -> Finding:
    words = recording_words(settings.BASE_URL)
    if not words:
        return Finding("Cameras", "ready", f"Browsers may record at {settings.BASE_URL}.")
    return Finding("Cameras", "missing" if words.startswith("Nobody") else "few", words)


def live_interviews() -> Finding:
    """Asks Redis where there should be one. A relay is asked by browsers only."""
    if settings.REDIS_URL:
        try:
            redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5).ping()
        except redis.RedisError as error:
            return Finding("Live interviews", "broken", f"Redis does not answer, so nobody gets into a talk: {error}")
        layer = "Redis answers, so that people of one talk may be on several web processes."
    else:
        layer = "One web process holds all talks. Several of them need BOTHWAYS_REDIS_URL."
    if settings.TURN_URLS:
        relay = f"Where networks forbid a direct line, {settings.TURN_URLS[0]} relays."
        return Finding("Live interviews", "ready", f"{layer} {relay}")
    relay = (
        "No relay is set: people behind strict networks, as in many offices, will not see or hear each other. "
        "Set BOTHWAYS_TURN_URLS and BOTHWAYS_TURN_SECRET."
    )
    return Finding("Live interviews", "few", f"{layer} {relay}")


def hostile_files() -> Finding:
    """Tries what a decoder that was taken over by its input would try."""
    with scratch_folder() as folder:
        fences = try_fences(folder)
    open_ones = [FENCE_WORDS[fence] for fence, holds in fences.items() if not holds]
    if not open_ones:
        words = (
            "Recordings are opened by a process that can read no other file, reach no network, start nothing and end "
            "nobody, with limits on memory, time and size."
        )
        return Finding("Hostile files", "ready", words)
    words = (
        "Recordings are opened by a process of its own with limits on time and size. If a hostile file took it over, "
        f"it could still {'; '.join(open_ones)}. In brackets: what would stop that. Until then, keep the workers on a "
        "machine or in a container that holds nothing else."
    )
    return Finding("Hostile files", "few", words)


def recordings() -> Finding:
    failures = failures_since(timezone.now() - LOOKED_BACK)
    if not failures:
        return Finding("Recordings", "ready", f"None failed in the last {LOOKED_BACK.days} days.")
    words = "; ".join(f"{count} {code} ({ADMINISTRATOR_WORDS.get(code, code)})" for code, count in failures.items())
    state = "few" if FAULTS_OF_THE_SERVER & failures.keys() else "ready"
    return Finding("Recordings", state, f"Failed in the last {LOOKED_BACK.days} days: {words}. The originals are kept.")


CHECKS: tuple[Callable[[], Finding], ...] = (
    database,
    store,
    mail,
    codecs,
    speech,
    hostile_files,
    recordings,
    workers,
    cameras,
    live_interviews,
)
