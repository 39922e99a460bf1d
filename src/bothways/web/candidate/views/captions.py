"""What those who ask say, in writing, for the player."""

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bothways.kits.queries.met import captions_met
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.captions import webvtt_response


@require_safe
@candidate_page()
def captions(request: CandidateRequest, captions_id: uuid.UUID) -> HttpResponse:
    """Captions that somebody has read, of a recording that is met in this interview."""
    found = captions_met(request.interview.kit_version_id, captions_id)
    if found is None:
        raise Http404
    return webvtt_response(found)
