"""Code names: birds, each once, then with numbers."""

import itertools

from bothways.interviews.code_names import BIRDS, free_names


def take(count, taken=(), already=0):
    return list(itertools.islice(free_names(lambda some: set(some) & set(taken), already), count))


def test_the_list_is_long_and_has_each_bird_once():
    assert len(BIRDS) == len(set(BIRDS)) >= 150
    assert {"Heron", "Plover", "Siskin", "Dunlin"} <= set(BIRDS)
    assert max(map(len, BIRDS)) < 20


def test_each_name_comes_once_and_birds_get_numbers_when_they_are_used_up():
    names = take(3 * len(BIRDS))
    assert len(set(names)) == len(names)
    assert set(names[: len(BIRDS)]) == set(BIRDS)
    assert all(name.endswith(" 2") for name in names[len(BIRDS) : 2 * len(BIRDS)])
    assert all(name.endswith(" 3") for name in names[2 * len(BIRDS) :])


def test_a_taken_name_is_passed_over():
    assert take(1, taken=set(BIRDS) - {"Plover"}) == ["Plover"]


def test_full_rounds_are_not_asked_for_one_by_one():
    asked = []
    names = free_names(lambda some: asked.append(some) or [], already=50 * len(BIRDS) + 3)
    assert next(names).endswith(" 51")
    assert len(asked) == 1


def test_the_order_does_not_tell_who_came_first():
    assert take(len(BIRDS)) != take(len(BIRDS))
