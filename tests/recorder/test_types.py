"""The scripts' types, written in JSDoc, hold together."""

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.needs_node

TSC = Path(__file__).parents[1] / "foreign/node_modules/.bin/tsc"
PROJECT = Path(__file__).parents[2] / "src/bothways/static/bothways/tsconfig.json"


def test_the_scripts_types_hold() -> None:
    checked = subprocess.run([TSC, "--noEmit", "-p", PROJECT], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
