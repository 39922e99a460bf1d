"""What is said of one rater's numbers, reckoned by hand."""

import datetime as dt

import pytest

from bothways.review.agreement.drift import Drift, Rated, drift_of

NINE = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def rated(values, others=None, minutes=0):
    return Rated(NINE + dt.timedelta(minutes=minutes), tuple(values), tuple(others or [None] * len(values)))


def test_mean_spread_and_use_of_the_scale():
    drift = drift_of([rated((1, 2, 3)), rated((4, 5, None)), rated((3, 3, 3)), rated((3, 4, 2))])
    assert (drift.scorecards, drift.numbers, drift.unsure) == (4, 11, 1)
    assert drift.shares == (1, 2, 5, 2, 1)
    assert drift.mean == 3 and drift.spread == pytest.approx((12 / 10) ** 0.5)


def test_harder_than_others_on_the_same_answers_only():
    alike = [rated((3, 4), (3.5, None), number) for number in range(10)]
    assert drift_of(alike).harder_by == pytest.approx(0.5)
    assert drift_of(alike).shared == 10
    assert drift_of(alike[:9]).harder_by is None
    milder = [rated((5,), (3.0,), number) for number in range(10)]
    assert drift_of(milder).harder_by == -2


def test_halo_is_little_spread_within_a_person_and_questions_that_move_together():
    one_impression = [rated((value, value, value)) for value in (1, 2, 3, 4, 5) * 2]
    drift = drift_of(one_impression)
    assert (drift.interviews, drift.within, drift.together) == (10, 0, pytest.approx(1))
    apart = [rated((value, 6 - value)) for value in (1, 2, 3, 4, 5) * 2]
    assert drift_of(apart).together == pytest.approx(-1)
    assert drift_of(apart[:9]).together is None and drift_of(apart[:9]).within is None
    assert drift_of([rated((3, value)) for value in (1, 2, 3, 4, 5) * 2]).together is None


def test_thirds_are_taken_of_what_was_rated_in_one_go():
    morning = [rated((5, 5), minutes=number * 10) for number in range(15)]
    late = [rated((2, 2), minutes=150 + number * 10) for number in range(15)]
    drift = drift_of([*late, *morning])
    assert (drift.first_third, drift.last_third, drift.in_thirds) == (5, 2, 20)
    next_day = [Rated(one.at + dt.timedelta(days=1), one.values, one.others) for one in late]
    drift = drift_of([*morning, *next_day])
    assert drift.first_third == drift.last_third == 3.5


def test_too_little_gives_no_figure_and_nothing_breaks():
    nothing = drift_of([])
    assert (nothing.mean, nothing.spread, nothing.within, nothing.together, nothing.first_third) == (None,) * 5
    nobody_sure = drift_of([rated((None, None))] * 12)
    assert (nobody_sure.numbers, nobody_sure.unsure, nobody_sure.mean) == (0, 24, None)


def test_what_is_kept_comes_back():
    drift = drift_of([rated((1, 5), (2.0, None), number) for number in range(12)])
    assert Drift.from_json(drift.as_json()) == drift
