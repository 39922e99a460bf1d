"""Who is told of a live interview's time, in which words, and what their calendar programs make of it."""

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
import vobject
from django.conf import settings
from django.core import mail
from django.utils import timezone

from bothways.live.actions.invitations import send_invitation
from bothways.live.actions.talk_reminders import remind_of_talks
from bothways.live.calendar_files import Entry, Person, feed_file
from bothways.live.models import Availability, Place, Slot, SlotState
from bothways.live.queries.calendar_entries import feed_of
from bothways.notify.actions.messages import deliver
from bothways.notify.models import Message, MessageState
from tests.factories import Cast
from tests.factories.booking import make_slot

FOREIGN = Path(__file__).parents[1] / "foreign"
NOW = dt.datetime(2027, 3, 26, 12, tzinfo=dt.UTC)
AFTER_THE_CHANGE = dt.datetime(2027, 3, 29, 7, tzinfo=dt.UTC)
HARD = "Ümit, “Zoë”; O'Hara\\Sons"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def sends_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SENDS_MAIL", True)


def sent_to(email: str) -> mail.EmailMultiAlternatives:
    """The mail of somebody, as it leaves."""
    mail.outbox = []
    deliver(str(Message.objects.filter(to_email=email, state=MessageState.WAITING).latest("created_at").id))
    [found] = mail.outbox
    return found


def file_in(letter: mail.EmailMultiAlternatives) -> str:
    """The calendar file, which stands beside the text and once more as an attachment."""
    message = letter.message()
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    beside, attached = parts
    assert attached.get_filename() == "interview.ics"
    content = beside.get_payload(decode=True)
    assert content == attached.get_payload(decode=True)
    assert beside.get_param("method") == vobject.readOne(content.decode()).method.value
    assert all(len(line) <= 75 for line in content.replace(b"\r\n", b"\n").split(b"\n"))
    return content.decode().replace("\r\n", "\n").replace("\n", "\r\n")


def by_vobject(content: str) -> dict[str, Any]:
    calendar = vobject.readOne(content)
    event = calendar.vevent
    return {
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "starts": event.dtstart.value.astimezone(dt.UTC),
        "ends": event.dtend.value.astimezone(dt.UTC),
        "summary": event.summary.value,
        "description": event.description.value,
        "location": event.location.value,
        "url": event.url.value,
        "status": event.status.value,
        "organizer": event.organizer.value,
    }


