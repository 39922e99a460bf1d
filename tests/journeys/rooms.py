"""Programs that look into the data of a running product, from beside it."""

import json
import os
import subprocess
import sys
from typing import Any

from tests.product import ROOT, Product


def room(product: Product, word: str) -> Any:
    done = run(product, "tests.journeys.kill_room", word)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run(product: Product, module: str, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """A program on the product's data, for so many seconds at most."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=beside(product), capture_output=True, text=True, timeout=seconds, check=False
    )


def beside(product: Product) -> dict[str, str]:
    """The environment of a program on the product's data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    return kept | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "bothways.config.settings",
        "BOTHWAYS_DATA_DIR": str(product.data),
        **product.environment,
    }
