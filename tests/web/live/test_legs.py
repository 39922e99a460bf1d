"""The calls by which pages send up their side: who may, and what nonsense is answered with."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bothways.interviews.models import Interview, InterviewState
from bothways.lib.ids import new_id
from bothways.live.models import Leg
from bothways.web.room_tickets import make_ticket
from tests.factories import make_token
from tests.live.talks import Talk


@pytest.fixture
def talk(cast):
    return Talk(cast)


def call(talk, name, body, *, member=None, ticket="", leg=None, csrf=False):
    client = Client(enforce_csrf_checks=csrf)
    if member:
        client.force_login(member.user)
    headers = {"X-Bothways-Ticket": ticket} if ticket else {}
    url = reverse(f"live:{name}", args=[talk.room.id, *([leg] if leg else [])])
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def opening(talk, **fields):
    return {"client_key": str(new_id()), "period": str(talk.period.id), "kind": "video", "mime": "video/webm"} | fields


def ticket_of(talk):
    return make_ticket(interview=talk.interview, token=make_token(talk.interview))


def test_each_side_sends_its_own_also_after_the_talk_has_ended(talk):
    opened = call(talk, "legs", opening(talk), ticket=ticket_of(talk))
    assert opened.status_code == 201 and opened.json()["upload"]["url"].startswith("/u/")
    leg = Leg.objects.get()
    assert leg.participant == talk.dee
    assert call(talk, "legs", opening(talk), member=talk.cast.bo).status_code == 201
    talk.ends(60)
    placed = {"started_ms": timezone.now().timestamp() * 1000 - 30_000, "clock_error_ms": 2, "clock_rate_ppm": -12.5}
    assert call(talk, "leg", placed, ticket=ticket_of(talk), leg=leg.id).status_code == 200
    leg.refresh_from_db()
    assert leg.clock_rate_ppm == -12.5 and leg.started_at
    finished = call(talk, "leg-finish", {"bytes": 5, "duration_ms": 100}, ticket=ticket_of(talk), leg=leg.id)
    assert finished.json()["is_finished"] is True


def test_nobody_else_gets_in(talk):
    cast, leg = talk.cast, talk.open(talk.dee).leg
    placed = {"started_ms": timezone.now().timestamp() * 1000, "clock_error_ms": 2, "clock_rate_ppm": 0}
    other = Talk(cast)
    for member in (cast.cleo, cast.audrey, cast.ines, None):
        assert call(talk, "legs", opening(talk), member=member).status_code == 403
        assert call(talk, "leg", placed, member=member, leg=leg.id).status_code == 403
    assert call(talk, "legs", opening(talk), ticket=ticket_of(other)).status_code == 403
    assert call(talk, "legs", opening(talk), ticket="forged").status_code == 403
    # Bo sits in the room, and still Dee's side is not his.
    assert call(talk, "leg", placed, member=cast.bo, leg=leg.id).json()["error"]["code"] == "not_here"
    ticket = ticket_of(talk)
    Interview.objects.filter(id=talk.interview.id).update(state=InterviewState.WITHDRAWN, withdrawn_at=timezone.now())
    assert call(talk, "legs", opening(talk), ticket=ticket).status_code == 403
    assert call(talk, "legs", opening(talk), member=cast.bo, csrf=True).status_code == 403
    assert Leg.objects.filter(period=talk.period).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "hologram"}, {"mime": "text/html"}, {"client_key": "x"}, {"period": None}, {"mime": "video/\0"}],
)
def test_nonsense_is_refused_in_words(talk, wrong):
    answer = call(talk, "legs", opening(talk, **wrong), member=talk.cast.bo)
    assert answer.status_code == 400 and answer.json()["error"]["words"]


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "1e400", '"soon"', "-5", "1e18"])
def test_a_clock_that_makes_no_sense_is_refused(talk, bad):
    leg = talk.open(talk.bo).leg
    client = Client()
    client.force_login(talk.cast.bo.user)
    body = '{"started_ms": %s, "clock_error_ms": 1, "clock_rate_ppm": 0}' % bad  # noqa: UP031
    answer = client.post(reverse("live:leg", args=[talk.room.id, leg.id]), body, content_type="application/json")
    assert answer.status_code == 400 or answer.json()["error"]["code"] == "bad_clock"
    assert call(talk, "leg-finish", {"bytes": 0, "duration_ms": 1}, member=talk.cast.bo, leg=leg.id).status_code == 400
