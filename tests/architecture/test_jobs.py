"""Every job that is asked for has a handler, and handlers stay thin."""

import ast
import inspect
from pathlib import Path

import pytest

import bothways
from bothways.work.registry import HANDLERS, PERIODIC

SOURCES = sorted(Path(bothways.__file__).parent.rglob("*.py"))


def names_asked_for() -> set[str]:
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "enqueue":
                found |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
                }
    return found


def test_every_job_name_resolves():
    asked = names_asked_for()
    assert asked
    assert asked <= set(HANDLERS)


def test_every_handler_is_asked_for():
    assert set(HANDLERS) <= names_asked_for() | {name for name in HANDLERS if name.startswith("test.")}


@pytest.mark.parametrize("name", sorted({**HANDLERS, **PERIODIC}))
def test_a_task_is_thin(name):
    handler = HANDLERS.get(name) or PERIODIC[name]
    assert handler.run.__module__.endswith(".tasks")
    assert len(inspect.getsource(handler.run).splitlines()) <= 12
