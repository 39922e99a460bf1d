"""Telling everybody of a live interview that its time is booked, has moved or is cancelled, with a calendar file."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import UNFINISHED
from bothways.lib.zones import zone_words
from bothways.live.actions.rooms import make_room
from bothways.live.calendar_files import Entry, invitation_file
from bothways.live.models import Place, Slot
from bothways.live.queries.calendar_entries import candidate_entry, host_entry, host_link, slots_with_people
from bothways.live.queries.member_zones import zone_of_member
from bothways.notify.actions.messages import send_message

DAY = dt.timedelta(hours=24)
HOUR = dt.timedelta(hours=1)


@transaction.atomic
def send_invitation(*, slot: Slot, change: str, by: Actor | None = None, left: Iterable[Member] = ()) -> None:
    """Mail the candidate and the hosts. Belongs into the transaction that books, moves or cancels.

    `change` is "booked", "moved" or "cancelled"; `by` is whose doing it was; `left` are those who host it no more. Who
    has withdrawn is told, too, so that it leaves their calendar.
    """
    slot = loaded(slot)
    is_theirs = by is not None and not by.is_member
    told = {"change": change, "by_team": by is not None and by.is_member, "by_candidate": is_theirs}
    word = "cancelled" if change == "cancelled" else "booked"
    tell_candidate(slot, f"talk_{word}", **told)
    for host in slot.hosts.all():
        tell_host(slot, host.member, f"host_{word}", **told)
    hosts = {host.member_id for host in slot.hosts.all()}
    for member in left:
        if member.id not in hosts:
            tell_host(slot, member, "host_cancelled", is_out=True, **{**told, "change": "cancelled"})
    if change != "cancelled":
        _say_once(slot)


def loaded(slot: Slot) -> Slot:
    """The slot with everybody in it, and with its room, if it has one."""
    if slot.place == Place.ROOM:
        make_room(interview=slot.interview)
    return slots_with_people().get(id=slot.id, organization=slot.organization_id)


def tell_candidate(slot: Slot, word: str, **told: Any) -> None:
    """Mail `live.<word>` with a fresh link. What changes no time comes without a file."""
    interview, candidate = slot.interview, slot.interview.application.candidate
    links = links_to(issue_link(interview=interview, purpose=word))
    with translation.override(interview.language):
        entry = candidate_entry(slot, page="[[link]]", stamp=timezone.now())
    send_message(
        organization=interview.organization,
        kind=f"live.{word}",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            **_context(slot, slot.time_zone, interview.language),
            "names": [host.member.user.name for host in slot.hosts.all()],
            "real_url": settings.BASE_URL + reverse("public:real"),
            **told,
        },
        links={**links, "room": f"{links['link']}room/"},
        about=interview,
        calendar=_file_for(entry, word),
    )


def tell_host(slot: Slot, member: Member, word: str, *, is_out: bool = False, **told: Any) -> None:
    """Mail `live.<word>` to one of the hosts. `is_out` takes the talk out of their calendar, though it goes on."""
    language = member.user.language
    with translation.override(language):
        entry = host_entry(slot, member, stamp=timezone.now(), is_out=is_out)
    others = [host.member.user.name for host in slot.hosts.all() if host.member_id != member.id]
    send_message(
        organization=slot.interview.organization,
        kind=f"live.{word}",
        to_email=member.user.email,
        to_name=member.user.name,
        language=language,
        context={
            **_context(slot, zone_of_member(member), language),
            "is_host": True,
            "page": host_link(slot),
            "names": [slot.interview.application.candidate.name, *others],
            "is_out": is_out,
            **told,
        },
        about=slot.interview,
        calendar=_file_for(entry, word),
    )


def _file_for(entry: Entry, word: str) -> bytes:
    return invitation_file(entry) if word.endswith(("booked", "cancelled")) else b""


def _context(slot: Slot, zone: str, language: str) -> dict[str, Any]:
    interview = slot.interview
    return {
        "slot": slot,
        "minutes": int((slot.ends_at - slot.starts_at).total_seconds() // 60),
        "candidate": interview.application.candidate,
        "position": interview.position,
        "goes_on": interview.state in UNFINISHED,
        "zone": zone,
        "zone_words": zone_words(zone, language),
        "contact_email": interview.organization.contact_email,
    }


def _say_once(slot: Slot) -> None:
    """A reminder that would be due already says what this mail says; the others come anew."""
    now, left = timezone.now(), slot.starts_at - timezone.now()
    Slot.objects.filter(id=slot.id).update(
        day_reminded_at=now if left <= DAY else None, hour_reminded_at=now if left <= HOUR else None
    )
