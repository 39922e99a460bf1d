"""The first-run page: open only as long as there is no organization on this server."""

from allauth.account.utils import perform_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bothways.accounts.actions.organizations import create_organization
from bothways.accounts.models import Member
from bothways.accounts.queries.organizations import is_set_up
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.lib.errors import Refused
from bothways.web.public.forms.start import StartForm


@sensitive_post_parameters("owner_password")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Create the organization and its owner, and sign the owner in."""
    if is_set_up():
        raise Http404
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            owner = _create_first(form)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            return perform_login(request, owner.user)
    status = 422 if form.is_bound else 200
    return render(request, "public/start/start.html", {"form": form, "profiles": RETENTION_PROFILES}, status=status)


@transaction.atomic
def _create_first(form: StartForm) -> Member:
    if is_set_up():
        raise Http404  # somebody else was first, a moment ago
    return create_organization(**form.cleaned_data)
