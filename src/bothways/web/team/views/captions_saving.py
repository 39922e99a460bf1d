"""Captions saved while they are written: JSON in, JSON out. A refusal has a code and words."""

import json
import uuid

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.kits.actions.captions import save_captions
from bothways.kits.cues import MOST_CUES
from bothways.kits.models import Captions
from bothways.kits.queries.subjects import part_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.webvtt import Cue
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.captions_editor import captioned_subject
from bothways.web.team.navigation import MAKERS


@require_POST
@member_required(*MAKERS)
def captions_save(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> JsonResponse:
    """Keep `cues` (a list of {start_ms, end_ms, text}) if nobody else has changed `revision` of them.

    409 with what stands there, if somebody has; 422 for captions that cannot be kept.
    """
    subject = captioned_subject(request, kind, subject_id)
    try:
        sent = json.loads(request.body)
        cues, revision = [_cue(row) for row in sent["cues"][: MOST_CUES + 1]], _whole(sent["revision"])
    except (ValueError, KeyError, TypeError, RecursionError):
        words = _("This makes no sense to us. Load the page again: what you wrote is kept on this device.")
        return _refusal("bad_request", words, 422)
    try:
        captions = save_captions(actor=request.actor, subject=subject, cues=cues, seen=revision)
    except NotAllowed as refused:
        return _refusal(refused.code, refused.words, 403)
    except Refused as refused:
        if refused.code != "captions_changed":
            return _refusal(refused.code, refused.words, 422)
        current = part_of(captioned_subject(request, kind, subject_id), "captions")
        return _refusal(refused.code, refused.words, 409, current=_facts(current))
    return JsonResponse(_facts(captions))


def _facts(captions: Captions) -> dict[str, object]:
    return {"revision": captions.revision, "is_reviewed": captions.is_reviewed, "cues": captions.cues}


def _cue(row: dict[str, object]) -> Cue:
    if not isinstance(row["text"], str):
        raise TypeError
    return Cue(_whole(row["start_ms"]), _whole(row["end_ms"]), row["text"])


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _refusal(code: str, words: str, status: int, **more: object) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "words": words}, **more}, status=status)
