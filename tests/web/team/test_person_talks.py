"""The live talks of a person on the team's page about them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from bothways.interviews.models import InterviewState
from bothways.live.actions.held import talk_was_held
from bothways.live.actions.rooms import make_room
from bothways.live.actions.slots import book, cancel, move_for_candidate
from bothways.live.models import Place, RecordingPeriod, SlotState
from bothways.review.models import Attendance, Decision
from tests.factories import Cast, make_submitted_interview
from tests.factories.live import make_booked_room, make_live_interview, make_slot
from tests.factories.scheduling import MONDAY, at, candidate_of, give_hours, make_live, make_live_stage
from tests.web.team.test_live import client_of, words


def page_about(cast: Cast, interview) -> str:
    return reverse("team:people-detail", args=[cast.organization.slug, interview.position_id, interview.id])


def told(cast: Cast, interview, member=None) -> str:
    """What the section about talks says."""
    whole = client_of(member or cast.rafael).get(page_about(cast, interview)).content.decode()
    return words_in(whole.split('aria-labelledby="talks"')[1].split("</section>")[0])


def words_in(html: str) -> str:
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (InterviewState.INVITED, "Invited, no time picked yet"),
        (InterviewState.EXPIRED, "No time picked, and the time to pick one is over"),
        (InterviewState.WITHDRAWN, "Withdrawn"),
    ],
)
def test_without_a_time_it_says_how_it_stands(cast: Cast, state: str, says: str) -> None:
    interview = make_live_interview(cast, state=state, started_at=None)
    assert says in told(cast, interview) and "Another time" not in told(cast, interview)


def test_a_talk_to_come_says_when_with_whom_and_where_and_what_can_be_done(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        give_hours(cast.bo)
        dee = make_live(make_live_stage(cast))
        slot = book(actor=candidate_of(dee), interview=dee, starts_at=at(9))
        shown = told(cast, dee)
        assert "Tuesday 2 February, 09:00" in shown and "Time picked" in shown
        assert "In the browser · Bo Osei" in shown and "To the room" in shown
        assert "To the room" not in told(cast, dee, cast.audrey) and "Cancel" not in told(cast, dee, cast.audrey)
        move_for_candidate(actor=cast.actor(cast.bo), slot=slot, starts_at=at(10), reason="I am away until ten.")
        assert "Moved" in told(cast, dee) and "I am away until ten." in told(cast, dee)
        cancel(actor=candidate_of(dee), interview=dee)
        shown = told(cast, dee)
        assert "Cancelled" in shown and "No new time picked yet" in shown and "To the room" not in shown
        happened = words(client_of(cast.rafael).get(page_about(cast, dee)))
        assert "Time picked for the talk" in happened and "Talk moved" in happened and "Talk cancelled" in happened


def test_whoever_came_from_the_person_goes_back_there(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        give_hours(cast.bo)
        dee = make_live(make_live_stage(cast))
        slot = book(actor=candidate_of(dee), interview=dee, starts_at=at(9))
        change = reverse("team:live-cancel", args=[cast.organization.slug, slot.id])
        rafael = client_of(cast.rafael)
        assert change + "?from=person" in rafael.get(page_about(cast, dee)).content.decode()
        assert page_about(cast, dee) in rafael.get(change + "?from=person").content.decode()
        # A host who only rates reads no page about people.
        assert page_about(cast, dee) not in client_of(cast.bo).get(change + "?from=person").content.decode()
        done = rafael.post(change + "?from=person", {"reason": "I am ill."})
        assert done["Location"] == page_about(cast, dee)


def test_a_past_talk_asks_what_happened_and_a_held_one_says_who_was_there(cast: Cast) -> None:
    interview = make_live_interview(cast)
    slot = make_slot(interview, cast.bo, place=Place.PHONE, phone="+49 30 1234", starts_in=-dt.timedelta(hours=1))
    assert "Nobody has said yet whether it took place" in told(cast, interview)
    assert "Say what happened" in told(cast, interview)
    talk_was_held(actor=cast.actor(cast.bo), slot=slot)
    Attendance.objects.create(organization=cast.organization, interview=interview, member=cast.ines, share=0.25)
    shown = told(cast, interview)
    assert "Took place" in shown and "There: Bo Osei, Inês Carvalho (25 % of it)" in shown
    assert "On the telephone: +49 30 1234" in shown
    assert "Questions and ratings" in shown and "Recording" not in shown
    RecordingPeriod.objects.create(
        organization=cast.organization,
        room=make_room(interview=interview),
        started_at=slot.starts_at,
        stopped_at=slot.ends_at,
    )
    assert "Recording" in told(cast, interview)
    assert "Talked with us" in words(client_of(cast.rafael).get(page_about(cast, interview)))


def test_talks_of_other_steps_stand_there_too_and_a_hold_that_ran_out_does_not(cast: Cast) -> None:
    recorded = make_submitted_interview(cast.stage, cast.kit_version)
    room = make_booked_room(cast)
    live = room.interview
    live.application = recorded.application
    live.save()
    make_slot(
        live, state=SlotState.CANCELLED, starts_in=dt.timedelta(days=-3), reason="I am on a train.", place=Place.SITE
    )
    other = make_live_interview(cast, "Eve Tran", started_at=None, state=InterviewState.OPENED)
    make_slot(other, state=SlotState.HELD, held_until=timezone.now())
    assert "I am on a train." in told(cast, recorded) and "Time picked" in told(cast, recorded)
    assert "Invited, no time picked yet" in told(cast, other) and "About to be booked" not in told(cast, other)


def test_nobody_else_reads_it(cast: Cast) -> None:
    room = make_booked_room(cast)
    for member, status in ((cast.bo, 403), (cast.ines, 403), (cast.cleo, 404)):
        assert client_of(member).get(page_about(cast, room.interview)).status_code == status


def test_from_the_person_to_the_next_talk_in_one_press(cast: Cast) -> None:
    recorded = make_submitted_interview(cast.stage, cast.kit_version)
    make_live_stage(cast)
    rafael = client_of(cast.rafael)
    assert "nobody can be invited there yet" in words(rafael.get(page_about(cast, recorded)))
    with time_machine.travel(MONDAY, tick=False):
        give_hours(cast.bo)
    assert "Talk live" in words(rafael.get(page_about(cast, recorded)))
    assert "Talk live" not in words(client_of(cast.audrey).get(page_about(cast, recorded)))
    rafael.post(reverse("team:live-invite", args=[cast.organization.slug, recorded.id]), {"seen": ""})
    assert Decision.objects.get().interview == recorded
    assert "Invited, no time picked yet" in told(cast, recorded)
