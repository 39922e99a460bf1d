"""Any Django management command, with the product's settings."""

from collections.abc import Sequence

from django.core.management import execute_from_command_line


def run(arguments: Sequence[str]) -> int:
    execute_from_command_line(["./bothways manage", *arguments])
    return 0
