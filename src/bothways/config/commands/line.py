"""Reads the command line, puts what the settings need into the environment, and hands over to one command."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import django

from bothways.config.catalogs import compile_catalogs
from bothways.config.commands import early


@dataclass(frozen=True, slots=True)
class Command:
    words: str
    data: str = ".data/up"
    needs_django: bool = True


COMMANDS = {
    "demo": Command("a filled, running product in one command", data=".data/demo"),
    "up": Command("the same server on your own data"),
    "test": Command("run the tests", needs_django=False),
    "check": Command("say what is configured, what is missing and what it costs"),
    "web": Command("one web process, for several machines"),
    "work": Command("the background workers, for several machines"),
    "migrate": Command("bring the database and the static files up to date"),
    "models": Command("list, fetch, verify and switch the models for speech"),
    "audit": Command("prove the audit log"),
    "certificate": Command("make a trial certificate, so that other devices can record"),
    "bench": Command("run the benchmarks", needs_django=False),
    "manage": Command("any Django management command"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="./bothways", description="Video interviews that go both ways.")
    subparsers = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name, command in COMMANDS.items():
        subparsers.add_parser(name, help=command.words, add_help=False)
    chosen = parser.parse_args(arguments[:1]).command
    sys.exit(run(chosen, arguments[1:]))


def run(chosen: str, arguments: Sequence[str]) -> int:
    """Run one command. Its module is imported last, because the modules it uses read the settings."""
    command = COMMANDS[chosen]
    own = argparse.ArgumentParser(prog=f"./bothways {chosen}", description=command.words.capitalize() + ".")
    if command.needs_django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
        early.apply(arguments, default_data=command.data)
        compile_catalogs()
        django.setup()
    module = importlib.import_module(f"bothways.config.commands.{chosen}")
    if chosen == "manage":
        return module.run(arguments)
    module.add_arguments(own)
    return module.run(own.parse_args(arguments))
