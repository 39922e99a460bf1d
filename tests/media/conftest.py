"""Recordings in the state that a finished upload leaves them in."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from bothways.media.actions.recordings import create_recording, settle
from bothways.media.models import Recording, RecordingState
from bothways.media.store import get_store
from tests.factories import Cast
from tests.migrated import begin_migrated

ROOT = Path(__file__).parents[2]


@pytest.fixture
def received(cast: Cast) -> Callable[[bytes | Path], Recording]:
    """Make a recording whose bytes have just arrived."""

    def receive(content: bytes | Path) -> Recording:
        data = content.read_bytes() if isinstance(content, Path) else content
        recording = create_recording(organization=cast.organization, kind="video", declared_mime="video/webm")
        with get_store().write_at(recording.original_key, 0) as writer:
            writer.write(data)
            writer.sync()
        recording.state, recording.size, recording.received_at = RecordingState.RECEIVED, len(data), timezone.now()
        recording.save()
        return recording

    return receive


@pytest.fixture
def own_data(tmp_path: Path) -> dict[str, str]:
    """A product of its own: processes that die must not share the test's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOTHWAYS_", "DJANGO_"))}
    environment = kept | {
        "BOTHWAYS_DATA_DIR": str(tmp_path / "data"),
        "BOTHWAYS_BASE_URL": "http://localhost:1",
        "DJANGO_SETTINGS_MODULE": "bothways.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    begin_migrated(tmp_path / "data" / "bothways.sqlite3")
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, check=True)
    return environment


@pytest.fixture
def ready(received):
    def make(content):
        recording = received(content)
        settle(recording_id=recording.id)
        recording.refresh_from_db()
        return recording

    return make
