"""When our server made a mistake."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults


def server_error(request: HttpRequest) -> HttpResponse:
    """The page with what is known of the request, so that a candidate still finds the way to a person.

    Whatever is broken may break this page, too: then the bare one is sent.
    """
    try:
        return render(request, "500.html", status=500)
    except Exception:
        return defaults.server_error(request)
