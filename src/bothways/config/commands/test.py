"""Runs the tests: on SQLite, and what a database can change on PostgreSQL where one answers."""

import argparse
import os
import subprocess
import sys
import tempfile

import psycopg

SOCKET_URL = "postgresql://%2Fvar%2Frun%2Fpostgresql/postgres"
NO_TESTS = 5
ALONE = ("--durations=12", "-m", "alone")
TOGETHER = ("--durations=12", "-m", "not alone", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only on this one")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="pytest arguments", help="after --")


def run(options: argparse.Namespace) -> int:
    """Returns what the first failing run returned, or 0."""
    rest = [argument for argument in options.rest if argument != "--"]
    url = os.environ.get("BOTHWAYS_TEST_DATABASE_URL", SOCKET_URL)
    has_postgresql = options.database != "sqlite" and _answers(url)
    is_on_both = has_postgresql and not options.database
    outcomes = []
    if options.database != "postgresql":
        outcomes.append(_pytest([*(["--without-pages"] if is_on_both else []), *rest], {}))
    if has_postgresql:
        surroundings = {"BOTHWAYS_DATABASE_URL": url, "BOTHWAYS_DATABASE_POOL": "0"}
        outcomes.append(_pytest([*(["--with-database"] if is_on_both else []), *rest], surroundings))
    elif options.database == "postgresql" or (os.environ.get("CI") and not options.database):
        sys.stderr.write("PostgreSQL does not answer. tests/parts.sh installs and starts it.\n")
        outcomes.append(1)
    elif not options.database:
        print("Left out: the second run on PostgreSQL, because none answers. tests/parts.sh installs it.")
    return next((outcome for outcome in outcomes if outcome not in (0, NO_TESTS)), 0)


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    with tempfile.TemporaryDirectory(prefix="bothways-test-") as folder:
        surroundings |= {"BOTHWAYS_DATA_DIR": folder, **environment}
        outcomes = [
            subprocess.run([sys.executable, "-m", "pytest", *how, *arguments], env=surroundings, check=False).returncode  # noqa: S603 our own command
            for how in (ALONE, TOGETHER)
        ]
    return next((outcome for outcome in outcomes if outcome not in (0, NO_TESTS)), 0)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True
