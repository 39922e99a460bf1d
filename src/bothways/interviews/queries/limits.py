"""How long an answer may be and how many takes there are, with what the candidate chose for themselves."""

from collections.abc import Iterable

from bothways.interviews.models import AnswerTime, Interview, Take
from bothways.interviews.queries.findings import is_free
from bothways.interviews.queries.settings import settings_of
from bothways.kits.models import Question
from bothways.media.models import RecordingState

CEILING_S = 1800
"""No recording is longer than this, whatever was chosen."""

NOTICE_S = 30
GRACE_S = 15
"""A recording that runs on by so much over its limit is taken as it is."""

MOST_BYTES_PER_SECOND = 2_500_000
"""20 Mbit/s: more than any browser records, about what a telephone's camera writes into a file."""

LEAST_MAX_BYTES = 64 * 1024 * 1024

MOST_SEGMENTS = 50
"""A take in more pieces than this is no longer a broken line or a telephone call."""

MOST_FREE_TAKES = 5
"""Faults are told by the device, so they cannot be free without end."""

_FACTORS = {AnswerTime.AS_SET: 1.0, AnswerTime.HALF_MORE: 1.5, AnswerTime.DOUBLE: 2.0}


def answer_limit_s(question: Question, interview: Interview) -> int | None:
    """Seconds for this candidate's answer; None means no limit but `CEILING_S`."""
    return own_limit_s(question.answer_limit_s, interview)


def own_limit_s(seconds: int, interview: Interview) -> int | None:
    """What becomes of a limit for this candidate, who may have set more time; None means no limit but `CEILING_S`."""
    factor = _FACTORS.get(AnswerTime(settings_of(interview).answer_time))
    return None if factor is None else min(CEILING_S, round(seconds * factor))


def max_bytes(question: Question, interview: Interview, server_limit: int) -> int:
    """The most bytes one take may have: what its time can need, never above the server's own limit."""
    seconds = (answer_limit_s(question, interview) or CEILING_S) + GRACE_S
    return min(server_limit, max(LEAST_MAX_BYTES, seconds * MOST_BYTES_PER_SECOND))


def segment_max_bytes(take_bytes: int, arrived: int) -> int:
    """The most bytes one more segment may have, when so many of the take are here: never so few that it hurts."""
    return max(LEAST_MAX_BYTES, take_bytes - arrived)


def takes_left(question: Question, takes: Iterable[Take]) -> int:
    """Takes that could not be used do not count, nor the first `MOST_FREE_TAKES` that something went wrong with."""
    usable = [take for take in takes if take.recording.state != RecordingState.FAILED]
    free = min(MOST_FREE_TAKES, sum(1 for take in usable if is_free(take)))
    return max(0, question.takes_allowed - (len(usable) - free))
