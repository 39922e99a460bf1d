"""Who may send a side of a talk, and when."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.live.actions.legs import end_legs, finish_leg, place_leg
from bothways.live.models import Leg, ParticipantKind, RecordingConsent, RecordingPeriod
from tests.live.talks import Talk


@pytest.fixture
def talk(cast):
    return Talk(cast)


def code_of(call, *args, **fields) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **fields)
    return caught.value.code


def test_asking_twice_opens_one_leg_and_only_for_its_own_person(talk):
    key = new_id()
    first, again = talk.open(talk.dee, client_key=key), talk.open(talk.dee, client_key=key)
    assert (first.leg, first.upload_id) == (again.leg, again.upload_id) and first.token != again.token
    assert first.leg.recording.is_source
    with pytest.raises(NotAllowed):
        talk.open(talk.bo, client_key=key)


def test_nothing_is_taken_without_a_period_and_without_ones_own_yes(talk):
    assert code_of(talk.open, talk.dee, period_id=new_id()) == "not_recording"
    shy = talk.comes("Inês Duarte", ParticipantKind.HOST, talk.cast.ines, agrees=False)
    assert code_of(talk.open, shy) == "no_consent"
    assert code_of(talk.open, talk.dee, mime="text/html") == "not_media"
    assert not Leg.objects.exists()
    # A line that was down a moment ago loses nothing; half an hour later it is too late.
    RecordingPeriod.objects.update(stopped_at=timezone.now())
    talk.open(talk.bo)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=30)):
        assert code_of(talk.open, talk.dee) == "not_recording"


def test_taking_the_yes_back_ends_the_leg_and_opens_no_other(talk):
    opened = talk.open(talk.dee)
    other = talk.open(talk.bo)
    RecordingConsent.objects.filter(participant=talk.dee).update(withdrawn_at=timezone.now())
    assert end_legs(participant=talk.dee) == 1
    assert code_of(talk.open, talk.dee, client_key=opened.leg.client_key) == "no_consent"
    assert code_of(finish_leg, leg=opened.leg, size=10, duration_ms=10) == "taken_over"
    assert Leg.objects.get(id=other.leg.id).finished_at is None


def test_a_leg_is_placed_where_it_can_have_begun(talk):
    leg = talk.open(talk.dee).leg
    now = timezone.now()
    good = {"started_at": now, "clock_error_ms": 3.5, "clock_rate_ppm": 40.0}
    for bad in (
        {"started_at": now - dt.timedelta(hours=1)},
        {"started_at": now + dt.timedelta(hours=1)},
        {"clock_rate_ppm": 1e9},
        {"clock_error_ms": -1},
        {"clock_error_ms": float("nan")},
        {"clock_rate_ppm": float("inf")},
    ):
        assert code_of(place_leg, leg=leg, **good | bad) == "bad_clock"
    place_leg(leg=leg, **good)
    place_leg(leg=leg, **good | {"clock_rate_ppm": 41.0})
    assert Leg.objects.get().clock_rate_ppm == 41
