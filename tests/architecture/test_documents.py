"""The reference is complete: every setting and every command is described, and nothing is that does not exist."""

import ast
import re
from pathlib import Path

import bothways
from bothways.config.commands.line import COMMANDS

PACKAGE = Path(bothways.__file__).parent
REFERENCE = PACKAGE.parents[1] / "docs" / "reference"


def settings_read() -> set[str]:
    tree = ast.parse((PACKAGE / "config" / "settings.py").read_text())
    return {
        f"BOTHWAYS_{node.args[0].value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "env"
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value != "_UNSET_"
    }


def test_every_setting_is_described_and_no_other():
    described = set(re.findall(r"^\| `(BOTHWAYS_\w+)`", (REFERENCE / "settings.md").read_text(), re.M))
    assert described == settings_read()


def test_every_command_is_described_and_no_other():
    described = set(re.findall(r"^## `\./bothways (\w+)", (REFERENCE / "commands.md").read_text(), re.M))
    assert described == set(COMMANDS)
