"""Holding, booking, moving, cancelling: by the candidate, by the team, and by two at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.hours import set_day
from bothways.live.actions.instead import record_instead, talk_instead
from bothways.live.actions.rules import Holding, set_rules
from bothways.live.actions.slots import book, cancel, cancel_for_candidate, hold, move, move_for_candidate
from bothways.live.models import BusyCalendar, BusyTime, Host, Slot, SlotState
from bothways.live.queries.openings import offer
from bothways.live.queries.slots import slot_of
from bothways.notify.models import Message
from bothways.positions.models import Stage
from bothways.work.actions.jobs import run_all_due
from tests.factories import Cast, make_interview
from tests.factories.scheduling import at, candidate_of, give_hours, make_live

pytestmark = pytest.mark.usefixtures("monday")


def names(slot: Slot) -> list[str]:
    return [host.member.user.name.split()[0] for host in slot.hosts.all()]


def refused(code: str) -> object:
    return pytest.raises(Refused, match=f"^{code}:")


def test_a_held_time_is_nobody_elses_and_free_again_after_ten_minutes(cast: Cast, stage: Stage) -> None:
    give_hours(cast.bo)
    dee, eve = make_live(stage), make_live(stage, "Eve Tran")
    slot = hold(actor=candidate_of(dee), interview=dee, starts_at=at(9))
    assert (slot.state, slot.ends_at - slot.starts_at) == (SlotState.HELD, dt.timedelta(minutes=30))
    assert hold(actor=candidate_of(dee), interview=dee, starts_at=at(9)).id == slot.id
    with refused("time_taken"):
        hold(actor=candidate_of(eve), interview=eve, starts_at=at(9))
    assert offer(eve).at(at(9)) is None
    assert offer(eve).at(at(9, 30)) is not None
    # Another time lets go of the one before.
    hold(actor=candidate_of(dee), interview=dee, starts_at=at(10))
    assert offer(eve).at(at(9)) is not None
    with time_machine.travel(at(8, 11, day=1), tick=False):
        assert hold(actor=candidate_of(eve), interview=eve, starts_at=at(10)).state == SlotState.HELD
        with refused("time_taken"):
            book(actor=candidate_of(dee), interview=dee, starts_at=at(10))
    assert Interview.objects.get(id=dee.id).started_at is None


def test_booking_twice_is_once_and_opens_the_interview_until_after_the_talk(cast: Cast, stage: Stage) -> None:
    give_hours(cast.bo)
    dee = make_live(stage)
    far = at(9, day=12)
    slots = [book(actor=candidate_of(dee), interview=dee, starts_at=far) for _ in range(2)]
    assert slots[0].id == slots[1].id
    dee.refresh_from_db()
    assert dee.state == InterviewState.STARTED
    assert dee.deadline > far + dt.timedelta(days=1)
    assert AuditEntry.objects.filter(verb="slot.booked").count() == 1
    with refused("booked_already"):
        book(actor=candidate_of(dee), interview=dee, starts_at=at(10))


def test_the_host_with_the_least_before_them_gets_it_and_all_together_must_all_be_free(
    cast: Cast, stage: Stage
) -> None:
    give_hours(cast.bo)
    give_hours(cast.ines)
    people = [make_live(stage, name) for name in ("Dee Okafor", "Eve Tran", "Fay Ito", "Gil Paz")]
    hosts = []
    for interview in people[:2]:
        slot = book(actor=candidate_of(interview), interview=interview, starts_at=at(9))
        hosts += names(slot)
    assert sorted(hosts) == ["Bo", "Inês"]
    set_rules(actor=cast.actor(cast.rafael), stage=stage, holding=Holding(hosting="all", minutes=60))
    calendar = BusyCalendar.objects.create(organization=cast.organization, member=cast.ines, name="work")
    BusyTime.objects.create(organization=cast.organization, calendar=calendar, starts_at=at(10, 30), ends_at=at(11, 15))
    set_day(actor=cast.actor(cast.bo), member=cast.bo, day=at(9, day=3).date(), hours=[])
    # Tuesday: both have a talk at nine, and Inês is busy from half past ten; Wednesday: Bo is away.
    free = [one.starts_at for one in offer(people[2]).openings if one.starts_at < at(23, day=4)]
    assert free == [at(9, day=4), at(10, day=4), at(11, day=4)]
    both = book(actor=candidate_of(people[2]), interview=people[2], starts_at=at(9, day=4))
    assert names(both) == ["Bo", "Inês"]


def test_a_candidate_moves_three_times_and_not_in_the_last_hours(cast: Cast, stage: Stage) -> None:
    give_hours(cast.bo, notice_hours=0)
    dee = make_live(stage)
    actor = candidate_of(dee)
    first = book(actor=actor, interview=dee, starts_at=at(9))
    for count, hour in enumerate((10, 11, 9), start=1):
        slot = move(actor=actor, interview=dee, starts_at=at(hour))
        assert (slot.id, slot.sequence, slot.moved) == (first.id, count, count)
    assert move(actor=actor, interview=dee, starts_at=at(9)).sequence == 3
    with refused("moved_often"):
        move(actor=actor, interview=dee, starts_at=at(10))
    Slot.objects.update(moved=0)
    with time_machine.travel(at(5, 1), tick=False), refused("too_late"):
        move(actor=actor, interview=dee, starts_at=at(10))


def test_the_team_moves_and_cancels_with_words_and_the_candidate_picks_again(cast: Cast, stage: Stage) -> None:
    give_hours(cast.bo)
    give_hours(cast.ines)
    dee = make_live(stage)
    slot = book(actor=candidate_of(dee), interview=dee, starts_at=at(9, day=4))
    host = slot.hosts.get().member
    for stranger in (cast.cleo, cast.audrey, *({cast.bo, cast.ines} - {host})):
        with pytest.raises(NotAllowed):
            cancel_for_candidate(actor=cast.actor(stranger), slot=slot)
    moved = move_for_candidate(actor=cast.actor(host), slot=slot, starts_at=at(9, day=5), reason="I am ill.")
    assert (moved.id, moved.moved, moved.reason, names(moved)) == (slot.id, 0, "I am ill.", names(slot))
    gone = cancel_for_candidate(actor=cast.actor(cast.rafael), slot=moved, reason="We are all ill.")
    assert (gone.state, gone.sequence) == (SlotState.CANCELLED, 2)
    dee.refresh_from_db()
    assert dee.state == InterviewState.STARTED
    assert dee.deadline >= at(8, day=8)
    assert slot_of(dee) is None
    again = book(actor=candidate_of(dee), interview=dee, starts_at=at(9, day=4))
    assert again.id != slot.id


def test_cancelling_frees_the_time_and_so_does_taking_part_no_more(cast: Cast, stage: Stage) -> None:
    give_hours(cast.bo)
    dee, eve = make_live(stage), make_live(stage, "Eve Tran")
    book(actor=candidate_of(dee), interview=dee, starts_at=at(9))
    assert cancel(actor=candidate_of(dee), interview=dee, reason="").state == SlotState.CANCELLED
    assert cancel(actor=candidate_of(dee), interview=dee) is None
    book(actor=candidate_of(eve), interview=eve, starts_at=at(9))
    withdraw(interview=eve, actor=candidate_of(eve))
    assert offer(dee).at(at(9)) is not None
    run_all_due()
    assert Slot.objects.get(interview=eve).state == SlotState.CANCELLED
    told = Message.objects.get(kind="live.talk_cancelled", to_email=eve.application.candidate.email)
    assert "METHOD:CANCEL" in told.calendar and "You take part no more" in told.body_text


def test_a_telephone_talk_needs_a_number(cast: Cast, stage: Stage) -> None:
    give_hours(cast.bo)
    set_rules(actor=cast.actor(cast.ada), stage=stage, holding=Holding(place="phone"))
    dee = make_live(stage)
    with refused("phone_missing"):
        book(actor=candidate_of(dee), interview=dee, starts_at=at(9), phone=" ")
    assert book(actor=candidate_of(dee), interview=dee, starts_at=at(9), phone="+351 21 000").phone == "+351 21 000"


def test_nobody_is_invited_to_pick_from_nothing(cast: Cast, stage: Stage) -> None:
    actor = cast.actor(cast.rafael)
    with pytest.raises(Refused, match=r"no_hours: .*Bo Osei and Inês Carvalho"):
        invite(actor=actor, stage=stage, name="Dee Okafor", email="dee@example.net")
    give_hours(cast.ines)
    assert invite(actor=actor, stage=stage, name="Dee Okafor", email="dee@example.net").kind == "live"
    set_rules(actor=actor, stage=stage, holding=Holding(hosting="all"))
    with pytest.raises(Refused, match=r"no_hours: [^I]*Bo Osei\.$"):
        invite(actor=actor, stage=stage, name="Eve Tran", email="eve@example.net")


def test_candidates_of_a_recorded_stage_talk_instead_and_go_back_until_a_time_is_booked(cast: Cast) -> None:
    dee = make_interview(cast.stage, cast.kit_version)
    actor = candidate_of(dee)
    give_hours(cast.bo)
    with refused("not_offered"):
        talk_instead(actor=actor, interview=dee)
    set_rules(actor=cast.actor(cast.rafael), stage=cast.stage, holding=Holding(instead=True))
    assert talk_instead(actor=actor, interview=dee)
    dee.refresh_from_db()
    hold(actor=actor, interview=dee, starts_at=at(9))
    assert record_instead(actor=actor, interview=dee)
    assert not Host.objects.exists()
    dee.refresh_from_db()
    talk_instead(actor=actor, interview=dee)
    dee.refresh_from_db()
    book(actor=actor, interview=dee, starts_at=at(9))
    dee.refresh_from_db()
    with refused("not_offered"):
        record_instead(actor=actor, interview=dee)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_time_at_once_one_gets_it(monday: dt.datetime) -> None:
    cast = Cast()
    stage_of = Stage.objects.get(id=cast.stage.id)
    Stage.objects.filter(id=stage_of.id).update(kind="live")
    stage_of.refresh_from_db()
    give_hours(cast.bo)
    both = [make_live(stage_of, name) for name in ("Dee Okafor", "Eve Tran")]
    together = Barrier(2)

    def take(interview: Interview) -> str:
        together.wait()
        try:
            return book(actor=candidate_of(interview), interview=interview, starts_at=at(9)).state
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, both)) == ["booked", "time_taken"]
    assert Host.objects.count() == 1
