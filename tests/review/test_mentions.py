"""Who is meant by "@name": the longest fitting name, in any case, and nobody by a mail address in a sentence."""

import uuid

import pytest

from bothways.review.mentions import Person, mentioned


def person(name: str) -> Person:
    return Person(uuid.uuid5(uuid.NAMESPACE_DNS, name), name, f"{name.replace(' ', '.').lower()}@example.org")


PEOPLE = [person(name) for name in ("Bo Larsen", "Inês Duarte", "Ada Lima", "Ada Lima Reis", "محمد علي", "Jo O'Neil")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("@Bo, listen", ["Bo Larsen"]),
        ("@bo larsen and @INÊS", ["Bo Larsen", "Inês Duarte"]),
        ("(@Bo)", ["Bo Larsen"]),
        ("@Ine\u0302s", ["Inês Duarte"]),
        ("@Ada Lima", ["Ada Lima"]),
        ("@Ada Lima Reis", ["Ada Lima Reis"]),
        ("@Bobby @B mail@bo.org x@Bo @Bo@x", []),
        ("@bo.larsen@example.org", ["Bo Larsen"]),
        ("@محمد علي، اسمع", ["محمد علي"]),
        ("@Jo O'Neil's", ["Jo O'Neil"]),
        ("@Bo @Bo", ["Bo Larsen"]),
        ("Bo @ home", []),
    ],
)
def test_who_is_meant(words: str, names: list[str]) -> None:
    found = mentioned(words, PEOPLE)
    assert sorted(one.name for one in found.people) == sorted(names)
    assert not found.unclear


def test_a_name_that_fits_several_is_unclear() -> None:
    found = mentioned("@Ada and @Bo", PEOPLE)
    assert [one.name for one in found.people] == ["Bo Larsen"]
    [(typed, people)] = found.unclear
    assert typed == "ada" and sorted(one.name for one in people) == ["Ada Lima", "Ada Lima Reis"]


def test_nobody_is_there() -> None:
    assert mentioned("@Bo", []).people == ()
