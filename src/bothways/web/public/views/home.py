"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bothways.accounts.queries.organizations import is_set_up


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show each kind of visitor the way: members to their work, candidates to their mail, a new server to its start."""
    if not is_set_up():
        return redirect("public:start")
    if request.user.is_authenticated:
        return redirect("team:choose")
    return render(request, "public/home/home.html")
