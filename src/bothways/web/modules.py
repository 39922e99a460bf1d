"""Which modules a script imports, so that a page asks for all of them at once, not for one after another."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

# Static imports only: what a page imports later, it does not need to begin. Types in JSDoc are no imports.
_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*["'](?P<path>\.{1,2}/[^"']+)["'];""", re.MULTILINE)


@cache
def imports_of(name: str) -> tuple[str, ...]:
    """Names of all static files that the module `name` imports, itself or through others, nearest first.

    Raises:
        FileNotFoundError: one of them is not there.
    """
    found: dict[str, None] = {}
    waiting = [name]
    for module in waiting:
        folder = posixpath.dirname(module)
        for match in _IMPORT.finditer(_source(module)):
            imported = posixpath.normpath(posixpath.join(folder, match["path"]))
            if imported not in found and imported != name:
                found[imported] = None
                waiting.append(imported)
    return tuple(found)


def _source(name: str) -> str:
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_text()
