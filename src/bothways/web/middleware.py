"""What every page needs: few bytes, the reader's language and time zone, words for a rule that stands against it."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import timezone, translation

from bothways.accounts.models import Organization, User
from bothways.lib.errors import NotAllowed, Refused

CANDIDATE_PATHS = ("/i/", "/o/", "/real/", "/u/", "/d/")
"""What candidates open: there are more languages for them."""


class TurnedAway(Http404):
    """Somebody used to belong to this organization."""

    def __init__(self, organization: Organization) -> None:
        super().__init__()
        self.organization = organization


class CompressionMiddleware(GZipMiddleware):
    """Pages and data go out compressed; files, which are compressed already, as they are.

    Django adds a random number of bytes to each response, so that its length betrays no secret in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/json", "image/svg+xml")):
            return response
        return super().process_response(request, response)


class ReaderMiddleware:
    """Signed-in people read every page in their own language and time zone. Others keep what the browser asked for,
    where we have the page in that language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: User | AnonymousUser = request.user
        if isinstance(user, AnonymousUser) or not user.is_authenticated:
            timezone.deactivate()
            if not request.path_info.startswith(CANDIDATE_PATHS):
                self._use_a_team_language(request)
        else:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
            timezone.activate(ZoneInfo(user.time_zone))
        return self.get_response(request)

    @staticmethod
    def _use_a_team_language(request: HttpRequest) -> None:
        if translation.get_language() not in dict(settings.TEAM_LANGUAGES):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = translation.get_language()


class RefusalMiddleware:
    """A verb that refused answers with a page that says why: 403 for what is not allowed, 409 for a broken rule. Who
    no longer belongs to a team reads that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"words": exception.words}, status=403)
        if isinstance(exception, Refused):
            return render(request, "409.html", {"words": exception.words}, status=409)
        if isinstance(exception, TurnedAway):
            page = {"organization": exception.organization}
            return render(request, "team/organizations/closed.html", page, status=404)
        return None
