"""Saving a draft while it is written: the same form and the same verb as the button, with a short answer."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bothways.lib.errors import NotAllowed, Refused
from bothways.web.team.access import TeamRequest


def saved_or_refused(request: TeamRequest, form: Form, save: Callable[[], object]) -> HttpResponse | None:
    """Validate and save. For a request of htmx, answer with the small sign beside the title: saved when, or why not.

    Returns None where the view should answer itself: look at ``form.errors``.
    """
    refused = ""
    if form.is_valid():
        try:
            save()
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = refusal.words
            form.add_error(None, refused)
    if not request.htmx:
        return None
    wrong = [bound for bound in form if bound.errors]
    page = {"saved_at": timezone.now(), "refused": refused, "wrong": wrong}
    return render(request, "team/kits/saved.html", page, status=422 if form.errors else 200)
