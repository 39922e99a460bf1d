"""Whether a candidate may choose between recording and talking."""

from bothways.interviews.models import Interview, InterviewKind
from bothways.live.queries.openings import hosts_of, missing_hours
from bothways.live.queries.talk import rules_of
from bothways.positions.models import StageKind


def offers_live_instead(interview: Interview) -> bool:
    """A recorded interview, not begun, in a stage that lets people choose and whose hosts have said when. At most five
    queries.
    """
    stage = interview.stage
    if stage is None or interview.is_preview or interview.kind != InterviewKind.RECORDED or interview.started_at:
        return False
    return rules_of(stage).instead and bool(hosts_of(stage)) and not missing_hours(stage)


def offers_recording_instead(interview: Interview) -> bool:
    """A live one in a recorded stage, before a time was booked: the questions are there to be answered."""
    stage = interview.stage
    is_live = interview.kind == InterviewKind.LIVE and interview.started_at is None
    return is_live and stage is not None and stage.kind == StageKind.RECORDED
