"""Joining a team by the link in the mail."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bothways.accounts.actions.members import accept_invitation
from bothways.accounts.models import User
from bothways.accounts.queries.members import has_account, invitation_of_token
from bothways.lib.errors import Refused
from bothways.web.public.forms.join import JoinForm


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Join with the account that is signed in, or make one for the address that was invited."""
    invitation = invitation_of_token(token)
    if invitation is None:
        return render(request, "public/join/gone.html", status=410)
    user = request.user if isinstance(request.user, User) else None
    known = has_account(invitation.email)
    form = JoinForm(request.POST or None, email=invitation.email)
    words = ""
    if request.method == "POST" and (user or form.is_valid()):
        try:
            member = accept_invitation(token=token, user=user, **({} if user else form.cleaned_data))
        except Refused as refused:
            words = refused.words
        else:
            return redirect("team:choose") if user else perform_login(request, member.user)
    page = {"invitation": invitation, "form": form, "person": user, "known": known, "words": words}
    return render(request, "public/join/join.html", page, status=422 if request.method == "POST" else 200)
