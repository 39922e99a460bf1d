"""How one answers, time, language and zone, as the candidate wants them."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bothways.interviews.actions.settings import change_settings
from bothways.interviews.models import CandidateSettings
from bothways.interviews.queries.limits import answer_limit_s
from bothways.interviews.queries.settings import settings_of
from bothways.interviews.queries.window import is_answering
from bothways.kits.models import MOST_QUESTIONS, Question
from bothways.lib.errors import Refused
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.settings import SettingsChangeForm, SettingsForm
from bothways.web.candidate.settings_config import settings_config
from bothways.web.json_bodies import read_json

OWN = ("mode", "answer_time", "picture", "timer", "captions", "breaks")


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def settings_edit(request: CandidateRequest) -> HttpResponse:
    """All of it on one page. With `?place=` the way back leads to that question."""
    interview = request.interview
    own: CandidateSettings = settings_of(interview)
    now = {name: getattr(own, name) for name in OWN} | {"language": interview.language, "time_zone": request.zone}
    form = SettingsForm(request.POST or None, initial=now, is_answering=is_answering(interview))
    place = _place(request)
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(interview=interview, actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            with translation.override(form.cleaned_data["language"]):
                messages.success(request, _("Your settings are saved."))
            here = reverse("candidate:settings", args=[request.token])
            return redirect(f"{here}?place={place}" if place else here)
    status = 422 if form.errors else 200
    return render(request, "candidate/settings/settings.html", {"form": form, "place": place}, status=status)


@require_POST
@candidate_page(json=True)
def settings_change(request: CandidateRequest) -> HttpResponse:
    """Some settings, from the page of a question. Says all of them, and how long the answer there may be now."""
    changes = read_json(request, SettingsChangeForm)
    interview = change_settings(interview=request.interview, actor=request.actor, **changes)
    place = _place(request)
    question = Question.objects.filter(kit_version=interview.kit_version_id, place=place).first() if place else None
    limit_s = answer_limit_s(question, interview) if question else None
    return JsonResponse({"settings": settings_config(interview), "answer_limit_s": limit_s})


def _place(request: CandidateRequest) -> int | None:
    """The question from which somebody comes, if that is what the address says."""
    place = request.GET.get("place", "")
    return int(place) if place.isascii() and place.isdigit() and 1 <= int(place) <= MOST_QUESTIONS else None
