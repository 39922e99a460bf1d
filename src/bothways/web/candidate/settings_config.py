"""What the recorder is told of the settings (static/bothways/recorder/types.js)."""

from typing import Any

from bothways.interviews.models import AnswerMode, Interview
from bothways.interviews.queries.settings import settings_of


def settings_config(interview: Interview) -> dict[str, Any]:
    """Everything. Who writes as a rule and records all the same is on video at first."""
    own = settings_of(interview)
    return {
        "mode": AnswerMode.VIDEO if own.mode == AnswerMode.WRITING else own.mode,
        "answer_time": own.answer_time,
        "picture": own.picture,
        "timer": own.timer,
        "captions": own.captions,
        "breaks": own.breaks,
    }
