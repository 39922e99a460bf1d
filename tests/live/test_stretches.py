"""Which stretch of a talk belongs to which question."""

import datetime as dt
import uuid

from bothways.live.queries.stretches import parts_of

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


def at(minutes: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def shown(periods, asked):
    parts = parts_of([(at(a), at(b)) for a, b in periods], [(at(when), question) for when, question in asked])
    return [(part.question_id, [(minutes(a), minutes(b)) for a, b in part.stretches]) for part in parts]


def minutes(moment: dt.datetime) -> float:
    return round((moment - NOON).total_seconds() / 60, 3)


def test_each_question_has_what_was_recorded_until_the_next_and_the_rest_is_kept():
    asked = [(2, ONE), (5, TWO), (9, ONE), (11, None)]
    assert shown([(0, 4), (6, 12)], asked) == [
        (ONE, [(2, 4), (9, 11)]),
        (TWO, [(6, 9)]),
        (None, [(0, 2), (11, 12)]),
    ]


def test_a_question_asked_before_the_recording_began_is_being_answered_when_it_does():
    assert shown([(3, 4)], [(1, ONE)]) == [(ONE, [(3, 4)])]


def test_without_questions_all_of_it_is_the_rest_in_pieces_of_twenty_minutes():
    assert shown([(0, 35), (40, 50)], []) == [(None, [(0, 20)]), (None, [(20, 35), (40, 45)]), (None, [(45, 50)])]


def test_of_a_very_long_answer_the_end_belongs_to_the_rest_and_a_slip_of_the_hand_to_nobody():
    assert shown([(0, 35)], [(0, ONE), (30, TWO), (30.01, ONE)]) == [(ONE, [(0, 20)]), (None, [(20, 30), (30.01, 35)])]
