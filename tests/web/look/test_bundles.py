"""What collectstatic makes of styles and scripts: one stylesheet a page, small, with every address resolving."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from django.test import override_settings

from bothways.config.static_storage import BundledStaticFilesStorage

CANDIDATE_STYLE_BUDGET = 20_000
"""Bytes, compressed: benchmarks' limit for everything a candidate's page loads as style."""


def collect(folder: Path, sources: Path) -> BundledStaticFilesStorage:
    """Run collectstatic over `sources` and open what it made."""
    storages = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "bothways.config.static_storage.BundledStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=folder, STATICFILES_DIRS=[sources], STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        storage = BundledStaticFilesStorage(location=folder, base_url="/static/")
        storage.hashed_files, _ = storage.load_manifest()
        return storage


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> BundledStaticFilesStorage:
    return collect(tmp_path_factory.mktemp("static"), django_settings.STATICFILES_DIRS[0])


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


def text_of(storage: BundledStaticFilesStorage, name: str) -> str:
    return (Path(storage.location) / storage.stored_name(name)).read_text(encoding="utf-8")


@pytest.mark.parametrize("bundle", ["candidate", "team"])
def test_a_bundle_is_one_request(collected: BundledStaticFilesStorage, bundle: str) -> None:
    text = text_of(collected, f"bothways/styles/{bundle}.css")
    assert "@import" not in text
    assert text.startswith("@layer tokens, base, layout, components;")
    assert "@layer components {" in text


def test_the_candidate_bundle_stays_small(collected: BundledStaticFilesStorage) -> None:
    made = Path(collected.location) / collected.stored_name("bothways/styles/candidate.css")
    assert len(gzip.compress(made.read_bytes())) <= CANDIDATE_STYLE_BUDGET
    for compressed in (made.with_name(made.name + ".gz"), made.with_name(made.name + ".br")):
        assert 0 < compressed.stat().st_size <= CANDIDATE_STYLE_BUDGET


def test_every_address_in_a_stylesheet_resolves(collected: BundledStaticFilesStorage) -> None:
    checked = 0
    for bundle in ("candidate", "team"):
        name = collected.stored_name(f"bothways/styles/{bundle}.css")
        folder = (Path(collected.location) / name).parent
        for address in re.findall(r"""url\(["']?([^"')]+)""", text_of(collected, f"bothways/styles/{bundle}.css")):
            assert (folder / address).resolve().is_file(), address
            assert re.search(r"\.[0-9a-f]{12}\.", address), f"{address} carries no hash"
            checked += 1
    assert checked >= 16


def test_modules_import_hashed_names_and_types_stay_as_they_are(tmp_path: Path, sources: Path) -> None:
    (sources / "entry.js").write_text(
        '/** @typedef {import("./types.js").Shape} Shape */\nimport { one } from "./deep/one.js";\n'
        'export const later = () => import("./late.js");\nconsole.log(one);\n'
    )
    (sources / "deep").mkdir()
    (sources / "deep/one.js").write_text('import { two } from "../two.js";\nexport const one = two;\n')
    (sources / "two.js").write_text("export const two = 2;\n")
    (sources / "late.js").write_text("export {};\n")
    storage = collect(tmp_path / "root", sources)
    entry = text_of(storage, "entry.js")
    assert '{import("./types.js").Shape}' in entry
    assert re.search(r'from "\./deep/one\.[0-9a-f]{12}\.js"', entry)
    assert re.search(r'import\("\./late\.[0-9a-f]{12}\.js"\)', entry)
    assert re.search(r'from "\.\./two\.[0-9a-f]{12}\.js"', text_of(storage, "deep/one.js"))


def test_the_name_changes_when_an_imported_part_changes(tmp_path: Path, sources: Path) -> None:
    (sources / "page.css").write_text('@layer base;\n@import url("parts/a.css") layer(base);\n')
    (sources / "parts").mkdir()
    (sources / "parts/a.css").write_text("/* why */ a { color: red; background: url(dot.svg); }")
    (sources / "parts/dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    first = collect(tmp_path / "first", sources)
    text = text_of(first, "page.css")
    assert re.search(
        r'@layer base \{\na \{ color: red; background: url\("parts/dot\.[0-9a-f]{12}\.svg"\); \}\n\}', text
    )
    (sources / "parts/a.css").write_text("a { color: blue; }")
    second = collect(tmp_path / "second", sources)
    assert first.stored_name("page.css") != second.stored_name("page.css")


def test_the_sources_work_without_collecting() -> None:
    """While developing, the browser follows the imports itself: each imported file exists."""
    storage = StaticFilesStorage()
    folder = django_settings.STATICFILES_DIRS[0] / "bothways/styles"
    for bundle in ("candidate.css", "team.css"):
        for address in re.findall(r'@import url\("([^"]+)"\)', (folder / bundle).read_text(encoding="utf-8")):
            assert (folder / address).is_file()
    assert storage.url("bothways/styles/team.css") == "/static/bothways/styles/team.css"
