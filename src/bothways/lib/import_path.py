"""Where a process that starts without its surroundings finds what it imports."""

import importlib.util
from functools import cache
from pathlib import Path


@cache
def import_path(*packages: str) -> str:
    """The folders that hold these packages, with colons between.

    Raises:
        ModuleNotFoundError: one of them is not installed.
    """
    roots = []
    for package in packages:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(package)
        roots.append(str(Path(spec.origin).parent.parent))
    return ":".join(dict.fromkeys(roots))
