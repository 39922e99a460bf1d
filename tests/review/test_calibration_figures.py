"""When a rater is near enough to the lead, and what a run takes."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.review.calibration import ANSWERS, Verdict, drawn, verdict

VALUES = st.integers(1, 5)
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PAIRS = st.lists(st.tuples(st.none() | VALUES, VALUES), max_size=12)


def test_on_a_threshold_is_within_it():
    apart_by_one = verdict([(2, 1), (2, 3), (4, 3), (3, 4)])
    assert apart_by_one == Verdict(4, Fraction(1), Fraction(0))
    assert apart_by_one.has_passed
    half_too_high = verdict([(2, 1), (4, 3), (3, 3), (5, 5)])
    assert half_too_high == Verdict(4, Fraction(1, 2), Fraction(1, 2))
    assert half_too_high.has_passed
    assert verdict([(1, 2), (3, 4), (3, 3), (5, 5)]).has_passed


def test_beyond_a_threshold_is_not_yet():
    assert not verdict([(3, 1), (1, 3), (3, 3), (2, 3)]).has_passed, "5/4 apart"
    assert not verdict([(2, 1), (4, 3), (3, 3)]).has_passed, "2/3 too high"
    assert not verdict([(1, 2), (3, 4), (3, 3)]).has_passed, "2/3 too low"


def test_three_numbers_are_needed():
    assert not verdict([(3, 3), (4, 4), (None, 5)]).has_passed
    assert verdict([(3, 3), (4, 4), (5, 5), (None, 5)]).has_passed
    assert verdict([(None, 1), (None, 3)]) == Verdict(0, None, None)
    assert not verdict([]).has_passed


@UNTIMED
@given(PAIRS, st.integers(0, 11))
def test_the_order_does_not_matter(pairs, at):
    assert verdict(pairs[at:] + pairs[:at]) == verdict(pairs[::-1]) == verdict(pairs)


@UNTIMED
@given(PAIRS)
def test_figures_are_bounded_and_turn_with_the_scale(pairs):
    found = verdict(pairs)
    if found.difference is not None:
        assert abs(found.bias) <= found.difference <= 4
    turned = verdict([(own and 6 - own, 6 - lead) for own, lead in pairs])
    assert turned.difference == found.difference
    assert turned.bias == (None if found.bias is None else -found.bias)
    assert turned.has_passed == found.has_passed


@UNTIMED
@given(st.sets(st.integers()), st.sets(st.integers()))
def test_a_run_takes_what_is_new_first(fresh, met):
    met -= fresh
    taken = drawn(sorted(fresh), sorted(met))
    assert len(taken) == len(set(taken)) == min(ANSWERS, len(fresh) + len(met))
    assert len(fresh & set(taken)) == min(ANSWERS, len(fresh))
    assert set(taken) <= fresh | met
