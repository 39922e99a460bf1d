"""After the talk: what came is put together once, becomes answers, and says what is missing."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.live.actions.compositions import ask_to_put_together
from bothways.live.models import Composition, Leg, Participant, ParticipantKind
from bothways.media.models import Recording, RecordingState, RenditionKind
from bothways.media.store import get_store
from bothways.work.actions.jobs import run_all_due
from bothways.work.models import Job, JobState
from tests.live.talks import Talk
from tests.media.talk import pictures


@pytest.fixture
def talk(cast):
    return Talk(cast)


def put_together(talk):
    ask_to_put_together(room=talk.room)
    run_all_due()


def test_each_question_becomes_an_answer_and_the_rest_is_kept(talk, tmp_path):
    talk.sends(talk.dee, tmp_path, second=0, lasts=7)
    talk.sends(talk.bo, tmp_path, second=2, lasts=5)
    talk.asks(1, 1)
    talk.asks(2, 5)
    talk.ends(7)
    put_together(talk)
    one, two, rest = sorted(Composition.objects.all(), key=lambda made: (made.question is None, made.starts_at))
    assert [made.state for made in (one, two, rest)] == ["ready"] * 3
    assert [made.recording.duration_ms for made in (one, two, rest)] == [4000, 2000, 1000]
    assert [made.missing for made in (one, two, rest)] == [[], [], []]
    answers = Answer.objects.filter(interview=talk.interview).order_by("question__place")
    assert [answer.chosen_take.recording_id for answer in answers] == [one.id, two.id]
    assert rest.question is None and rest.stretches == [[0, 1000]]
    # It plays everywhere as it is, and the sides by themselves get nothing but what is needed to read them.
    kinds = set(one.recording.renditions.values_list("kind", flat=True))
    assert {RenditionKind.PLAYABLE, RenditionKind.UNIVERSAL, RenditionKind.POSTER, RenditionKind.VOICE} <= kinds
    for leg in Leg.objects.all():
        assert list(leg.recording.renditions.values_list("kind", flat=True)) == [RenditionKind.PLAYABLE]
    key = two.recording.renditions.get(kind=RenditionKind.PLAYABLE).store_key
    with get_store().local_path(key) as path:
        shown = pictures(path)
    assert all(abs(ms - 5000 - seen.at_ms) < 150 for seen in shown for ms in seen.tiles)
    # Asked for again, nothing is made again.
    put_together(talk)
    assert Composition.objects.count() == 3 and Answer.objects.count() == 2


def test_a_page_that_was_closed_early_counts_with_what_arrived_and_a_side_that_never_came_is_named(talk, tmp_path):
    talk.comes("Inês Duarte", ParticipantKind.HOST, talk.cast.ines)
    leg = talk.sends(talk.dee, tmp_path, second=0, lasts=4, finish=False)
    talk.open(talk.bo)
    talk.asks(1, 0)
    talk.ends(4)
    put_together(talk)
    assert not Composition.objects.exists() and Job.objects.get(name="live.put_together").state == JobState.WAITING
    # Nothing more comes: after a while what there is counts.
    for minutes in (1, 12, 13):
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
            run_all_due()
    leg.recording.refresh_from_db()
    assert leg.recording.state == RecordingState.READY
    made = Composition.objects.get()
    assert (made.state, made.missing) == ("ready", ["Bo Lindqvist", "Inês Duarte"])
    assert made.recording.width == 640


def test_where_nothing_came_at_all_it_is_said(talk):
    talk.asks(1, 0)
    talk.ends(4)
    put_together(talk)
    made = Composition.objects.get()
    assert (made.state, made.failure, made.missing) == ("failed", "nothing_came", ["", "Bo Lindqvist"])
    assert not Answer.objects.exists()


def test_a_talk_that_was_not_recorded_asks_for_nothing(talk):
    talk.period.delete()
    talk.ends(4)
    ask_to_put_together(room=talk.room)
    assert not Job.objects.exists()


def test_who_takes_part_no_more_leaves_nothing(talk, tmp_path):
    talk.sends(talk.dee, tmp_path, second=0, lasts=3)
    talk.asks(1, 1)
    talk.ends(3)
    put_together(talk)
    assert Recording.objects.count() == 3 and Composition.objects.count() == 2
    keys = list(Recording.objects.values_list("renditions__store_key", flat=True))
    erase_answers(talk.interview)
    assert not Recording.objects.exists() and not Composition.objects.exists() and not Leg.objects.exists()
    assert Participant.objects.exists()
    assert not any(get_store().size(key) for key in keys if key)
    assert AuditEntry.objects.filter(verb="talk.erased").count() == 1
    erase_answers(talk.interview)
    assert AuditEntry.objects.filter(verb="talk.erased").count() == 1


def test_withdrawn_while_it_is_put_together_nothing_is_kept(talk, tmp_path, monkeypatch):
    talk.sends(talk.dee, tmp_path, second=0, lasts=2)
    talk.asks(1, 0)
    talk.ends(2)
    Interview.objects.filter(id=talk.interview.id).update(state=InterviewState.WITHDRAWN, withdrawn_at=timezone.now())
    put_together(talk)
    made = Composition.objects.get()
    assert made.recording is None and not Answer.objects.exists()
    assert get_store().size(f"{made.organization_id}/{made.id}/playable.mp4") is None
