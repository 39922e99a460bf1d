"""Sharing out: nobody twice, nobody in conflict, nobody with much more than others, and pairs that change."""

import uuid
from collections import Counter
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bothways.review.assigning import Reviewer, ToAssign, pair, share_out

UNHURRIED = settings(deadline=None, max_examples=40)
IDS = st.uuids(version=4)


@st.composite
def open_fields(draw):
    """Reviewers who begin alike, and interviews that anybody may have."""
    reviewers = [Reviewer(id_) for id_ in draw(st.lists(IDS, min_size=1, max_size=7, unique=True))]
    missing = draw(st.integers(1, 4))
    interviews = [ToAssign(id_, "en", missing) for id_ in draw(st.lists(IDS, min_size=1, max_size=40, unique=True))]
    return reviewers, interviews


@st.composite
def any_fields(draw):
    ids = draw(st.lists(IDS, min_size=1, max_size=7, unique=True))
    some = st.sets(st.sampled_from(ids))
    barred = st.frozensets(st.sampled_from(ids))
    languages = st.frozensets(st.sampled_from(["en", "de", "ar"]))
    reviewers = [Reviewer(id_, draw(languages), draw(st.integers(0, 9)), draw(st.integers(0, 9))) for id_ in ids]
    interviews = [
        ToAssign(id_, draw(st.sampled_from(["en", "de"])), draw(st.integers(0, 4)), tuple(draw(some)), draw(barred))
        for id_ in draw(st.lists(IDS, min_size=1, max_size=12, unique=True))
    ]
    return reviewers, interviews


@UNHURRIED
@given(open_fields())
def test_nobody_has_more_than_one_more_than_anybody_else(fields):
    reviewers, interviews = fields
    loads = Counter({one.id: 0 for one in reviewers})
    loads.update(member for _interview, member in share_out(reviewers, interviews))
    assert max(loads.values()) - min(loads.values()) <= 1


@UNHURRIED
@given(any_fields())
def test_never_who_is_barred_or_on_it_or_does_not_speak_it_and_never_twice(fields):
    reviewers, interviews = fields
    picked = share_out(reviewers, interviews)
    assert len(set(picked)) == len(picked)
    speaking = {one.id: one for one in reviewers}
    for interview in interviews:
        mine = [member for of, member in picked if of == interview.id]
        assert not set(mine) & (interview.barred | set(interview.on_it))
        assert all(speaking[member].speaks(interview.language) for member in mine)
        eligible = [one for one in reviewers if interview.may_have(one)]
        assert len(mine) == min(interview.missing, len(eligible))


@UNHURRIED
@given(any_fields(), st.randoms())
def test_the_same_question_has_the_same_answer_in_whatever_order_reviewers_come(fields, random):
    reviewers, interviews = fields
    shuffled = random.sample(reviewers, len(reviewers))
    assert share_out(reviewers, interviews) == share_out(shuffled, interviews)


@UNHURRIED
@given(st.integers(4, 6), st.integers(0, 2**32))
def test_pairs_are_spread(people, seed):
    random = Random(seed)
    reviewers = [Reviewer(uuid.UUID(int=random.getrandbits(128))) for _ in range(people)]
    pairs = list(combinations(sorted(one.id for one in reviewers), 2))
    interviews = [ToAssign(uuid.UUID(int=random.getrandbits(128)), "en", 2) for _ in range(4 * len(pairs))]
    by_interview = {}
    for interview, member in share_out(reviewers, interviews):
        by_interview.setdefault(interview, []).append(member)
    together = Counter(pair(*two) for two in by_interview.values())
    # Four times as many interviews as pairs: the mean is 4, and none meets never or all the time.
    assert set(together) == set(pairs)
    assert max(together.values()) <= 8


def test_fewest_open_first_then_fewest_ever_then_who_was_least_often_together():
    ann, ben, cat = sorted(uuid.uuid4() for _ in range(3))
    one = ToAssign(uuid.uuid4(), "en", 1)
    assert share_out([Reviewer(ann, open=2), Reviewer(ben, open=1, ever=9)], [one]) == [(one.id, ben)]
    assert share_out([Reviewer(ann, open=1, ever=2), Reviewer(ben, open=1, ever=1)], [one]) == [(one.id, ben)]
    with_cat = ToAssign(uuid.uuid4(), "en", 1, on_it=(cat,))
    often = Counter({pair(ann, cat): 2, pair(ben, cat): 1})
    assert share_out([Reviewer(ann), Reviewer(ben), Reviewer(cat)], [with_cat], often) == [(with_cat.id, ben)]
