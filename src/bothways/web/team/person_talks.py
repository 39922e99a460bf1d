"""The live talks of a person, as the page about them tells of each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.inviting import obstacle
from bothways.interviews.queries.window import is_over
from bothways.live.models import Place, Slot, SlotState
from bothways.live.policies import may_change_slot, may_host
from bothways.live.queries.compositions import recorded_talk
from bothways.live.queries.hours import closes_at
from bothways.live.queries.slots import OPEN_STATES
from bothways.live.queries.talks import Talk, talks_of
from bothways.positions.models import StageKind
from bothways.review.models import Attendance
from bothways.review.policies import may_decide, may_watch_interview
from bothways.review.queries.attendance import attended_by
from bothways.review.queries.decisions import history, undecided
from bothways.review.queries.stages import stage_after
from bothways.web.team.access import TeamRequest


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk: `sign` and `words` say how it stands, `attended` who was there. `room_url` is empty where nobody meets
    in a room any more. `may_watch` leads to the recording, if there is one, and to the own scorecard.
    """

    talk: Talk
    sign: str
    words: str
    attended: list[str]
    room_url: str
    may_watch: bool
    is_recorded: bool
    may_change: bool
    is_asked: bool

    @property
    def took_place(self) -> bool:
        return self.talk.slot is not None and _was_held(self.talk.slot)


def talk_lines(request: TeamRequest, interview: Interview) -> list[TalkLine]:
    """The newest first. Four queries, and some more for each talk that took place."""
    talks = talks_of(interview)
    attended = attended_by([talk.interview for talk in talks])
    return [_line(request, talk, attended[talk.interview.id]) for talk in talks]


def next_talk(request: TeamRequest, interview: Interview) -> dict[str, object]:
    """What inviting them to the live step behind this one needs (team/decisions/talk_live.html); empty where there is
    none, or where it is not for this member to do now.
    """
    if not may_decide(request.actor, interview) or not undecided(interview.organization_id).filter(id=interview.id):
        return {}
    later = stage_after(interview.stage)
    if later is None or later.kind != StageKind.LIVE:
        return {}
    seen = next((decision.id for decision in history(interview) if decision.reversed_at is None), "")
    return {"later": later, "talks_next": True, "hindered": obstacle(later), "seen": seen}


def _line(request: TeamRequest, talk: Talk, attended: list[Attendance]) -> TalkLine:
    slot, interview = talk.slot, talk.interview
    sign, words = _unpicked(interview) if slot is None else _standing(slot)
    was_held = slot is not None and _was_held(slot)
    recorded = recorded_talk(interview) if was_held else None
    goes_on = slot is not None and slot.state == SlotState.BOOKED and interview.state in OPEN_STATES
    return TalkLine(
        talk=talk,
        sign=sign,
        words=words,
        attended=[_there(one) for one in attended] if was_held else [],
        room_url=_room_url(request, slot) if slot and goes_on else "",
        may_watch=was_held and may_watch_interview(request.actor, interview),
        is_recorded=recorded is not None and recorded.is_recorded,
        may_change=slot is not None and goes_on and may_change_slot(request.actor, slot),
        is_asked=slot is not None and goes_on and slot.is_past,
    )


def _unpicked(interview: Interview) -> tuple[str, str]:
    if interview.state == InterviewState.WITHDRAWN:
        return "off", _("Withdrawn")
    if interview.state == InterviewState.EXPIRED or is_over(interview):
        return "off", _("No time picked, and the time to pick one is over")
    if interview.started_at is not None:
        return "open", _("No new time picked yet")
    return "open", _("Invited, no time picked yet")


def _standing(slot: Slot) -> tuple[str, str]:
    if slot.state == SlotState.CANCELLED:
        return "off", _("Cancelled")
    if slot.state == SlotState.MISSED:
        return "off", _("They did not come")
    if slot.state == SlotState.LET_DOWN:
        return "off", _("We did not come")
    if slot.state == SlotState.HELD:
        return "open", _("About to be booked")
    if _was_held(slot):
        return "done", _("Took place")
    if slot.interview.state == InterviewState.WITHDRAWN:
        return "off", _("Withdrawn")
    if slot.is_past:
        return "late", _("Nobody has said yet whether it took place")
    return ("now", _("Moved")) if slot.sequence else ("now", _("Time picked"))


def _was_held(slot: Slot) -> bool:
    return slot.state == SlotState.BOOKED and slot.interview.state == InterviewState.SUBMITTED


def _there(attendance: Attendance) -> str:
    """Who was there, and for which part where it was not all of it."""
    name, percent = attendance.member.user.name, round(100 * (attendance.share or 0))
    if percent == 100:
        return name
    return _("%(name)s (%(percent)d %% of it)") % {"name": name, "percent": percent}


def _room_url(request: TeamRequest, slot: Slot) -> str:
    is_open = slot.place == Place.ROOM and timezone.now() <= closes_at(slot)
    if not is_open or not hasattr(slot.interview, "room") or not may_host(request.actor, slot.interview):
        return ""
    return reverse("live:room", args=[slot.interview.room.id])
