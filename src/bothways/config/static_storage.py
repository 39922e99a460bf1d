"""Static files for production: hashed, compressed, one stylesheet a page, and no build step.

The sources stay small files that a browser can load as they are. At collectstatic, each stylesheet made of
``@import … layer(…)`` lines becomes one file, imports between ES modules point to hashed names, and everything is
compressed once. The far-future cache of WhiteNoise is safe because a name changes with its content.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import url\("(?P<url>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;[ \t]*$', re.MULTILINE)
_URL = re.compile(r"""url\((?P<quote>["']?)(?P<url>[^"')]+)(?P=quote)\)""")
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's hashed and compressed storage, with stylesheets bundled and module imports rewritten."""

    support_js_module_import_aggregation = True
    # One pass settles one more step of the import tree. Modules that import each other in a circle never settle.
    max_post_process_passes = 12

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, Any, Any]]:
        """Replace the bundles among the collected files, then hash and compress all of them."""
        yield from super().post_process({**paths, **_bundles(paths)}, dry_run=dry_run, **options)

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Leave types in JSDoc alone: an ``import("./machine.js")`` there is for the checker, and may be a circle."""
        convert = super().url_converter(name, hashed_files, template)
        return lambda match: match[0] if _in_documentation(match) else convert(match)


def _in_documentation(match: re.Match[str]) -> bool:
    before = match.start("url")
    return match.string.rfind("/**", 0, before) > match.string.rfind("*/", 0, before)


def _bundles(paths: dict[str, tuple[Any, str]]) -> dict[str, tuple[Any, str]]:
    made = InMemoryStorage()
    bundles: dict[str, tuple[Any, str]] = {}
    for name in paths:
        if not name.endswith(".css"):
            continue
        source = _read(paths, name)
        if _IMPORT.search(source):
            made.save(name, ContentFile(_bundle(paths, name).encode()))
            bundles[name] = (made, name)
    return bundles


def _bundle(paths: dict[str, tuple[Any, str]], name: str) -> str:
    """The stylesheet with every import put in its place, in its layer, its comments left out."""
    folder = posixpath.dirname(name)

    def put_in_place(match: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(folder, match["url"]))
        text = _with_addresses_seen_from(folder, _bundle(paths, imported), posixpath.dirname(imported)).strip()
        return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

    return _COMMENT.sub("", _IMPORT.sub(put_in_place, _read(paths, name)))


def _with_addresses_seen_from(folder: str, text: str, home: str) -> str:
    def rebase(match: re.Match[str]) -> str:
        if match["url"].startswith(("data:", "/", "#")):
            return match[0]
        return f'url("{posixpath.relpath(posixpath.join(home, match["url"]), folder)}")'

    return _URL.sub(rebase, text)


def _read(paths: dict[str, tuple[Any, str]], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
