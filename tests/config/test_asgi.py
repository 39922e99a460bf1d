import os
import subprocess
import sys
from pathlib import Path


def test_collections_leave_out_what_was_loaded_at_the_start(tmp_path: Path) -> None:
    asked = "import gc, bothways.config.asgi; print(gc.get_freeze_count(), len(gc.get_objects()))"
    surroundings = os.environ | {"BOTHWAYS_DATA_DIR": str(tmp_path), "BOTHWAYS_DEBUG": "1"}
    done = subprocess.run([sys.executable, "-c", asked], env=surroundings, capture_output=True, text=True, check=True)
    frozen, left = map(int, done.stdout.split())
    assert frozen > 20 * left
