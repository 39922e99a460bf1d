"""The team's side of live interviews: hours, rules of a step, the list of talks."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from bothways.interviews.models import Interview
from bothways.live.actions.participants import enter
from bothways.live.actions.rooms import make_room
from bothways.live.actions.slots import book
from bothways.live.models import Availability, BusyCalendar, LiveRules, Slot, SlotState
from bothways.live.queries.openings import offer
from bothways.positions.models import Stage
from tests.factories import Cast
from tests.factories.scheduling import MONDAY, at, candidate_of, give_hours, make_live, make_live_stage


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def client_of(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def address(cast: Cast, name: str, **more: object) -> str:
    return reverse(f"team:{name}", kwargs={"organization": cast.organization.slug, **more})


def words(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.fixture
def slot(cast: Cast) -> Slot:
    """Dee talks with Bo on Tuesday at nine."""
    give_hours(cast.bo)
    dee = make_live(make_live_stage(cast))
    return book(actor=candidate_of(dee), interview=dee, starts_at=at(9))


def week(**changes: str) -> dict[str, str]:
    rest = {"buffer_before": "10", "buffer_after": "10", "notice_hours": "24", "daily_cap": "4"}
    return {"time_zone": "Europe/Lisbon", "d0_0_starts": "09:00", "d0_0_ends": "11:00", **rest, **changes}


def test_hours_are_saved_by_their_own_member_and_offered_at_once(cast: Cast) -> None:
    bo, page = client_of(cast.bo), address(cast, "hours-edit")
    assert "Nothing is saved yet" in words(bo.get(page))
    assert bo.post(page, week()).status_code == 302
    dee = make_live(make_live_stage(cast))
    assert [one.starts_at.day for one in offer(dee).openings] == [8] * 4
    bo.post(address(cast, "hours-day"), {"day": "2027-02-08"})
    bo.post(address(cast, "hours-day"), {"day": "2027-02-09", "h0_starts": "15:00", "h0_ends": "16:00"})
    assert [one.starts_at for one in offer(dee).openings][:2] == [at(15, day=9), at(15, 30, day=9)]
    assert "Monday 8 February away" in words(bo.get(page))
    bo.post(address(cast, "hours-clear"), {"day": "2027-02-08"})
    assert offer(dee).openings[0].starts_at == at(9, day=8)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"d0_0_ends": ""}, "Fill in both, or none."),
        ({"d0_0_ends": "08:00"}, "Hours end after they begin."),
        ({"d0_1_starts": "10:00", "d0_1_ends": "12:00"}, "Two stretches of one day overlap."),
        ({"daily_cap": "0"}, "greater than or equal to 1"),
        ({"time_zone": "Mars/Olympus"}, "Mars/Olympus is not one of the available choices"),
        ({"d3_0_starts": "morning"}, "Enter a valid time."),
    ],
)
def test_hours_that_cannot_be_are_said_in_words_and_nothing_is_saved(cast: Cast, wrong, told: str) -> None:
    page = client_of(cast.bo).post(address(cast, "hours-edit"), week(**wrong))
    assert page.status_code == 422
    assert told in words(page)
    assert not Availability.objects.exists()


def test_a_recruiter_says_how_talks_are_held(cast: Cast) -> None:
    stage = make_live_stage(cast)
    page = address(cast, "stages-talks", stage_id=stage.id)
    rafael = client_of(cast.rafael)
    assert "These hosts have not said when they are free" in words(rafael.get(page))
    fields = {"minutes": "45", "hosting": "all", "place": "site", "directions": "", "shows_questions": "on"}
    assert "Write where the talk is held" in words(rafael.post(page, fields))
    assert rafael.post(page, {**fields, "directions": "Rua 1, ring twice."}).status_code == 302
    rules = LiveRules.objects.get(stage=stage)
    assert (rules.minutes, rules.hosting, rules.place, rules.instead) == (45, "all", "site", False)


def test_a_live_step_is_added_with_its_kit_and_leads_to_its_talks(cast: Cast) -> None:
    page = address(cast, "stages-new", position_id=cast.position.id)
    rafael = client_of(cast.rafael)
    prefilled = rafael.get(f"{page}?kind=live&kit={cast.kit_version.kit_id}").content.decode()
    assert 'value="live" checked' in prefilled
    fields = {"name": "A talk", "kind": "live", "kit": str(cast.kit_version.kit_id), "window_days": "7"}
    fields |= {"reply_days": "10", "raters_wanted": "2", "reviewers": [str(cast.bo.id)]}
    answer = rafael.post(page, fields)
    stage = Stage.objects.get(kind="live")
    assert answer["Location"] == address(cast, "stages-talks", stage_id=stage.id)
    assert stage.kit_id == cast.kit_version.kit_id
    listed = words(rafael.get(address(cast, "stages-list", position_id=cast.position.id)))
    assert "have not said yet when they are free: Bo Osei" in listed


def test_the_list_shows_hosts_their_own_talks_and_recruiters_all(cast: Cast, slot: Slot) -> None:
    page = address(cast, "live-list")
    assert "Tuesday 2 February, 09:00" in words(client_of(cast.bo).get(page))
    assert "Dee Okafor" in words(client_of(cast.rafael).get(page))
    assert "No talk is booked" in words(client_of(cast.ines).get(page))
    assert "Move" not in words(client_of(cast.audrey).get(page))
    with time_machine.travel(at(10), tick=False):
        assert "It was called off" in words(client_of(cast.bo).get(page))


def test_a_host_moves_and_cancels_with_words_and_nobody_else_does(cast: Cast, slot: Slot) -> None:
    move, cancel = (address(cast, name, slot_id=slot.id) for name in ("live-move", "live-cancel"))
    for other, status in ((cast.ines, 403), (cast.audrey, 403), (cast.cleo, 404)):
        assert client_of(other).post(cancel, {"reason": "No."}).status_code == status
    bo = client_of(cast.bo)
    to = at(10, day=3).isoformat()
    assert "Write a sentence to the candidate" in words(bo.post(move, {"starts_at": to}))
    assert bo.post(move, {"starts_at": to, "reason": "I am sorry, I am away."}).status_code == 302
    slot.refresh_from_db()
    assert (slot.starts_at, slot.reason, slot.moved) == (at(10, day=3), "I am sorry, I am away.", 0)
    assert bo.post(cancel, {"reason": "I am ill."}).status_code == 302
    assert Slot.objects.get().state == SlotState.CANCELLED
    assert bo.get(cancel).status_code == 404


def test_the_list_costs_the_same_with_many_talks(cast: Cast, slot: Slot, django_assert_max_num_queries) -> None:
    rafael, page = client_of(cast.rafael), address(cast, "live-list")
    rafael.get(page)
    with django_assert_max_num_queries(40) as one:
        rafael.get(page)
    for number, name in enumerate(("Eve Tran", "Fay Ito")):
        other: Interview = make_live(slot.interview.stage, name)
        book(actor=candidate_of(other), interview=other, starts_at=at(10, day=3) + dt.timedelta(hours=number))
    with django_assert_max_num_queries(len(one)):
        rafael.get(page)


def test_what_became_of_a_talk_is_asked_in_one_place_and_said_with_one_press(cast: Cast, slot: Slot) -> None:
    listed, missed = address(cast, "live-list"), address(cast, "live-missed", slot_id=slot.id)
    bo = client_of(cast.bo)
    with time_machine.travel(at(10), tick=False):
        page = words(bo.get(listed))
        for offered in ("It took place elsewhere", "They did not come", "We did not come", "It was called off"):
            assert offered in page
        assert "Nobody was seen at the room." in page
        for other, status in ((cast.ines, 403), (cast.audrey, 403), (cast.cleo, 404)):
            assert client_of(other).post(missed + "?how=missed").status_code == status
        assert bo.get(missed)["Location"] == bo.post(missed + "?how=booked")["Location"] == listed
        assert "we are sorry, in the name of the organization" in words(bo.get(missed + "?how=let_down"))
        assert bo.post(missed + "?how=let_down", {"reason": ""})["Location"] == listed
        assert Slot.objects.get().state == SlotState.LET_DOWN
        page = words(bo.get(listed))
        assert "What became of these?" not in page and "Past" in page and "We did not come" in page
        rafael = client_of(cast.rafael)
        figures = rafael.get(
            address(cast, "progress-position", position_id=cast.position.id) + f"?stage={stage_of(slot)}"
        )
        assert "<dt>We did not come</dt><dd>1</dd>" in figures.content.decode()
        assert "Picked a time" in words(figures) and "Began to answer" not in words(figures)
        assert "Answered question" not in words(figures)
        file = rafael.get(address(cast, "progress-export", position_id=cast.position.id) + f"?stage={stage_of(slot)}")
        assert "Live talks,We did not come,1" in file.content.decode()
        about = address(cast, "people-detail", position_id=cast.position.id, interview_id=slot.interview_id)
        assert "Talk missed: we did not come" in words(rafael.get(about))


def test_a_candidate_who_waits_alone_stands_in_the_list(cast: Cast, slot: Slot) -> None:
    with time_machine.travel(at(9), tick=False):
        room = make_room(interview=slot.interview)
        enter(room=room, actor=candidate_of(slot.interview), epoch="first", connection=uuid.uuid4())
        assert "Waits at the room now" in words(client_of(cast.bo).get(address(cast, "live-list")))
        enter(room=room, actor=cast.actor(cast.bo), epoch="first", connection=uuid.uuid4())
        assert "Waits at the room now" not in words(client_of(cast.bo).get(address(cast, "live-list")))


def stage_of(slot: Slot) -> str:
    return str(slot.interview.stage_id)


def test_a_calendar_that_cannot_be_read_is_said_where_times_are_counted_from_it(cast: Cast, slot: Slot) -> None:
    pages = [address(cast, "stages-talks", stage_id=stage_of(slot)), address(cast, "live-move", slot_id=slot.id)]
    rafael = client_of(cast.rafael)
    for name, trouble in (("Private things", "unreachable"), ("Work", "")):
        BusyCalendar.objects.create(
            organization=cast.organization, member=cast.bo, name=name, sealed_address="x", trouble=trouble,
            read_at=MONDAY - dt.timedelta(days=1),
        )  # fmt: skip
    for page in pages:
        shown = words(rafael.get(page))
        assert "A calendar cannot be read." in shown and "Bo Osei, last read on Sunday 31 January, 08:00" in shown
        assert "Private things" not in shown
    BusyCalendar.objects.filter(name="Private things").update(read_at=None)
    assert "never read" in words(rafael.get(pages[0]))
    BusyCalendar.objects.update(trouble="")
    for page in pages:
        assert "cannot be read" not in words(rafael.get(page))
