"""Bring the database and the static files up to date, once, before several web processes start."""

import argparse

from bothways.config.commands import early
from bothways.config.commands.preparing import prepare, tell

add_arguments = early.add_data


def run(_: argparse.Namespace) -> int:
    prepare()
    tell("Everything is up to date.")
    return 0
