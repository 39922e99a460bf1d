"""A talk that did not take place: who is asked, what the candidate reads and can do, and what it leaves behind."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.held import talk_was_held
from bothways.live.actions.missed import ask_what_became, pick_again, say_missed, tell_of_waiting
from bothways.live.actions.participants import admit, enter, step_out
from bothways.live.actions.rooms import end_lapsed_talks, end_talk, make_room
from bothways.live.actions.slots import book, cancel_for_candidate, move_for_candidate
from bothways.live.models import Participant, Place, Slot, SlotState
from bothways.live.queries.missed import TalkCounts, offered_again, talk_counts
from bothways.live.queries.slots import agenda
from bothways.notify.models import Message
from bothways.review.models import Attendance
from tests.factories import Cast
from tests.factories.live import make_slot as make_live_slot
from tests.factories.scheduling import MONDAY, at, candidate_of, give_hours, make_live, make_live_stage

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def dee(cast: Cast) -> Interview:
    """She talks with Bo on Tuesday from nine to half past, in the browser."""
    give_hours(cast.bo)
    interview = make_live(make_live_stage(cast))
    book(actor=candidate_of(interview), interview=interview, starts_at=at(9))
    return fresh(interview)


def fresh(interview: Interview) -> Interview:
    interview.refresh_from_db()
    return interview


def slot_in(interview: Interview) -> Slot:
    return Slot.objects.select_related("interview__stage", "interview__organization").latest("created_at")


def come(interview: Interview, actor) -> Participant:
    room = make_room(interview=interview)
    return enter(room=room, actor=actor, epoch="first", connection=uuid.uuid4())[0]


def sent(kind: str) -> int:
    return Message.objects.filter(kind=f"live.{kind}").count()


def elsewhere(place: str) -> None:
    Slot.objects.update(place=place, phone="+49 30 1234" if place == Place.PHONE else "", directions="Dock 4")


def test_hosts_are_asked_once_and_the_candidate_is_offered_another_time(cast: Cast, dee, clock) -> None:
    clock.move_to(at(9, 29) + 30 * MINUTE)
    assert ask_what_became() == 0
    clock.move_to(at(10))
    assert (ask_what_became(), ask_what_became()) == (1, 0)
    asked = Message.objects.get(kind="live.host_asked")
    assert asked.to_email == cast.bo.user.email and f"/team/{cast.organization.slug}/live/#open" in asked.body_text
    told = Message.objects.get(kind="live.talk_missed")
    assert "we are sorry" in told.body_text and f"{cast.organization.name} apologizes" in told.body_text
    # Nobody has said anything: the talk stays booked, and there are days to pick another time.
    assert slot_in(dee).state == SlotState.BOOKED
    assert fresh(dee).deadline.date() >= at(9, day=9).date()
    assert fresh(dee).state == InterviewState.STARTED and dee.reply_by is None


def test_of_long_ago_nobody_is_asked(dee, clock) -> None:
    clock.move_to(at(10, day=4))
    assert ask_what_became() == 0


def test_who_talked_is_not_asked(cast: Cast, dee, clock) -> None:
    clock.move_to(at(9))
    come(dee, cast.actor(cast.bo))
    admit(room=dee.room, actor=cast.actor(cast.bo), participant=come(dee, candidate_of(dee)))
    clock.move_to(at(10))
    assert ask_what_became() == 0 and sent("talk_missed") == 0
    assert offered_again(slot_in(dee)) == ()
    with pytest.raises(Refused):
        pick_again(actor=candidate_of(dee), interview=dee)


@pytest.mark.parametrize(
    ("bo_at", "dee_at", "offered"),
    [
        (None, None, SlotState.LET_DOWN),
        (None, 0, SlotState.LET_DOWN),
        (0, None, SlotState.MISSED),
        (0, 20, SlotState.MISSED),
        # Bo came when Dee had waited for long.
        (20, 0, SlotState.LET_DOWN),
        (0, 5, SlotState.LET_DOWN),
    ],
)
def test_the_room_knows_who_did_not_come(cast: Cast, dee, clock, bo_at, dee_at, offered) -> None:
    for minute in range(25):
        clock.move_to(at(9, minute))
        for who, came in ((cast.actor(cast.bo), bo_at), (candidate_of(dee), dee_at)):
            if came == minute:
                come(dee, who)
    clock.move_to(at(9, 30))
    assert offered_again(slot_in(dee)) == (offered,)


def test_who_waits_is_not_held_for_longer_than_a_quarter_of_an_hour(cast: Cast, dee, clock) -> None:
    clock.move_to(at(9, 14))
    come(dee, candidate_of(dee))
    assert offered_again(slot_in(dee)) == ()
    with pytest.raises(Refused):
        pick_again(actor=candidate_of(dee), interview=dee)
    clock.move_to(at(9, 15))
    assert pick_again(actor=candidate_of(dee), interview=dee) is True
    assert slot_in(dee).state == SlotState.LET_DOWN
    assert pick_again(actor=candidate_of(dee), interview=dee) is False


def test_one_press_and_another_time_is_picked_with_all_moves_left(cast: Cast, dee, clock) -> None:
    clock.move_to(at(10))
    assert pick_again(actor=candidate_of(dee), interview=dee) is True
    again = book(actor=candidate_of(dee), interview=fresh(dee), starts_at=at(10, day=4))
    assert (again.state, again.moved) == (SlotState.BOOKED, 0)
    entry = AuditEntry.objects.get(verb="slot.let_down")
    assert entry.actor_kind == "candidate" and entry.detail["interview"] == str(dee.id)


def test_of_a_talk_elsewhere_the_candidate_says_how_it_was(cast: Cast, dee, clock) -> None:
    elsewhere(Place.PHONE)
    clock.move_to(at(10))
    assert offered_again(slot_in(dee)) == (SlotState.MISSED, SlotState.LET_DOWN)
    for nonsense in (None, SlotState.CANCELLED):
        with pytest.raises(Refused):
            pick_again(actor=candidate_of(dee), interview=dee, how=nonsense)
    assert ask_what_became() == 1 and sent("talk_missed") == 0
    assert pick_again(actor=candidate_of(dee), interview=dee, how=SlotState.LET_DOWN)
    assert slot_in(dee).state == SlotState.LET_DOWN


@pytest.mark.parametrize("how", [SlotState.MISSED, SlotState.LET_DOWN])
def test_the_team_says_it_with_words_and_once(cast: Cast, dee, clock, how) -> None:
    bo, slot = cast.actor(cast.bo), slot_in(dee)
    with pytest.raises(Refused) as refused:
        say_missed(actor=bo, slot=slot, how=how)
    assert refused.value.code == "not_yet"
    clock.move_to(at(10))
    for other in (cast.ines, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            say_missed(actor=cast.actor(other), slot=slot, how=how)
    assert say_missed(actor=bo, slot=slot, how=how, reason="My train stood still.") is True
    assert say_missed(actor=bo, slot=slot, how=how) is False
    [told] = Message.objects.filter(kind="live.talk_missed")
    assert "My train stood still." in told.body_text and told.calendar == ""
    assert ("apologizes" in told.body_text) == (how == SlotState.LET_DOWN)
    assert ("We missed each other" in told.body_text) == (how == SlotState.MISSED)
    for other in (lambda: talk_was_held(actor=bo, slot=slot), lambda: cancel_for_candidate(actor=bo, slot=slot)):
        with pytest.raises(Refused):
            other()
    assert fresh(dee).state == InterviewState.STARTED and dee.reply_by is None
    assert talk_counts(dee.stage) == TalkCounts(
        held=0, missed=int(how == SlotState.MISSED), let_down=int(how == SlotState.LET_DOWN), cancelled=0
    )
    assert AuditEntry.objects.get(verb=f"slot.{how}").actor_kind == "member"


def test_what_the_room_has_told_is_not_mailed_twice_but_an_apology_always(cast: Cast, dee, clock) -> None:
    clock.move_to(at(9))
    come(dee, cast.actor(cast.bo))
    clock.move_to(at(10))
    ask_what_became()
    assert sent("talk_missed") == 1
    slot = slot_in(dee)
    say_missed(actor=cast.actor(cast.bo), slot=slot, how=SlotState.LET_DOWN)
    assert sent("talk_missed") == 2


def test_the_team_says_the_same_as_the_room_without_another_mail(cast: Cast, dee, clock) -> None:
    clock.move_to(at(10))
    ask_what_became()
    say_missed(actor=cast.actor(cast.rafael), slot=slot_in(dee), how=SlotState.LET_DOWN)
    assert sent("talk_missed") == 1


def test_an_interview_that_ran_out_meanwhile_goes_on(cast: Cast, dee, clock) -> None:
    clock.move_to(at(10, day=20))
    Interview.objects.update(state=InterviewState.EXPIRED)
    assert [one.id for one in agenda(cast.organization, cast.actor(cast.bo)).open] == [slot_in(dee).id]
    say_missed(actor=cast.actor(cast.bo), slot=slot_in(dee), how=SlotState.LET_DOWN)
    assert fresh(dee).state == InterviewState.STARTED and dee.deadline > timezone.now() + dt.timedelta(days=6)
    found = agenda(cast.organization, cast.actor(cast.bo))
    assert not found.open and [one.state for one in found.past] == [SlotState.LET_DOWN]


def test_the_promise_runs_from_when_it_is_said_that_it_took_place(cast: Cast, dee, clock) -> None:
    clock.move_to(at(10, day=3))
    talk_was_held(actor=cast.actor(cast.bo), slot=slot_in(dee))
    assert fresh(dee).state == InterviewState.SUBMITTED and dee.reply_by > at(10, day=3).date()
    assert talk_counts(dee.stage).held == 1
    with pytest.raises(Refused):
        say_missed(actor=cast.actor(cast.bo), slot=slot_in(dee), how=SlotState.MISSED)


@pytest.mark.parametrize("given_back", ["missed", "cancelled", "moved"])
def test_who_was_in_for_one_time_was_not_in_for_the_next(cast: Cast, dee, clock, given_back) -> None:
    """Else a talk to which nobody came would end as held, and promise a reply to it."""
    bo = cast.actor(cast.bo)
    clock.move_to(at(9))
    host = come(dee, bo)
    admit(room=dee.room, actor=bo, participant=come(dee, candidate_of(dee)))
    step_out(participant_id=host.id, connection=host.connection)
    clock.move_to(at(10))
    if given_back == "moved":
        move_for_candidate(actor=bo, slot=slot_in(dee), starts_at=at(9, day=4), reason="The line was down.")
    else:
        if given_back == "missed":
            say_missed(actor=bo, slot=slot_in(dee), how=SlotState.LET_DOWN)
        else:
            cancel_for_candidate(actor=bo, slot=slot_in(dee), reason="The line was down.")
        book(actor=candidate_of(dee), interview=fresh(dee), starts_at=at(9, day=4))
    assert not Attendance.objects.exists()
    slot = slot_in(dee)
    assert (slot.candidate_came_at, slot.hosts_came_at, slot.asked_at) == (None, None, None)
    clock.move_to(at(9, day=4))
    come(fresh(dee), bo)
    with pytest.raises(Refused) as refused:
        end_talk(room=dee.room, actor=bo)
    assert refused.value.code == "nobody_came"
    clock.move_to(at(14, day=4))
    assert end_lapsed_talks() == 0
    assert offered_again(slot_in(dee)) == (SlotState.MISSED,)


def test_hosts_are_written_to_when_somebody_waits_alone_once(cast: Cast, dee, clock) -> None:
    clock.move_to(at(8, 55))
    waiting = come(dee, candidate_of(dee))

    def look(minute: int, seen: bool = True) -> int:
        clock.move_to(at(9, minute))
        if seen:
            Participant.objects.filter(id=waiting.id).update(seen_at=timezone.now())
        return tell_of_waiting()

    assert look(0) == 0 and look(1) == 0
    # Gone again: nobody waits.
    assert look(3, seen=False) == 0
    host = come(dee, cast.actor(cast.bo))
    assert look(3) == 0
    step_out(participant_id=host.id, connection=host.connection)
    assert (look(4), look(5)) == (1, 0)
    told = Message.objects.get(kind="live.host_waited_for")
    assert told.to_email == cast.bo.user.email and f"/live/{dee.room.id}/" in told.body_text
    assert AuditEntry.objects.filter(verb="slot.waited_at").count() == 1


def test_an_outsider_and_another_candidate_pick_nothing_for_somebody(cast: Cast, dee, clock) -> None:
    other = make_live(dee.stage, "Eve Tran")
    make_live_slot(other, cast.bo, starts_in=dt.timedelta(days=1))
    clock.move_to(at(10))
    for actor in (candidate_of(other), cast.actor(cast.bo), cast.actor(cast.cleo)):
        with pytest.raises(NotAllowed):
            pick_again(actor=actor, interview=dee)
