"""A member's own calendars: what the page says of them, and what leads in and out."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bothways.accounts.actions.members import deactivate_member
from bothways.accounts.models import Member
from bothways.lib.sealing import unseal
from bothways.live.actions.calendar_feed import make_feed
from bothways.live.models import BusyCalendar, CalendarFeed
from bothways.web.team.calendar_words import TROUBLE
from bothways.work.models import Job
from tests.factories import Cast, make_token
from tests.factories.booking import make_slot

ADDRESS = "https://calendar.example/private-4711/basic.ics"


def page_of(cast: Cast) -> str:
    return f"/team/{cast.organization.slug}/calendars/"


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def words(client: Client, cast: Cast) -> str:
    return client.get(page_of(cast)).content.decode()


def added(cast: Cast, client: Client) -> BusyCalendar:
    client.post(page_of(cast), {"address": ADDRESS, "name": "Work"})
    return BusyCalendar.objects.get(name="Work")


def test_a_calendar_is_added_read_on_request_and_removed(cast: Cast):
    client = signed_in(cast.bo)
    assert "No calendar is here yet" in words(client, cast)
    calendar = added(cast, client)
    assert unseal(calendar.sealed_address) == ADDRESS
    page = words(client, cast)
    assert "Being read" in page and "private-4711" not in page, "a secret is not shown again"
    Job.objects.all().delete()
    client.post(f"{page_of(cast)}{calendar.id}/read/")
    assert Job.objects.get().name == "live.read_calendar"
    client.post(f"{page_of(cast)}{calendar.id}/remove/")
    assert not BusyCalendar.objects.exists()


def test_a_wrong_address_stands_in_the_form_with_words(cast: Cast):
    answer = signed_in(cast.bo).post(page_of(cast), {"address": "http://calendar.example/a.ics"})
    assert answer.status_code == 422
    assert "It begins with https://" in answer.content.decode()


@pytest.mark.parametrize("code", [*TROUBLE, "something else"])
def test_trouble_is_told_with_its_age_and_what_still_counts(cast: Cast, code: str):
    client = signed_in(cast.bo)
    calendar = added(cast, client)
    BusyCalendar.objects.update(trouble=code, tried_at=timezone.now())
    assert "nothing in it keeps you from being asked" in words(client, cast)
    BusyCalendar.objects.filter(id=calendar.id).update(read_at=timezone.now() - dt.timedelta(hours=3))
    page = words(client, cast)
    assert "Unknown since" in page and "3\xa0hours ago" in page and "still count" in page
    assert str(TROUBLE.get(code, TROUBLE["unreachable"])) in page


def test_calendars_of_others_are_neither_seen_nor_touched(cast: Cast):
    calendar = added(cast, signed_in(cast.bo))
    for member in (cast.ada, cast.ines):
        client = signed_in(member)
        assert "Work" not in words(client, cast)
        assert client.post(f"{page_of(cast)}{calendar.id}/remove/").status_code == 404
    assert signed_in(cast.cleo).get(page_of(cast)).status_code == 404


def feed_path(cast: Cast) -> str:
    token = unseal(CalendarFeed.objects.get(member=cast.bo).sealed_token)
    return f"/calendar/{token}.ics"


def test_the_feed_is_made_shown_renewed_and_closed(cast: Cast, client: Client):
    bo = signed_in(cast.bo)
    make_slot(cast, place="phone", phone="1")
    bo.post(f"{page_of(cast)}feed/")
    first = feed_path(cast)
    assert settings.BASE_URL + first in words(bo, cast)
    answer = client.get(first)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"BEGIN:VEVENT" in answer.content
    bo.post(f"{page_of(cast)}feed/")
    assert client.get(first).status_code == 404
    assert client.get(feed_path(cast)).status_code == 200
    second = feed_path(cast)
    bo.post(f"{page_of(cast)}feed/close/")
    assert client.get(second).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_feed_is_kept_by_nobody_and_not_sent_twice(cast: Cast, client: Client):
    make_feed(actor=cast.actor(cast.bo), member=cast.bo)
    answer = client.get(feed_path(cast))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    for mark in (answer.headers["ETag"], f'"x", W/{answer.headers["ETag"]}'):
        again = client.get(feed_path(cast), headers={"If-None-Match": mark})
        assert (again.status_code, again.content) == (304, b"")
    make_slot(cast, place="phone")
    assert client.get(feed_path(cast), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_the_feed_of_whoever_left_is_closed_and_guessing_is_slowed_down(cast: Cast, client: Client):
    make_feed(actor=cast.actor(cast.bo), member=cast.bo)
    deactivate_member(actor=cast.actor(cast.ada), member=cast.bo)
    assert client.get(feed_path(cast)).status_code == 404
    for _try in range(30):
        status = client.get("/calendar/guess.ics").status_code
    assert status == 429


def test_a_booked_time_is_a_file_for_whose_it_is_only(cast: Cast, client: Client):
    slot = make_slot(cast, cast.bo, place="phone", phone="+49 30 1")
    token = make_token(slot.interview)
    answer = client.get(f"/i/{token}/interview.ics")
    assert answer.status_code == 200 and f"/i/{token}/".encode() in answer.content.replace(b"\r\n ", b"")
    assert cast.bo.user.email.encode() not in answer.content
    own = signed_in(cast.bo).get(f"{page_of(cast)}{slot.id}/interview.ics")
    assert own.headers["Content-Disposition"] == 'attachment; filename="interview.ics"'
    for member in (cast.ines, cast.ada):
        assert signed_in(member).get(f"{page_of(cast)}{slot.id}/interview.ics").status_code == 404
    type(slot).objects.update(state="cancelled")
    assert client.get(f"/i/{token}/interview.ics").status_code == 404
