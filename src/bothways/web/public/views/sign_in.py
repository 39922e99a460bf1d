"""Signing in by a mailed link. Password and passkey are allauth's."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bothways.accounts.actions.sign_in import user_of_token
from bothways.notify.actions.team_mail import mail_sign_in_link
from bothways.web.public.forms.sign_in import SendLinkForm


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Mail a link. The answer is the same whether or not there is such an account."""
    form = SendLinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["login"][0])
        return redirect("account_login")
    email = form.cleaned_data["login"]
    if too_many := ratelimit.consume_or_429(request, action="request_login_code", key=email.lower()):
        return too_many
    mail_sign_in_link(email=email)
    return redirect("public:sign-in-sent")


@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "public/sign_in/sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press before signing in, because mail scanners open every link before the person does."""
    if too_many := ratelimit.consume_or_429(request, action="login"):
        return too_many
    user = user_of_token(token)
    if user is None:
        messages.error(request, _("This link was used or is too old. Ask for a new one here."))
        return redirect("account_login")
    if request.method == "POST":
        return perform_login(request, user)
    return render(request, "public/sign_in/link.html", {"person": user})
