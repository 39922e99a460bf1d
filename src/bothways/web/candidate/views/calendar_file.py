"""The booked time as a file for the candidate's own calendar."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bothways.live.calendar_files import saved_file
from bothways.live.models import SlotState
from bothways.live.queries.calendar_entries import candidate_entry, slots_with_people
from bothways.web.calendar_answers import calendar_download
from bothways.web.candidate.access import CandidateRequest, candidate_page


@require_safe
@candidate_page()
def calendar_file(request: CandidateRequest) -> HttpResponse:
    """The file leads to the page by the same link by which it was fetched."""
    interview = request.interview
    booked = slots_with_people().filter(organization=request.organization, interview=interview, state=SlotState.BOOKED)
    slot = booked.first()
    if slot is None:
        raise Http404
    page = settings.BASE_URL + reverse("candidate:landing", args=[request.token])
    return calendar_download(saved_file(candidate_entry(slot, page=page, stamp=timezone.now())))
