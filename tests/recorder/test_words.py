"""Scripts show no words of their own: each is in the catalog that the page hands them."""

import re
from pathlib import Path

import pytest

from bothways.web.recorder_strings import check_strings, practice_strings, question_words, recorder_strings

STATIC = Path(__file__).parents[2] / "src/bothways/static/bothways"
TEMPLATES = Path(__file__).parents[2] / "src/bothways/templates/candidate"
CHECK = {"check.js"}


def keys_in(script: str) -> set[str]:
    """Keys asked for by `words("key")`; those put together at run time are counted by their beginning."""
    return {match[1] for match in re.finditer(r"""words\(\s*(?:[^"`()]*\? )?["`]([a-z_0-9]+)""", script)}


def test_every_key_that_scripts_ask_for_has_words() -> None:
    for path in (STATIC / "recorder").glob("*.js"):
        known = check_strings() if path.name in CHECK else recorder_strings(asker="Kwame")
        for key in keys_in(path.read_text(encoding="utf-8")):
            assert any(name == key or (key.endswith("_") and name.startswith(key)) for name in known), (path.name, key)


def test_practice_has_all_words_of_the_question() -> None:
    assert practice_strings().keys() == recorder_strings().keys()


@pytest.mark.parametrize("mark", ["plenty", "half", "notice", "grace", "over"])
def test_each_mark_of_time_has_words(mark: str) -> None:
    assert recorder_strings()[f"left_{mark}"]


@pytest.mark.parametrize(
    ("limit_s", "words"),
    [(60, "Up to 1 minute."), (180, "Up to 3 minutes."), (90, "Up to 90 seconds."), (None, "up to 30 minutes.")],
)
def test_limits_in_words(limit_s: int | None, words: str) -> None:
    assert words in question_words(answer_limit_s=limit_s, think_limit_s=None)["limit"]


def test_each_trouble_has_its_help() -> None:
    types = (STATIC / "recorder/types.js").read_text(encoding="utf-8")
    union = re.search(r'@typedef \{("denied".*?)\} Trouble', types, re.DOTALL)
    assert union
    named = set(re.findall(r'"([a-z_]+)"', union[1]))
    helped = set(re.findall(r'data-if="trouble_([a-z_]+)"', (TEMPLATES / "recorder/help.html").read_text()))
    assert named == helped
