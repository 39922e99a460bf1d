"""Showing interviews to somebody without an account: limits, what is hidden, and what is written down."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry, Role
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.tokens import digest
from bothways.media.models import Rendition, RenditionKind
from bothways.review.actions.decisions import reveal_name
from bothways.review.actions.retention import erase_due
from bothways.review.actions.share_views import open_interview, view_share
from bothways.review.actions.shares import Shown, make_share, revoke_share
from bothways.review.models import NameShown, Share
from bothways.review.policies import may_watch_shared
from bothways.review.queries.receipts import watched_by
from bothways.review.queries.shared_answers import shared
from bothways.review.queries.shares import live_shares, share_of_token, shown_interviews
from tests.factories import make_submitted_interview
from tests.factories.preparing import make_transcript
from tests.factories.review import make_shared, rate


def recording_of(interview, place=1):
    return interview.answers.get(question__place=place).chosen_take.recording


def file_of(interview, place=1):
    """As it plays; whether its bytes are there is not asked."""
    return Rendition(recording=recording_of(interview, place), kind=RenditionKind.PLAYABLE, mime="video/mp4")


def opened(cast, interview, *what, **limits):
    share, _token = make_shared(cast.rafael, interview, *what, **limits)
    assert view_share(share=share)
    for row in shown_interviews(share):
        open_interview(share=share, row=row)
    return share


def seen(share):
    return shared(share, share.shared.get().interview_id)


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_only_owners_and_recruiters_of_the_organization_share(cast, interview, who):
    with pytest.raises(NotAllowed):
        make_shared(getattr(cast, who), interview)
    share, _token = make_shared(cast.ada, interview)
    with pytest.raises(NotAllowed):
        revoke_share(actor=cast.actor(getattr(cast, who)), share=share)
    assert Share.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("recipient", {"recipient": "  "}),
        ("recipient", {"recipient": "x" * 121}),
        ("nothing_shown", {"shown": Shown(transcript=True, notes=True, name=NameShown.WHOLE)}),
        ("days", {"days": 0}),
        ("days", {"days": 31}),
        ("views", {"most_views": 0}),
        ("views", {"most_views": 51}),
        ("not_involved", {"is_involved": False}),
        ("email", {"email": "nowhere"}),
        ("places", {"places": [1, 9]}),
        ("name_hidden", {"shown": Shown(answers=True, name=NameShown.FIRST)}),
    ],
)
def test_what_makes_no_link(cast, interview, code, changed):
    fine = {"recipient": "Sam Guest", "shown": Shown(answers=True), "days": 7, "most_views": 5, "is_involved": True}
    with pytest.raises(Refused) as refused:
        make_share(actor=cast.actor(cast.rafael), interviews=[interview], **{**fine, **changed})
    assert refused.value.code == code
    assert not Share.objects.exists() and not AuditEntry.objects.filter(verb="share.made").exists()


def test_a_name_is_shared_by_those_who_know_it_only(cast, interview):
    reveal_name(actor=cast.actor(cast.rafael), interview=interview)
    share, _token = make_shared(cast.rafael, interview, "answers", name="whole")
    assert seen(share).who == "Dee Okafor"
    with pytest.raises(Refused):
        make_shared(cast.ada, interview, "answers", name="whole")


def test_who_rates_shares_no_ratings_before_their_own_are_in(cast, interview):
    rate(cast.ines, interview, (1, 1, 1, 1))
    cast.bo.role = Role.RECRUITER
    cast.bo.save()
    with pytest.raises(Refused) as refused:
        make_shared(cast.bo, interview, "scorecards")
    assert refused.value.code == "closed"
    rate(cast.bo, interview, (2, 2, 2, 2))
    assert make_shared(cast.bo, interview, "scorecards")


def test_what_was_not_sent_is_not_shared(cast, interview):
    interview.state = InterviewState.WITHDRAWN
    interview.save()
    with pytest.raises(NotAllowed):
        make_shared(cast.ada, interview)


def test_only_the_digest_of_the_token_is_kept(cast, interview):
    share, token = make_shared(cast.ada, interview)
    assert len(token) == 43 and bytes(share.token_digest) == digest(token)
    assert token not in str(Share.objects.values().get()) + str(list(AuditEntry.objects.values()))
    assert share_of_token(token) == share and share_of_token("x" * 43) is None


def test_what_is_not_said_is_hidden(cast, interview):
    make_transcript(recording_of(interview))
    rate(cast.bo, interview, (4, 3, 2, 0))
    answers = seen(make_shared(cast.ada, interview)[0])
    assert answers.who == interview.code_name and answers.overall is None and answers.scorecards == ()
    assert all(one.cell is None and one.words is None for one in answers.answers)
    assert all(one.playback is not None for one in answers.answers)
    ratings = seen(make_shared(cast.ada, interview, "scorecards", "transcript")[0])
    assert all(one.playback is None and one.words is None and one.given is None for one in ratings.answers)
    assert [one.cell.mean for one in ratings.answers] == [4, 3, 2, None]
    text = seen(make_shared(cast.ada, interview, "answers", "transcript")[0])
    assert text.answers[0].words is not None


def test_it_plays_the_chosen_answers_of_this_interview_and_nothing_else(cast, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    share = opened(cast, interview)
    assert may_watch_shared(share.id, file_of(interview))
    assert not may_watch_shared(share.id, file_of(other))
    answer = interview.answers.get(question__place=1)
    file, answer.chosen_take = file_of(interview), None
    answer.save()
    assert not may_watch_shared(share.id, file)


def test_nothing_plays_before_it_was_opened_or_where_only_ratings_are_shown(cast, interview):
    rate(cast.bo, interview, (4, 3, 2, 0))
    share, _token = make_shared(cast.ada, interview)
    assert not may_watch_shared(share.id, file_of(interview))
    assert not may_watch_shared(opened(cast, interview, "scorecards").id, file_of(interview))


def test_two_queries_for_each_request_for_bytes(cast, interview, django_assert_num_queries):
    share, file = opened(cast, interview), file_of(interview)
    with django_assert_num_queries(2):
        assert may_watch_shared(share.id, file)


@pytest.mark.parametrize(
    "end",
    [
        lambda cast, share: revoke_share(actor=cast.actor(cast.ada), share=share),
        lambda cast, share: Interview.objects.update(state=InterviewState.WITHDRAWN),
        lambda cast, share: type(cast.rafael).objects.filter(id=cast.rafael.id).update(role=Role.REVIEWER),
        lambda cast, share: type(cast.rafael).objects.filter(id=cast.rafael.id).update(is_active=False),
    ],
    ids=["revoked", "taken back", "no recruiter any more", "left"],
)
def test_it_ends_at_once(cast, interview, end):
    share = opened(cast, interview)
    assert live_shares(interview) == [share]
    end(cast, share)
    assert not may_watch_shared(share.id, file_of(interview)) and not view_share(share=share)
    assert live_shares(interview) == []


def test_it_ends_with_its_last_day(cast, interview):
    share = opened(cast, interview, days=7)
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, seconds=-5), tick=False):
        assert may_watch_shared(share.id, file_of(interview))
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, seconds=5), tick=False):
        assert not may_watch_shared(share.id, file_of(interview)) and not view_share(share=share)


def test_views_are_counted_and_end(cast, interview):
    share, _token = make_shared(cast.ada, interview, most_views=2)
    assert [view_share(share=share) for _time in range(4)] == [True, True, False, False]
    share.refresh_from_db()
    assert share.views == 2 and share.first_viewed_at <= share.last_viewed_at
    assert may_watch_shared(share.id, file_of(interview)), "who opened it last may still watch"


def test_all_is_written_down(cast, interview):
    share = opened(cast, interview, "answers", "transcript", days=3, most_views=1)
    view_share(share=share)
    revoke_share(actor=cast.actor(cast.ada), share=share)
    revoke_share(actor=cast.actor(cast.ada), share=share)
    entries = AuditEntry.objects.filter(verb__startswith="share.").order_by("sequence")
    assert [(one.verb, one.actor_kind, one.actor_name) for one in entries] == [
        ("share.made", "member", "Rafael Moreno"),
        ("share.viewed", "guest", "Sam Guest"),
        ("share.interview_opened", "guest", "Sam Guest"),
        ("share.revoked", "member", "Ada Lindqvist"),
    ]
    assert entries[0].detail["shows"] == ["answers", "transcript"] and entries[0].detail["most_views"] == 1
    assert entries[0].detail["interviews"] == [str(interview.id)] and entries[0].detail["questions"] == "all"
    assert entries[1].detail == {"view": 1} and entries[2].detail == {"interview": str(interview.id)}


def test_the_candidate_reads_who_watched_by_a_link(cast, interview, django_assert_num_queries):
    make_shared(cast.ada, interview)
    opened(cast, interview, "scorecards")
    share = opened(cast, interview)
    revoke_share(actor=cast.actor(cast.ada), share=share)
    with django_assert_num_queries(6):
        receipts = watched_by(interview)
    [guest] = [receipt for receipt in receipts if receipt.has_begun]
    assert guest.name == "Sam Guest" and not guest.watched_all


def test_a_share_goes_with_the_records(cast, interview):
    share = opened(cast, interview)
    Interview.objects.update(state=InterviewState.EXPIRED, deadline=timezone.now() - dt.timedelta(days=4000))
    erase_due()
    assert not Share.objects.filter(id=share.id).exists()
