"""A live interview as it stands in somebody's calendar: in the reader's words, with nothing that is not theirs to know.

Words are in the language that is active.
"""

import datetime as dt
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bothways.accounts.models import Member, Organization
from bothways.interviews.queries.consent_words import listed
from bothways.live.calendar_files import Entry, Person, feed_file
from bothways.live.models import Host, Place, Slot, SlotState
from bothways.live.queries.member_zones import zone_of_member

FEED_PAST = dt.timedelta(days=30)


def candidate_entry(slot: Slot, *, page: str, stamp: dt.datetime) -> Entry:
    """For the candidate: names of hosts, but no address of anybody else. `page` is their own secret address."""
    interview = slot.interview
    candidate = interview.application.candidate
    place = {
        Place.ROOM: _("It is held in your browser: %(link)s") % {"link": f"{page}room/"},
        Place.PHONE: _("You are called at %(phone)s.") % {"phone": slot.phone},
        Place.SITE: slot.directions,
    }[Place(slot.place)]
    lines = [
        _("You talk with %(names)s.") % {"names": listed([_with_title(host) for host in slot.hosts.all()])},
        place,
        _("Move or cancel it on your page: %(link)s") % {"link": page},
    ]
    return Entry(
        **_facts(slot, stamp, Person(candidate.name, candidate.email)),
        zone=slot.time_zone,
        summary=_("Interview: %(position)s, %(organization)s")
        % {"position": interview.position.title, "organization": interview.organization.name},
        description="\n".join(line for line in lines if line),
        location=_location(slot, f"{page}room/"),
        url=page,
        attendees=(Person(candidate.name, candidate.email),),
    )


def host_entry(slot: Slot, member: Member, *, stamp: dt.datetime, is_out: bool = False) -> Entry:
    """For one of the hosts: who it is, and the other hosts. The candidate's address stays here. `is_out` is for whoever
    hosts it no more: for them it is cancelled.
    """
    interview = slot.interview
    name, room = interview.application.candidate.name, host_link(slot)
    others = [host.member.user.name for host in slot.hosts.all() if host.member_id != member.id]
    place = {
        Place.ROOM: _("It is held in the browser: %(link)s") % {"link": room},
        Place.PHONE: _("You call %(name)s at %(phone)s.") % {"name": name, "phone": slot.phone},
        Place.SITE: slot.directions,
    }[Place(slot.place)]
    is_off = is_out or slot.state == SlotState.CANCELLED
    # Whoever does not call needs no number.
    lines = [] if is_off else [place, _("With you: %(names)s.") % {"names": listed(others)} if others else ""]
    facts = _facts(slot, stamp, Person(member.user.name, member.user.email))
    return Entry(
        **{**facts, "is_cancelled": is_off},
        zone=zone_of_member(member),
        summary=_("Interview with %(name)s: %(position)s") % {"name": name, "position": interview.position.title},
        description="\n".join(line for line in lines if line),
        location=_location(slot, room),
        url=room,
        attendees=(Person(member.user.name, member.user.email),),
    )


def host_link(slot: Slot) -> str:
    """Where a host goes: into the room, or, where there is none, to the team's pages."""
    if slot.place == Place.ROOM and hasattr(slot.interview, "room"):
        return settings.BASE_URL + reverse("live:room", args=[slot.interview.room.id])
    return talks_link(slot)


def talks_link(slot: Slot) -> str:
    """Where a host finds all talks."""
    return settings.BASE_URL + reverse("team:live-list", args=[slot.interview.organization.slug])


def slots_with_people() -> QuerySet[Slot]:
    """Slots with all that an entry says of them. Two queries."""
    hosts = Host.objects.select_related("member__user", "member__availability").order_by("created_at", "id")
    return Slot.objects.select_related(
        "interview__organization", "interview__application__candidate", "interview__position", "interview__stage",
        "interview__room",
    ).prefetch_related(Prefetch("hosts", hosts))  # fmt: skip


def feed_of(member: Member) -> bytes:
    """A member's booked live interviews, those of the last month and all to come, in their language."""
    since = timezone.now() - FEED_PAST
    booked = slots_with_people().filter(
        organization=member.organization_id, state=SlotState.BOOKED, hosts__member=member, ends_at__gt=since
    )
    with translation.override(member.user.language):
        name = _("Live interviews, %(organization)s") % {"organization": member.organization.name}
        # The mark of a feed tells whether something changed: so nothing in it may say when it was asked for.
        entries = [
            host_entry(slot, member, stamp=slot.booked_at or slot.created_at) for slot in booked.order_by("starts_at")
        ]
        return feed_file(entries, name=name)


def _facts(slot: Slot, stamp: dt.datetime, reader: Person) -> dict[str, Any]:
    return {
        "uid": f"{slot.id}@{urlsplit(settings.BASE_URL).hostname}",
        "sequence": slot.sequence,
        "stamp": stamp,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "organizer": _organizer(slot.interview.organization, reader),
        "is_cancelled": slot.state == SlotState.CANCELLED,
    }


def _organizer(organization: Organization, reader: Person) -> Person:
    """Who gets what calendar programs answer: a person if there is one. Nobody is invited by themselves."""
    is_own = organization.contact_email.lower() == reader.email.lower()
    email = organization.contact_email if organization.contact_email and not is_own else ""
    return Person(organization.name, email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def _location(slot: Slot, room: str) -> str:
    return {Place.ROOM: room, Place.PHONE: _("On the telephone"), Place.SITE: slot.directions}[Place(slot.place)]


def _with_title(host: Host) -> str:
    return f"{host.member.user.name} ({host.member.title})" if host.member.title else host.member.user.name
