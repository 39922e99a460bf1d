"""What those who ask say, and what the candidate has said, in writing, for the player."""

import uuid

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bothways.interviews.queries.transcripts import words_of_take
from bothways.kits.queries.met import captions_met
from bothways.media.spoken_cues import spoken_cues
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.captions import cues_response, webvtt_response


@require_safe
@candidate_page()
def captions(request: CandidateRequest, captions_id: uuid.UUID) -> HttpResponse:
    """Captions that somebody has read, of a recording that is met in this interview."""
    found = captions_met(request.interview.kit_version_id, captions_id)
    if found is None:
        raise Http404
    return webvtt_response(found)


@require_safe
@candidate_page()
def own_captions(request: CandidateRequest, place: int) -> HttpResponse:
    """What is said in the candidate's own answer, as those who rate read it."""
    own = words_of_take(request.interview, place)
    if own is None or not own.captioned:
        raise Http404
    return cues_response(spoken_cues(own.captioned, own.duration_ms, _("You")))
