"""The pages of a room, before any socket is open."""

import datetime as dt
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.live.actions.rooms import end_lapsed_talks, make_room
from bothways.live.models import Participant, Slot
from bothways.review.actions.pinned_notes import Pin, pin_note
from bothways.review.models import Attendance
from tests.factories import make_interview, make_submitted_interview, make_token
from tests.factories.live import make_booked_room, make_live_interview, make_rules, make_slot


@pytest.fixture
def room(cast):
    return make_booked_room(cast)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def config_of(response) -> dict:
    found = re.search(r'<script id="bw-config" type="application/json">(.*?)</script>', response.content.decode())
    return json.loads(found[1])


def test_hosts_open_it_and_nobody_else(cast, room):
    address = f"/live/{room.id}/"
    statuses = {
        member.user.name: signed_in(member).get(address).status_code
        for member in (cast.ada, cast.rafael, cast.bo, cast.ines, cast.audrey, cast.cleo)
    }
    assert list(statuses.values()) == [200, 200, 200, 200, 403, 404]
    assert Client().get(address)["Location"].startswith("/accounts/login/")
    assert signed_in(cast.bo).get(f"/live/{cast.bo.id}/").status_code == 404


def test_a_host_has_the_guide_and_their_own_marks_beside_it(cast, room):
    recorded = make_submitted_interview(cast.stage, cast.kit_version)
    Interview.objects.filter(id=recorded.id).update(application=room.interview.application)
    recorded.refresh_from_db()
    for member, text in ((cast.bo, "Ask about this"), (cast.ines, "Not Bo's")):
        pin_note(
            actor=cast.actor(member),
            interview=recorded,
            question_id=recorded.kit_version.questions.get(place=2).id,
            client_key=member.id,
            pin=Pin(start_ms=4000, end_ms=None, text=text, quote=None),
        )
    config = config_of(signed_in(cast.bo).get(f"/live/{room.id}/"))
    assert [line["place"] for line in config["guide"]] == [1, 2, 3, 4]
    assert config["guide"][0]["anchors"]["5"] == "All of it."
    assert [moment["text"] for moment in config["moments"]] == ["Ask about this"]
    assert config["scorecard_opens"] is True
    assert config["socket_url"] == f"/live/{room.id}/socket" and config["ticket"] == ""
    assert config_of(signed_in(cast.rafael).get(f"/live/{room.id}/"))["scorecard_opens"] is False


def test_the_candidates_page_carries_a_ticket_and_nothing_of_the_hosts(cast, room):
    token = make_token(room.interview)
    response = Client().get(f"/i/{token}/room/")
    config = config_of(response)
    assert config["kind"] == "candidate" and f"?ticket={config['ticket']}" in config["socket_url"]
    assert token not in json.dumps({**config, "leave_url": ""})
    assert not {"guide", "moments", "scorecard"} & set(config)
    assert config["hosts"] == [{"name": "Bo Osei", "title": ""}]
    recorded = make_interview(cast.stage, cast.kit_version, "Sam Somebody")
    assert Client().get(f"/i/{make_token(recorded)}/room/")["Location"].endswith("/")


def test_too_early_and_too_late_have_words(cast, room):
    token = make_token(room.interview)
    Slot.objects.update(
        starts_at=timezone.now() + dt.timedelta(hours=2), ends_at=timezone.now() + dt.timedelta(hours=3)
    )
    early = Client().get(f"/i/{token}/room/")
    assert early.status_code == 200 and "The room opens at" in early.content.decode()
    room.ended_at = timezone.now()
    room.save()
    for response in (Client().get(f"/i/{token}/room/"), signed_in(cast.bo).get(f"/live/{room.id}/")):
        assert response.status_code == 410 and "This talk has ended" in response.content.decode()


def test_a_talk_on_the_telephone_is_said_to_be_held(cast):
    interview = make_live_interview(cast)
    slot = make_slot(interview, cast.bo, starts_in=dt.timedelta(hours=1), place="phone", phone="+49 30 123")
    room = make_room(interview=interview)
    bo = signed_in(cast.bo)
    page = bo.get(f"/live/{room.id}/").content.decode()
    assert "+49 30 123" in page and "The talk was held" not in page
    assert bo.post(f"/live/{room.id}/held").status_code == 409
    Slot.objects.filter(id=slot.id).update(starts_at=timezone.now() - dt.timedelta(minutes=20))
    assert "The talk was held" in bo.get(f"/live/{room.id}/").content.decode()
    assert signed_in(cast.audrey).post(f"/live/{room.id}/held").status_code == 403
    assert signed_in(cast.cleo).post(f"/live/{room.id}/held").status_code == 404
    assert bo.post(f"/live/{room.id}/held").status_code == 302
    interview.refresh_from_db()
    assert interview.state == "submitted" and Attendance.objects.get().share == 1.0


def test_a_talk_that_nobody_ended_ends_by_itself_if_it_was_held(cast, room):
    empty = make_booked_room(cast, "Sam Somebody")
    for one in (room, empty):
        one.opened_at = timezone.now()
        one.save()
    Participant.objects.create(
        organization=room.organization, room=room, kind="candidate", name="Dee", admitted_at=timezone.now()
    )
    assert end_lapsed_talks() == 0
    Slot.objects.update(
        starts_at=timezone.now() - dt.timedelta(hours=5), ends_at=timezone.now() - dt.timedelta(hours=4)
    )
    assert end_lapsed_talks() == 1
    states = {one.id: Interview.objects.get(id=one.interview_id).state for one in (room, empty)}
    assert states == {room.id: "submitted", empty.id: "started"}
    assert end_lapsed_talks() == 0


def test_a_stage_that_asks_to_record_begins_with_the_wish(cast):
    interview = make_live_interview(cast)
    make_rules(interview, asks_to_record=True)
    assert make_room(interview=interview).asks_to_record
