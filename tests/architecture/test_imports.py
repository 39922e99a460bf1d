"""The house's import rules, held by a machine: contracts in pyproject.toml."""

from importlinter.cli import lint_imports


def test_imports_go_down_only(capsys):
    assert lint_imports(cache_dir=None) == 0, capsys.readouterr().out
