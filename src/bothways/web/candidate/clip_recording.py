"""The page on which a candidate records a clip, and what its recorder is answered."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import NOTICE_S
from bothways.web.candidate.access import CandidateRequest, json_error
from bothways.web.candidate.settings_config import settings_config
from bothways.web.clips import Viewer, clip_config, clip_strings, state_json


def clip_recording(
    request: CandidateRequest,
    *,
    place: str,
    calls: str,
    home: str,
    unsent: Iterable[Clip],
    send: str,
    limit_s: int | None,
    notice_s: int = NOTICE_S,
    takes_left: int | None = None,
) -> dict[str, Any]:
    """What `candidate/recorder/clip.html` takes. `place` is the name under which the device keeps what is not sent
    yet, `send` what the button says that sends; the rest is as in `clip_config`.
    """
    limits: dict[str, Any] = {"limit_s": limit_s, "notice_s": notice_s, "takes_left": takes_left}
    config = clip_config(request, _viewer(request), calls=calls, home=home, unsent=unsent, **limits)
    config |= {"place": place, "settings": settings_config(request.interview)}
    return {"config": config, "strings": clip_strings(send, notice_s), "limit_s": limit_s, "leave_url": home}


def clip_answer(request: CandidateRequest, clip: Clip | None) -> HttpResponse:
    """How far a clip is; 404 in words where it is not here."""
    if clip is None:
        words = _("This recording is not on our server any more. Your other answers are safe. Reload the page.")
        return json_error("not_here", words, 404)
    return JsonResponse(state_json(clip, _viewer(request)))


def _viewer(request: CandidateRequest) -> Viewer:
    return Viewer("candidate", request.interview.id)
