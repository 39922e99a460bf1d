"""What a candidate reads and can do when a talk did not take place. Without any script."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from bothways.live.actions.missed import say_missed
from bothways.live.actions.slots import book
from bothways.live.models import Place, Slot, SlotState
from tests.factories import Cast
from tests.factories.scheduling import MONDAY, at, candidate_of, give_hours, make_live, make_live_stage
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_time import times, words


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def dee(cast: Cast) -> Visitor:
    """She has a talk with Bo on Tuesday at nine, in the browser."""
    give_hours(cast.bo)
    interview = make_live(make_live_stage(cast))
    book(actor=candidate_of(interview), interview=interview, starts_at=at(9))
    return visitor(interview)


def test_nobody_came_and_another_time_is_two_presses_away(cast: Cast, dee: Visitor, clock) -> None:
    clock.move_to(at(9, 14))
    assert "Nobody of us came" not in words(dee.get())
    clock.move_to(at(9, 16))
    page = words(dee.get())
    assert "Nobody of us came." in page and f"{cast.organization.name} apologizes" in page
    again = dee.post("time/again/", follow=True)
    assert "because nobody of us came" in words(again) and times(again)
    dee.post("time/", {"starts_at": times(again)[0]})
    dee.post("time/confirm/", {"starts_at": times(again)[0]})
    assert "You talk with us on" in words(dee.get())


def test_who_did_not_come_reads_no_blame(dee: Visitor, clock) -> None:
    Slot.objects.update(hosts_came_at=at(9))
    clock.move_to(at(9, 31))
    page = words(dee.get())
    assert "We missed each other." in page and "not held against you" in page and "our fault" not in page
    assert "We missed each other on Tuesday" in words(dee.post("time/again/", follow=True))


@pytest.mark.parametrize("said", [SlotState.LET_DOWN, SlotState.MISSED])
def test_on_the_telephone_the_candidate_says_it(dee: Visitor, clock, said: SlotState) -> None:
    Slot.objects.update(place=Place.PHONE, phone="+49 30 1")
    clock.move_to(at(10))
    page = words(dee.get())
    assert "Nobody called me" in page and "I could not be there" in page
    assert "took place" in words(dee.post("time/again/", {"how": "cancelled"}, follow=True))
    assert Slot.objects.get().state == SlotState.BOOKED
    assert times(dee.post("time/again/", {"how": said}, follow=True))
    assert Slot.objects.get().state == said


def test_what_the_team_said_stands_above_the_times(cast: Cast, dee: Visitor, clock) -> None:
    clock.move_to(at(10))
    say_missed(actor=cast.actor(cast.bo), slot=Slot.objects.get(), how=SlotState.LET_DOWN, reason="I was in hospital.")
    page = dee.get()
    assert "“I was in hospital.”" in words(page) and "apologizes" in words(page) and times(page)


def test_before_its_time_nothing_is_offered(dee: Visitor, clock) -> None:
    clock.move_to(at(8, 59))
    assert "time/again/" not in dee.get().content.decode()
    refused = words(dee.post("time/again/", follow=True))
    assert "This talk is not over, or it took place." in refused
    clock.move_to(at(9, 5) + dt.timedelta(minutes=5))
    dee.post("time/again/")
    assert Slot.objects.get().state == SlotState.BOOKED
