"""Two hosts with hours, one live interview tomorrow, and one whose room is open now."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from bothways.accounts.actors import candidate_actor, member_actor
from bothways.accounts.models import Member
from bothways.interviews.actions.invitations import invite
from bothways.interviews.actions.progress import mark_opened
from bothways.live.actions.hours import Week, clear_day, set_day, set_week
from bothways.live.actions.rules import Holding, set_rules
from bothways.live.actions.slots import book
from bothways.live.queries.openings import offer
from bothways.positions.models import Stage

DAY = [(dt.time(9), dt.time(12)), (dt.time(13), dt.time(17))]
NOTICE_HOURS = 2


def talk_tomorrow(stage: Stage, recruiter: Member, hosts: list[Member]) -> None:
    """Amara has picked the first free time of tomorrow in a live stage; others can be invited there."""
    tomorrow = (timezone.now() + dt.timedelta(days=1)).date()
    for host in hosts:
        _set_week(host)
        set_day(actor=member_actor(host), member=host, day=tomorrow, hours=DAY)
    actor = member_actor(recruiter)
    set_rules(actor=actor, stage=stage, holding=Holding(minutes=45, asks_to_record=True))
    _book_from(stage, recruiter, "Amara Diallo", tomorrow)


def talk_now(stage: Stage, recruiter: Member, host: Member) -> None:
    """Yuki talks with this host in some minutes, so that the room is open. After `talk_tomorrow`.

    The host is free for it whatever the clock says, and as before afterwards. Before midnight it may be later.
    """
    start = _next_minutes(timezone.now().astimezone(ZoneInfo(stage.organization.time_zone)))
    end = start + dt.timedelta(hours=1)
    until = end.time() if end.date() == start.date() else dt.time()
    actor = member_actor(host)
    _set_week(host, notice_hours=0)
    set_day(actor=actor, member=host, day=start.date(), hours=[(start.time(), until)])
    _book_from(stage, recruiter, "Yuki Tanaka", start.date())
    clear_day(actor=actor, member=host, day=start.date())
    _set_week(host)


def _next_minutes(now: dt.datetime) -> dt.datetime:
    """The next time that ends in 0 or 5 minutes, at least three from now."""
    start = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=8)
    return start - dt.timedelta(minutes=start.minute % 5)


def _set_week(host: Member, *, notice_hours: int = NOTICE_HOURS) -> None:
    week = Week(
        time_zone=host.organization.time_zone,
        weekly=[DAY] * 5 + [[], []],
        buffer_before=10,
        buffer_after=10,
        notice_hours=notice_hours,
        daily_cap=4,
    )
    set_week(actor=member_actor(host), member=host, week=week)


def _book_from(stage: Stage, recruiter: Member, name: str, day: dt.date) -> None:
    """Invite somebody, who picks the first time that is free from that day on."""
    email = f"{name.split()[0].lower()}@mail.example"
    interview = invite(actor=member_actor(recruiter), stage=stage, name=name, email=email)
    person = candidate_actor(
        candidate_id=interview.application.candidate_id, name=name, organization_id=stage.organization_id
    )
    mark_opened(interview=interview, actor=person)
    zone = ZoneInfo(stage.organization.time_zone)
    times = (one.starts_at for one in offer(interview).openings)
    book(actor=person, interview=interview, starts_at=next(t for t in times if t.astimezone(zone).date() >= day))