def by_ical_js(*contents: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", FOREIGN / "icalendar.mjs"], input=json.dumps(contents), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def emails(slot: Slot, cast: Cast) -> tuple[str, str]:
    return slot.interview.application.candidate.email, cast.bo.user.email


@pytest.mark.needs_node
def test_two_foreign_programs_read_the_same_in_both_copies(cast: Cast):
    Availability.objects.create(organization=cast.organization, member=cast.bo, time_zone="America/Sao_Paulo")
    cast.position.title = HARD
    cast.position.save()
    slot = make_slot(cast, cast.bo, cast.ines, starts_at=AFTER_THE_CHANGE, sequence=3)
    send_invitation(slot=slot, change="moved", by=cast.actor(cast.ada))
    theirs, ours = (file_in(sent_to(email)) for email in emails(slot, cast))
    for content, zone, local in ((theirs, "Europe/Berlin", "2027-03-29T09:00:00"),
                                 (ours, "America/Sao_Paulo", "2027-03-29T04:00:00")):  # fmt: skip
        [read] = by_ical_js(content)
        [event] = read["events"]
        other = by_vobject(content)
        assert (read["method"], read["zones"], event["local"]) == ("REQUEST", [zone], local)
        assert event["uid"] == other["uid"] == f"{slot.id}@localhost"
        assert event["sequence"] == other["sequence"] == 3
        assert event["starts"] == "2027-03-29T07:00:00.000Z" and other["starts"] == AFTER_THE_CHANGE
        assert other["ends"] - other["starts"] == dt.timedelta(minutes=30)
        for part in ("summary", "description", "location", "url", "status", "organizer"):
            assert event[part] == other[part], part
        assert HARD in event["summary"]
        assert event["status"] == "CONFIRMED"


@pytest.mark.needs_node
def test_nobody_reads_the_address_of_another_and_secrets_stay_out_of_the_title(cast: Cast):
    slot = make_slot(cast, cast.bo, cast.ines)
    send_invitation(slot=slot, change="booked")
    candidate, host = emails(slot, cast)
    theirs, ours = file_in(sent_to(candidate)), file_in(sent_to(host))
    [read, read_by_host] = (one["events"][0] for one in by_ical_js(theirs, ours))
    assert read["attendees"] == [[f"mailto:{candidate}", "Dee Okafor", "TRUE"]]
    assert read_by_host["attendees"] == [[f"mailto:{host}", "Bo Osei", "TRUE"]]
    assert host not in theirs and cast.ines.user.email not in theirs and candidate not in ours
    assert "Bo Osei" in read["description"] and "Inês Carvalho" in read["description"]
    assert read["url"] in read["description"] and read["location"] == f"{read['url']}room/"
    assert "/i/" not in read["summary"] and "/i/" not in ours
    assert read_by_host["url"].endswith(f"/live/{slot.interview.room.id}/")


def test_the_secret_link_in_the_file_is_sealed_until_it_leaves_and_opens_the_page(cast: Cast, client):
    slot = make_slot(cast)
    send_invitation(slot=slot, change="booked")
    email, _host = emails(slot, cast)
    message = Message.objects.get(to_email=email)
    assert "/i/" not in message.calendar and "[[link]]" in message.calendar
    content = file_in(sent_to(email))
    url = by_vobject(content)["url"]
    assert client.get(url.removeprefix(settings.BASE_URL)).status_code == 200
    message.refresh_from_db()
    assert message.sealed_links == ""


def test_a_cancelled_talk_leaves_the_calendar_and_the_words_say_whose_doing_it_was(cast: Cast):
    slot = make_slot(cast, state=SlotState.CANCELLED, reason="The boiler broke.", sequence=1)
    send_invitation(slot=slot, change="cancelled", by=cast.actor(cast.ada))
    candidate, host = emails(slot, cast)
    letter = sent_to(candidate)
    assert "we are sorry" in letter.body and "The boiler broke." in letter.body
    content = file_in(letter)
    assert "METHOD:CANCEL" in content and by_vobject(content)["status"] == "CANCELLED"
    assert by_vobject(content)["sequence"] == 1
    assert "The boiler broke." not in sent_to(host).body


def test_whoever_hosts_it_no_more_is_told_and_nobody_who_stays(cast: Cast):
    slot = make_slot(cast)
    send_invitation(slot=slot, change="moved", left=[cast.ines, cast.bo])
    out = sent_to(cast.ines.user.email)
    assert "you do not need to be there" in out.body and "METHOD:CANCEL" in file_in(out)
    assert Message.objects.filter(to_email=cast.bo.user.email).count() == 1


@pytest.mark.parametrize(
    ("place", "fields", "theirs", "ours"),
    [
        (
            Place.PHONE,
            {"phone": "+49 30 1234"},
            "You are called at +49 30 1234.",
            "You call Dee Okafor at +49 30 1234.",
        ),
        (Place.SITE, {"directions": "Dock 4, ring twice"}, "Dock 4, ring twice", "Dock 4, ring twice"),
    ],
)
def test_a_talk_elsewhere_says_where(cast: Cast, place: str, fields: dict[str, str], theirs: str, ours: str):
    slot = make_slot(cast, place=place, **fields)
    send_invitation(slot=slot, change="booked")
    for email, words in zip(emails(slot, cast), (theirs, ours), strict=True):
        entry = by_vobject(file_in(sent_to(email)))
        assert words in entry["description"]
        assert "/room/" not in entry["description"] + entry["location"]


def test_a_number_leaves_the_calendar_with_the_talk(cast: Cast):
    slot = make_slot(cast, place=Place.PHONE, phone="+49 30 1234")
    send_invitation(slot=slot, change="booked")
    assert "+49 30 1234" in file_in(sent_to(cast.bo.user.email))
    slot.state = SlotState.CANCELLED
    slot.save()
    send_invitation(slot=slot, change="cancelled")
    assert "+49 30 1234" not in file_in(sent_to(cast.bo.user.email))


def reminded() -> list[str]:
    return sorted(Message.objects.filter(kind__endswith="reminder").values_list("kind", flat=True))


def test_everybody_is_reminded_a_day_and_an_hour_before_once(cast: Cast, clock: time_machine.Traveller):
    slot = make_slot(cast, cast.bo, cast.ines)
    send_invitation(slot=slot, change="booked")
    assert remind_of_talks() == 0
    clock.shift(dt.timedelta(hours=24))
    assert (remind_of_talks(), remind_of_talks()) == (1, 0)
    assert reminded() == ["live.host_reminder"] * 2 + ["live.talk_reminder"]
    clock.shift(dt.timedelta(hours=23))
    assert (remind_of_talks(), remind_of_talks()) == (1, 0)
    assert len(reminded()) == 6
    clock.shift(dt.timedelta(hours=1))
    assert remind_of_talks() == 0


def test_what_the_invitation_has_just_said_is_not_said_again_and_a_moved_talk_reminds_anew(
    cast: Cast, clock: time_machine.Traveller
):
    slot = make_slot(cast, starts_at=NOW + dt.timedelta(hours=5))
    send_invitation(slot=slot, change="booked")
    assert remind_of_talks() == 0
    clock.shift(dt.timedelta(hours=4))
    assert remind_of_talks() == 1
    Slot.objects.filter(id=slot.id).update(
        starts_at=timezone.now() + dt.timedelta(days=3), ends_at=timezone.now() + dt.timedelta(days=3, hours=1)
    )
    slot.refresh_from_db()
    send_invitation(slot=slot, change="moved")
    assert remind_of_talks() == 0
    clock.shift(dt.timedelta(days=2))
    assert remind_of_talks() == 1


@pytest.mark.parametrize("state", [SlotState.CANCELLED, SlotState.HELD])
def test_nobody_is_reminded_of_a_talk_that_does_not_take_place(cast: Cast, state: str):
    make_slot(cast, starts_at=NOW + dt.timedelta(hours=1), state=state, held_until=NOW)
    assert remind_of_talks() == 0


def test_nobody_is_reminded_of_a_talk_with_somebody_who_has_withdrawn(cast: Cast):
    slot = make_slot(cast, starts_at=NOW + dt.timedelta(hours=1))
    slot.interview.state = "withdrawn"
    slot.interview.save()
    assert remind_of_talks() == 0
    send_invitation(slot=slot, change="cancelled")
    told = sent_to(emails(slot, cast)[0])
    assert "You take part no more" in told.body and "pick another time" not in told.body.lower()
    assert "I would rather talk to a person" not in told.body
    assert "takes part no more" in sent_to(cast.bo.user.email).body


@pytest.mark.needs_node
def test_a_feed_has_the_own_talks_and_is_the_same_until_something_changes(cast: Cast, django_assert_num_queries):
    first = make_slot(cast)
    send_invitation(slot=first, change="booked")
    one = feed_of(cast.bo)
    with time_machine.travel(NOW + dt.timedelta(minutes=5)):
        assert feed_of(cast.bo) == one
    [read] = by_ical_js(one.decode())
    assert [event["uid"] for event in read["events"]] == [f"{first.id}@localhost"]
    assert read["method"] is None
    assert first.interview.application.candidate.email not in one.decode()
    assert "BEGIN:VEVENT" not in feed_of(cast.ines).decode()
    for name in ("Ann Lee", "Ben Orr"):
        send_invitation(slot=make_slot(cast, name=name), change="booked")
    with django_assert_num_queries(2):
        assert feed_of(cast.bo).count(b"BEGIN:VEVENT") == 3
    Slot.objects.filter(id=first.id).update(state=SlotState.CANCELLED)
    assert feed_of(cast.bo).count(b"BEGIN:VEVENT") == 2


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu",
         "Africa/Casablanca", "Pacific/Apia", "UTC"]  # fmt: skip


@pytest.mark.needs_node
def test_hours_around_each_change_of_the_clocks_are_read_as_they_are_meant():
    """Each hour of the two days around changes of 2027, in zones with whole, half and no changes, south and north."""
    dates = ["2-6", "3-13", "3-14", "3-27", "3-28", "4-3", "10-2", "10-30", "10-31", "11-6", "11-7"]
    days = [dt.datetime.strptime(f"2027-{date} +0000", "%Y-%m-%d %z") for date in dates]
    person = Person("Bo", "bo@example.org")
    files, meant = [], []
    for zone in ZONES:
        moments = [day + dt.timedelta(hours=hour) for day in days for hour in range(24)]
        files.append(
            feed_file(
                [
                    Entry("x", 0, NOW, moment, moment + dt.timedelta(minutes=30), zone, "s", "d", "l", "", person)
                    for moment in moments
                ],
                name="x",
            ).decode()
        )
        meant.append([moment.strftime("%Y-%m-%dT%H:%M:00.000Z") for moment in moments])
    for zone, read, wanted in zip(ZONES, by_ical_js(*files), meant, strict=True):
        assert [event["starts"] for event in read["events"]] == wanted, zone
