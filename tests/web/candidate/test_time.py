"""The pages on which a candidate picks the time of a live interview, without any script."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.utils.html import strip_tags

from bothways.interviews.models import Interview, InterviewState
from bothways.live.actions.rules import Holding, set_rules
from bothways.live.actions.slots import cancel_for_candidate
from bothways.live.models import Slot, SlotState
from tests.factories import Cast
from tests.factories.scheduling import MONDAY, at, give_hours, make_live, make_live_stage
from tests.web.candidate.conftest import Visitor, visitor


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def live_dee(cast: Cast) -> Visitor:
    """Dee is to pick a time with Bo, who is free from nine to noon; Inês has no hours."""
    give_hours(cast.bo)
    return visitor(make_live(make_live_stage(cast)))


def words(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def times(response) -> list[str]:
    return re.findall(r'name="starts_at" value="([^"]+)"', response.content.decode())


def pick(dee: Visitor, moment: dt.datetime) -> None:
    assert dee.post("time/", {"starts_at": moment.isoformat()}).status_code == 302
    dee.post("time/confirm/", {"starts_at": moment.isoformat()})


def test_the_link_opens_on_times_to_pick_and_a_yes_books_one(live_dee: Visitor) -> None:
    page = live_dee.get()
    assert times(page)[0] == at(9).isoformat()
    assert "Pick a time to talk with us" in words(page)
    assert "30 minutes" in words(page)
    held = live_dee.post("time/", {"starts_at": times(page)[1]}, follow=True)
    assert "We keep this time for you until 08:10" in words(held)
    booked = live_dee.post("time/confirm/", {"starts_at": times(page)[1]}, follow=True)
    assert "You talk with us on Tuesday 2 February, 09:30" in words(booked)
    assert "Bo Osei" in words(booked)
    assert "Inês" not in words(booked)
    live_dee.interview.refresh_from_db()
    assert live_dee.interview.state == InterviewState.STARTED


def test_times_are_said_in_the_own_zone_with_the_hosts_beside(live_dee: Visitor) -> None:
    live_dee.post("time/zone/", {"time_zone": "Asia/Kathmandu"})
    page = words(live_dee.get())
    assert "All times are in Kathmandu time" in page
    assert "14:45 09:00 Lisbon time" in page
    assert "Tuesday 2 February" in page
    live_dee.post("time/zone/", {"time_zone": "Mars/Olympus"})
    assert "Kathmandu time" in words(live_dee.get())


def test_a_time_that_was_just_taken_is_said_in_words_and_another_can_be_picked(cast: Cast, live_dee: Visitor) -> None:
    eve = visitor(make_live(live_dee.interview.stage, "Eve Tran"))
    pick(eve, at(9))
    page = live_dee.post("time/", {"starts_at": at(9).isoformat()}, follow=True)
    assert "This time has just been taken" in words(page)
    assert at(9).isoformat() not in times(page)
    for nonsense in ("", "soon", "2027-02-02T09:30:00", "9" * 400):
        assert "Pick one of the times" in words(live_dee.post("time/", {"starts_at": nonsense}, follow=True))


def test_moving_and_cancelling_with_words(live_dee: Visitor) -> None:
    pick(live_dee, at(9))
    moved = live_dee.post("time/", {"starts_at": at(10, day=3).isoformat()}, follow=True)
    assert "Your talk is moved" in words(moved)
    assert "Wednesday 3 February, 10:00" in words(moved)
    assert "You can move it 2 more times" in words(moved)
    gone = live_dee.post("time/cancel/", {"reason": "I have a cold."}, follow=True)
    assert "You can pick another time" in words(gone)
    assert times(gone)
    assert Slot.objects.get().reason == "I have a cold."


def test_the_team_cancels_and_its_words_stand_above_the_times(cast: Cast, live_dee: Visitor) -> None:
    pick(live_dee, at(9))
    cancel_for_candidate(actor=cast.actor(cast.bo), slot=Slot.objects.get(), reason="I am ill, I am sorry.")
    page = live_dee.get()
    assert "I am ill, I am sorry." in words(page)
    assert times(page)


def test_where_nothing_is_free_somebody_can_be_asked(cast: Cast, live_dee: Visitor) -> None:
    give_hours(cast.bo, weekly=[[]] * 7)
    page = live_dee.get()
    assert "No time is free at the moment" in words(page)
    assert live_dee.url("talk/?for=change") in page.content.decode()


def test_a_number_is_asked_for_where_the_talk_is_on_the_telephone(cast: Cast, live_dee: Visitor) -> None:
    holding = Holding(place="phone", directions="We call from Lisbon.")
    set_rules(actor=cast.actor(cast.ada), stage=live_dee.interview.stage, holding=holding)
    live_dee.post("time/", {"starts_at": at(9).isoformat()})
    asked = live_dee.post("time/confirm/", {"starts_at": at(9).isoformat(), "phone": ""})
    assert asked.status_code == 422
    assert "Write the number at which we can call you" in words(asked)
    booked = live_dee.post("time/confirm/", {"starts_at": at(9).isoformat(), "phone": "+351 21 1"}, follow=True)
    assert "We call you at +351 21 1" in words(booked)


def test_a_hold_that_ran_out_is_booked_only_if_the_time_is_still_free(live_dee: Visitor) -> None:
    live_dee.post("time/", {"starts_at": at(9).isoformat()})
    with time_machine.travel(MONDAY + dt.timedelta(minutes=11), tick=False):
        assert "Ten minutes have passed" in words(live_dee.get("time/confirm/", follow=True))
        page = live_dee.post("time/confirm/", {"starts_at": at(9, 30).isoformat()}, follow=True)
    assert "Your talk is booked" in words(page)


def test_in_a_recorded_stage_talking_is_an_equal_way_and_there_is_a_way_back(cast: Cast, dee: Visitor) -> None:
    assert "Talk live instead" not in words(dee.get())
    give_hours(cast.bo)
    set_rules(actor=cast.actor(cast.ada), stage=cast.stage, holding=Holding(instead=True))
    assert "Or talk with us live" in words(dee.get())
    page = dee.post("time/instead/", {"way": "live"}, follow=True)
    assert times(page)
    assert "In a talk you and your hosts see and hear each other" in words(page)
    assert dee.get("questions/").status_code == 302
    assert "has 4 questions for you" in words(dee.post("time/instead/", {"way": "recorded"}, follow=True))


def test_after_the_deadline_the_page_says_what_can_be_done(live_dee: Visitor) -> None:
    with time_machine.travel(live_dee.interview.deadline + dt.timedelta(days=1), tick=False):
        page = live_dee.get()
    assert "The time to pick a talk is over" in words(page)
    assert "Take 3 more days" in words(page)
    assert not Slot.objects.filter(state=SlotState.BOOKED).exists()
    assert Interview.objects.get().state == InterviewState.INVITED
