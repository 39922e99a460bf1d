"""Runs the tests: on SQLite, and what a database can change once more on PostgreSQL where one answers."""

import argparse
import os
import subprocess
import sys
import tempfile

import psycopg

SOCKET_URL = "postgresql://%2Fvar%2Frun%2Fpostgresql/postgres"
NO_TESTS = 5
ALONE = ("-m", "alone")
TOGETHER = ("-m", "not alone", "-n", "auto", "--dist", "loadfile")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only on this one")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="pytest arguments", help="after --")


def run(options: argparse.Namespace) -> int:
    """Returns what the first failing run returned, or 0."""
    rest = [argument for argument in options.rest if argument != "--"]
    url = os.environ.get("BOTHWAYS_TEST_DATABASE_URL", SOCKET_URL)
    outcomes = []
    if options.database != "postgresql":
        outcomes.append(_pytest(rest, {}))
    if options.database != "sqlite":
        if _answers(url):
            again = [] if options.database else ["--with-database"]
            surroundings = {"BOTHWAYS_DATABASE_URL": url, "BOTHWAYS_DATABASE_POOL": "0"}
            outcomes.append(_pytest([*again, *rest], surroundings))
        elif os.environ.get("CI") or options.database:
            sys.stderr.write("PostgreSQL does not answer. tests/parts.sh installs and starts it.\n")
            outcomes.append(1)
        else:
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
