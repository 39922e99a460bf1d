"""Live interviews as calendar programs read them: iCalendar, RFC 5545 and 5546."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vUri

from bothways.live.vtimezones import vtimezone

PRODUCT = "-//Bothways//Live interviews//EN"
HOURS_OF_A_FEED = 1


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One live interview for one reader. The times are shown in `zone`, the reader's; `stamp` is when it was last
    changed; `url` is where to go, or empty."""

    uid: str
    sequence: int
    stamp: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    summary: str
    description: str
    location: str
    url: str
    organizer: Person
    attendees: tuple[Person, ...] = ()
    is_cancelled: bool = False


def invitation_file(entry: Entry) -> bytes:
    """What is mailed: asks the reader's program to enter, change or take out the interview."""
    return _file([entry], method="CANCEL" if entry.is_cancelled else "REQUEST")


def saved_file(entry: Entry) -> bytes:
    """What is downloaded: entered as it is, without an answer to anybody."""
    return _file([entry], method="PUBLISH")


def feed_file(entries: Iterable[Entry], *, name: str) -> bytes:
    """What a calendar program comes back for; it may do so every hour."""
    return _file(entries, name=name)


def _file(entries: Iterable[Entry], *, method: str = "", name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", dt.timedelta(hours=HOURS_OF_A_FEED), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{HOURS_OF_A_FEED}H")
    shown = list(entries)
    for zone in sorted({entry.zone for entry in shown} - {"UTC"}):
        moments = [moment for entry in shown if entry.zone == zone for moment in (entry.starts_at, entry.ends_at)]
        calendar.add_component(vtimezone(zone, min(moments), max(moments)))
    for entry in shown:
        calendar.add_component(_event(entry, asks=method == "REQUEST"))
    return calendar.to_ical()


def _event(entry: Entry, *, asks: bool) -> Event:
    event, zone = Event(), ZoneInfo(entry.zone)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(dt.UTC))
    event.add("dtstart", _on_the_wall(entry.starts_at, zone))
    event.add("dtend", _on_the_wall(entry.ends_at, zone))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.location)
    if entry.url:
        event.add("url", vUri(entry.url))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("organizer", _address(entry.organizer))
    for person in entry.attendees:
        attendee = _address(person)
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "NEEDS-ACTION" if asks else "ACCEPTED"
        attendee.params["RSVP"] = "TRUE" if asks else "FALSE"
        event.add("attendee", attendee, encode=0)
    return event


def _on_the_wall(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The time in the zone; in UTC where the clocks there show it twice, because programs take either for meant."""
    there = moment.astimezone(zone)
    is_twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    return moment.astimezone(dt.UTC) if is_twice else there


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    # A quotation mark cannot stand in a parameter at all.
    address.params["CN"] = person.name.replace('"', "'")
    return address
