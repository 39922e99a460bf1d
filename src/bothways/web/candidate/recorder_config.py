"""What pages hand to the recorder: addresses, limits and the takes so far (static/bothways/recorder/types.js)."""

import uuid
from dataclasses import asdict, replace
from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.interviews.models import Take
from bothways.interviews.queries.answers import Progress
from bothways.interviews.queries.candidate_page import PageQuestion
from bothways.interviews.queries.limits import GRACE_S, NOTICE_S
from bothways.interviews.queries.takes import take_state
from bothways.interviews.queries.window import accepts_new_takes
from bothways.media.actions.measuring import arrived_ms
from bothways.media.models import RecordingState
from bothways.web.candidate.access import CandidateRequest
from bothways.web.candidate.settings_config import settings_config
from bothways.web.captions import candidate_tracks

PRACTICE_LIMIT_S = 60


def question_config(request: CandidateRequest, token: str, shown: PageQuestion, next_url: str) -> dict[str, Any]:
    """The configuration of one question's page."""
    progress, question = shown.progress, shown.question
    takes_url = reverse("candidate:takes", args=[token, shown.place])
    chosen_id = progress.answer.chosen_take_id if progress.answer else None
    return {
        "open_url": takes_url,
        "takes_url": takes_url,
        "segments": True,
        "think_url": reverse("candidate:thinking", args=[token, shown.place]) if question.think_limit_s else None,
        "next_url": next_url,
        "settings": settings_config(request.interview),
        "settings_url": reverse("candidate:settings-change", args=[token]) + f"?place={shown.place}",
        "write_url": reverse("candidate:write", args=[token, shown.place]),
        "place": f"answer:{request.interview.id}:{shown.place}",
        "csrf_token": get_token(request),
        "now_ms": round(timezone.now().timestamp() * 1000),
        "answer_limit_s": shown.limit_s,
        "notice_s": NOTICE_S,
        "grace_s": GRACE_S,
        "think_limit_s": question.think_limit_s,
        "think_left_s": think_left_s(progress),
        "takes_left": progress.takes_left if accepts_new_takes(request.interview) else 0,
        "takes": [_told(take, chosen_id, request.interview.id) for take in progress.takes],
        "prompt": {
            "url": shown.prompt.url if shown.prompt else None,
            "mime": shown.prompt.mime if shown.prompt else None,
            "poster": shown.prompt.poster if shown.prompt else None,
            "gain_db": shown.prompt.gain_db if shown.prompt else None,
            "text": question.text,
            "asker": {"name": question.asker.user.name, "title": question.asker.title} if question.asker else None,
            "captions": candidate_tracks(question.captions, token) if shown.prompt else [],
            "sign": asdict(shown.sign) if shown.sign else None,
        },
    }


def _told(take: Take, chosen_id: uuid.UUID | None, interview_id: uuid.UUID) -> dict[str, Any]:
    """The state of a take. Of one that was begun and not finished, what has arrived is measured: the device that knows
    may be another one."""
    state = take_state(take, chosen_id, interview_id)
    if not state.finished and state.offset and take.recording.state == RecordingState.RECEIVING:
        state = replace(state, safe_ms=arrived_ms(take.recording))
    return state.as_json()


def practice_config(next_url: str) -> dict[str, Any]:
    """The configuration of the practice page, whose recorder has no server behind it."""
    return {
        "open_url": "",
        "takes_url": "",
        "think_url": None,
        "next_url": next_url,
        "csrf_token": "",
        "answer_limit_s": PRACTICE_LIMIT_S,
        "notice_s": NOTICE_S,
        "grace_s": GRACE_S,
        "think_limit_s": None,
        "think_left_s": None,
        "takes_left": None,
        "takes": [],
        "prompt": {
            "url": None,
            "mime": None,
            "poster": None,
            "text": _("What did you do this morning, from getting up until now?"),
            "asker": None,
        },
    }


def think_left_s(progress: Progress) -> int | None:
    """Seconds left of a limited think time; all of it while it has not begun. None without a limit."""
    limit = progress.question.think_limit_s
    if limit is None or progress.answer is None or progress.answer.thinking_since is None:
        return limit
    gone = (timezone.now() - progress.answer.thinking_since).total_seconds()
    return max(0, round(limit - gone))
