"""A web process says that it runs, from its start on, and only while it can take what is recorded."""

import subprocess
import sys
from typing import Any

from bothways.config.commands.beating import takes_bytes
from tests.product import ROOT, Product, running


def test_with_a_full_disk_it_counts_as_away(settings: Any) -> None:
    assert takes_bytes()
    settings.DISK_RESERVE_BYTES = 2**60
    assert not takes_bytes()


def test_a_server_that_was_started_has_said_so(tmp_path) -> None:
    product = Product(tmp_path / "data")
    with running(product):
        told = subprocess.run(
            [sys.executable, "-m", "bothways.config.commands", "manage", "shell", "-c",
             "from bothways.work.models import Uptime; print(*Uptime.objects.values_list('part', flat=True))"],
            env={"BOTHWAYS_DATA_DIR": str(product.data), "PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
            capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
    assert "web" in told.stdout
