"""How quickly bytes come from the device: the check measures it, so that the recorder sends what the line bears."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.lib.rate_limits import within_limit
from bothways.web.candidate.access import CandidateRequest, candidate_page, json_error

MOST_BYTES = 512 * 1024
MOST_TRIES, TRIES_PER_S = 60, 600


@require_POST
@candidate_page(json=True)
def uplink(request: CandidateRequest) -> HttpResponse:
    """Counts the bytes of the body and keeps none. 413 for more than `MOST_BYTES`, 429 for too many tries."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        return json_error("too_large", _("This is more than we measure with. Nothing was kept."), 413)
    if not within_limit(what="uplink", who=str(request.interview.id), amount=MOST_TRIES, per_s=TRIES_PER_S):
        words = _("Your line was measured many times in a short while. You can go on without measuring again.")
        response = json_error("too_often", words, 429)
        response.headers["Retry-After"] = str(TRIES_PER_S)
        return response
    return JsonResponse({"bytes": len(request.body)})
