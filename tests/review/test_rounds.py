"""Question by question: an order of one's own that stays, and what comes next in it."""

import datetime as dt
import hashlib

import pytest
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.rounds import begin_round, enter_round
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.models import Decision, Round
from bothways.review.queries.rounds import own_round, place_of, turns
from tests.factories import make_kit_version, make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def people(cast):
    made = [make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X") for number in range(24)]
    Interview.objects.update(submitted_at=timezone.now() - dt.timedelta(days=1))
    return made


def question(cast, place=1):
    return cast.kit_version.questions.get(place=place)


def order(cast, member, place=1):
    round_ = begin_round(actor=cast.actor(member), stage=cast.stage, question=question(cast, place))
    return [turn.interview_id for turn in turns(member, round_, question(cast, place))]


def give(cast, member, interview_id, place=1, value=3):
    interview = Interview.objects.get(id=interview_id)
    draft = Draft(value, "")
    keep_rating(actor=cast.actor(member), interview=interview, question_id=question(cast, place).id, draft=draft)


def enter(cast, member, place=1):
    turn = enter_round(actor=cast.actor(member), stage=cast.stage, question=question(cast, place))
    return turn.interview_id if turn else None


def test_everybody_is_in_it_once_and_the_order_stays(cast, people):
    first = order(cast, cast.bo)
    assert sorted(first) == sorted(one.id for one in people)
    assert order(cast, cast.bo) == first
    for interview_id in first[:5]:
        give(cast, cast.bo, interview_id)
    assert order(cast, cast.bo) == first
    assert Round.objects.count() == 1


def test_it_is_the_keyed_hash_with_what_is_due_in_front_and_what_came_later_behind(cast, people):
    """Told plainly: whoever is in the middle of a round finds the same order after any change to how it is read."""
    Interview.objects.filter(id__in=[one.id for one in people[:3]]).update(rate_by=timezone.now().date())
    Interview.objects.filter(id=people[3].id).update(rate_by=timezone.now().date() + dt.timedelta(days=1))
    key = cast.bo.id.bytes + question(cast).id.bytes
    begin_round(actor=cast.actor(cast.bo), stage=cast.stage, question=question(cast))
    late = [make_submitted_interview(cast.stage, cast.kit_version, f"Late{number} X") for number in range(3)]

    def drawn(some):
        return sorted(
            (one.id for one in some), key=lambda id_: hashlib.blake2b(id_.bytes, key=key, digest_size=8).digest()
        )

    assert order(cast, cast.bo) == [*drawn(people[:3]), *drawn(people[3:]), *drawn(late)]


def test_each_reviewer_and_each_question_has_an_order_of_its_own(cast, people):
    orders = [order(cast, member, place) for member in (cast.bo, cast.ines) for place in (1, 2, 3, 4)]
    came = [one.id for one in people]
    for at, one in enumerate(orders):
        for other in [came, *orders[at + 1 :]]:
            same = sum(here == there for here, there in zip(one, other, strict=True))
            assert same < 10  # of 24; one is to be expected, and ten would be once in some ten million runs


def test_what_is_next_follows_the_order_and_leaves_out_what_is_rated(cast, people):
    first = order(cast, cast.bo)
    assert enter(cast, cast.bo) == first[0]
    give(cast, cast.bo, first[1])
    give(cast, cast.bo, first[2], value=0)
    walk = turns(cast.bo, own_round(cast.bo, cast.stage.id, question(cast).id), question(cast))
    place = place_of(first[0], walk)
    assert (place.number, place.of, place.before, place.after) == (1, 24, None, first[3])
    assert place_of(first[3], walk).before == first[2]


def test_who_was_skipped_comes_at_the_end_of_the_lot(cast, people):
    first = order(cast, cast.bo)
    for interview_id in first[1:]:
        give(cast, cast.bo, interview_id)
    walk = turns(cast.bo, own_round(cast.bo, cast.stage.id, question(cast).id), question(cast))
    assert place_of(first[-1], walk).after is None
    assert enter(cast, cast.bo) == first[0]
    give(cast, cast.bo, first[0])
    assert enter(cast, cast.bo) is None


def test_who_comes_later_stands_behind_and_moves_nobody(cast, people):
    first = order(cast, cast.bo)
    late = [make_submitted_interview(cast.stage, cast.kit_version, f"Late{number} X") for number in range(12)]
    after = order(cast, cast.bo)
    assert after[:24] == first
    assert sorted(after[24:]) == sorted(one.id for one in late)
    for interview_id in first:
        assert enter(cast, cast.bo) == interview_id
        give(cast, cast.bo, interview_id)
    following = enter(cast, cast.bo)
    assert following == after[24]
    # They are a lot now, so those who come from now on stand behind them.
    for number in range(12):
        make_submitted_interview(cast.stage, cast.kit_version, f"Later{number} X")
    for interview_id in after[24:]:
        assert enter(cast, cast.bo) == interview_id
        give(cast, cast.bo, interview_id)


def test_what_others_settled_is_left_out(cast, people):
    first = order(cast, cast.bo)
    handed_in, decided = (Interview.objects.get(id=id_) for id_ in first[:2])
    rate(cast.bo, handed_in, (3, 3, 3, 3))
    Decision.objects.create(
        organization=cast.organization, interview=decided, outcome="advance", reason="clear", decided_by=cast.ada
    )
    assert enter(cast, cast.bo) == first[2]
    # What one has rated can be gone back to.
    assert order(cast, cast.bo) == [first[0], *first[2:]]


def test_a_round_stays_with_its_kit_version_and_its_stage(cast, people):
    other = make_kit_version(cast.ada)
    make_submitted_interview(cast.stage, other, "Kim Other")
    assert len(order(cast, cast.bo)) == 24
    with pytest.raises(Refused) as refused:
        foreign = make_kit_version(cast.ada).questions.get(place=1)
        begin_round(actor=cast.actor(cast.bo), stage=cast.stage, question=foreign)
    assert refused.value.code == "question"


@pytest.mark.parametrize("who", ["ada", "rafael", "audrey", "cleo"])
def test_only_who_rates_in_the_stage_goes_through_it(cast, people, who):
    with pytest.raises(NotAllowed):
        enter_round(actor=cast.actor(getattr(cast, who)), stage=cast.stage, question=question(cast))
    assert not Round.objects.exists()


def test_an_auditor_never_even_where_they_are_named(cast, people):
    cast.stage.reviewers.create(organization=cast.organization, member=cast.audrey)
    with pytest.raises(NotAllowed):
        enter_round(actor=cast.actor(cast.audrey), stage=cast.stage, question=question(cast))


def test_the_order_is_read_in_one_query(cast, people, django_assert_num_queries):
    round_ = begin_round(actor=cast.actor(cast.bo), stage=cast.stage, question=question(cast))
    first = question(cast)
    with django_assert_num_queries(1):
        turns(cast.bo, round_, first)
