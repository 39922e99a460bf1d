from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bothways.review.spans import first, length, merge, within

spans = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1])))


def milliseconds(stretches):
    return {ms for start, end in stretches for ms in range(start, end)}


@given(spans)
def test_merging_keeps_exactly_the_same_milliseconds(stretches):
    merged = merge(stretches)
    assert milliseconds(merged) == milliseconds(stretches)
    assert length(merged) == len(milliseconds(stretches))


@given(spans)
def test_merged_stretches_are_sorted_and_apart(stretches):
    merged = merge(stretches)
    assert all(one[1] < other[0] for one, other in pairwise(merged))
    assert merge(merged) == merged


@given(spans, spans)
def test_merging_piece_by_piece_is_merging_at_once_in_any_order(one, other):
    assert merge([*merge(one), *merge(other)]) == merge([*other, *one])


@given(spans, st.integers(0, 600))
def test_nothing_lies_outside_the_recording(stretches, duration):
    kept = milliseconds(within(stretches, duration))
    assert kept == {ms for ms in milliseconds(stretches) if ms < duration}


@given(spans, st.integers(0, 2000))
def test_a_budget_is_filled_and_never_exceeded(stretches, budget):
    kept = list(first(stretches, budget))
    assert length(kept) == min(budget, length(stretches))
    assert milliseconds(kept) <= milliseconds(stretches)


def test_negative_and_backward_stretches_are_nothing():
    assert list(within([(-50, -10), (90, 40), (-5, 10)], 100)) == [(0, 10)]
