"""Runs the benchmarks: each compares, side by side in one run, with the peer or the physical limit."""

import argparse
import datetime as dt
import importlib
import json
import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
FOLDER = ROOT / "benchmarks"


def scenarios() -> list[str]:
    return sorted(path.parent.name.replace("_", "-") for path in FOLDER.glob("*/__init__.py"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="?", choices=scenarios(), help="all of them when left out")


def run(options: argparse.Namespace) -> int:
    """Prints each scenario's table and keeps its figures as `benchmarks/results/<date>-<scenario>.json`."""
    sys.path.insert(0, str(ROOT))
    for name in [options.scenario] if options.scenario else scenarios():
        print(f"\n{name}\n")
        figures = importlib.import_module(f"benchmarks.{name.replace('-', '_')}").run()
        machine = {"processors": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
        result = {"scenario": name, "at": dt.datetime.now(dt.UTC).isoformat(), "machine": machine, "figures": figures}
        target = FOLDER / "results" / f"{dt.date.today().isoformat()}-{name}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(result, indent=2) + "\n")
        print(f"Kept in {target.relative_to(ROOT)}")
    return 0
